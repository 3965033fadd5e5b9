/* SPDX-License-Identifier: GPL-3.0-or-later
 * A command line as words: split at blanks, '...' and "..." group, \ takes the next character as it is. */
#ifndef OPTCERT_BUILD_WORDS_H
#define OPTCERT_BUILD_WORDS_H

/* NULL-terminated; NULL when there is no word, a quote is open or memory is short. */
char **optcert_words_split(const char *command);
void optcert_words_free(char **words);

#endif
