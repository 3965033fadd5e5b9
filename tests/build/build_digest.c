/* SPDX-License-Identifier: GPL-3.0-or-later
 * Digests of the files that a build consists of. */
#include "build_digest.h"

#include "build_words.h"

#include <limits.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void finish(crypto_hash_sha256_state *state, char hex[OPTCERT_DIGEST_HEX])
{
    unsigned char digest[crypto_hash_sha256_BYTES];
    crypto_hash_sha256_final(state, digest);
    sodium_bin2hex(hex, OPTCERT_DIGEST_HEX, digest, sizeof digest);
}

bool optcert_digest_file(const char *path, char hex[OPTCERT_DIGEST_HEX])
{
    FILE *file = fopen(path, "rbe");
    if (file == NULL) {
        return false;
    }
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    unsigned char block[16384];
    size_t got = 0;
    while ((got = fread(block, 1, sizeof block, file)) > 0) {
        crypto_hash_sha256_update(&state, block, got);
    }
    const bool whole = ferror(file) == 0;
    fclose(file);
    finish(&state, hex);
    return whole;
}

static bool is_file(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISREG(status.st_mode) && access(path, R_OK) == 0;
}

/* The file that a shell would run for `word`. */
static bool find_program(const char *word, char *path, size_t size)
{
    const char *folders = getenv("PATH");
    if (strchr(word, '/') != NULL || folders == NULL) {
        snprintf(path, size, "%s", word);
        return is_file(path);
    }
    while (*folders != '\0') {
        const size_t length = strcspn(folders, ":");
        snprintf(path, size, "%.*s/%s", (int)length, folders, word);
        if (is_file(path)) {
            return true;
        }
        folders += length + (folders[length] == ':');
    }
    return false;
}

static bool add_word(crypto_hash_sha256_state *state, const char *word, const char *path, char *of,
                     size_t of_size)
{
    char hex[OPTCERT_DIGEST_HEX];
    if (!optcert_digest_file(path, hex)) {
        snprintf(of, of_size, "%s", path);
        return false;
    }
    char line[PATH_MAX + 80];
    const int length = snprintf(line, sizeof line, "%s  %s\n", hex, word);
    crypto_hash_sha256_update(state, (const unsigned char *)line, (unsigned long long)length);
    const size_t used = strlen(of);
    snprintf(of + used, of_size - used, "%s%s", used == 0 ? "" : " ", path);
    return true;
}

bool optcert_digest_command(const char *command, char hex[OPTCERT_DIGEST_HEX], char *of, size_t of_size)
{
    char **words = optcert_words_split(command);
    of[0] = '\0';
    if (words == NULL) {
        return false;
    }
    bool whole = true;
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    for (size_t i = 0; whole && words[i] != NULL; i++) {
        char path[PATH_MAX];
        snprintf(path, sizeof path, "%s", words[i]);
        if (i == 0 ? find_program(words[i], path, sizeof path) : is_file(path)) {
            whole = add_word(&state, words[i], path, of, of_size);
        }
    }
    crypto_hash_sha256_update(&state, (const unsigned char *)command, strlen(command));
    finish(&state, hex);
    optcert_words_free(words);
    return whole;
}
