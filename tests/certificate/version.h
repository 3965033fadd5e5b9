/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef OPTCERT_VERSION_H
#define OPTCERT_VERSION_H

#define OPTCERT_VERSION "0.1.0"

#endif
