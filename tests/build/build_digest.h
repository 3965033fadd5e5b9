/* SPDX-License-Identifier: GPL-3.0-or-later
 * What was certified, as a sha256. */
#ifndef OPTCERT_BUILD_DIGEST_H
#define OPTCERT_BUILD_DIGEST_H
#include <stdbool.h>
#include <stddef.h>

enum { OPTCERT_DIGEST_HEX = 65 };

bool optcert_digest_file(const char *path, char hex[OPTCERT_DIGEST_HEX]);

/* For a command: the sha256 of lines "SHA256  WORD\n", one for each word that names a readable regular
 * file (the first word is looked up in PATH), followed by the command itself. `of` receives those words. False with "" in `of`: it is
 * no command; with a path: that file was not read to its end, and errno says why. */
bool optcert_digest_command(const char *command, char hex[OPTCERT_DIGEST_HEX], char *of, size_t of_size);

#endif
