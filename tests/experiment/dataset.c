/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reads the digits table (1797 rows of 64 pixels 0..16 and a label, UCI "Optical Recognition of
 * Handwritten Digits") and plain text. */
#include "dataset.h"

#include "shuffle.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sodium.h>
#include <zlib.h>

enum { PIXELS = 64, DIGITS = 1797, DIGITS_TRAIN = 1440, CONTEXT = 32, TEXT = 4224, TEXT_TRAIN = 4096 };

static const uint64_t split_seed = 20221128; /* fixed, so that every run has the same split */

static int allocate(optcert_dataset *data, char *error, size_t error_size)
{
    data->x = calloc(data->samples * data->context * data->input, sizeof *data->x);
    data->label = calloc(data->samples * data->context, sizeof *data->label);
    if (data->x == NULL || data->label == NULL) {
        optcert_dataset_close(data);
        snprintf(error, error_size, "no memory for the data");
        return -1;
    }
    return 0;
}

void optcert_dataset_close(optcert_dataset *data)
{
    free(data->x);
    free(data->label);
    data->x = NULL;
    data->label = NULL;
}

static void digest(optcert_dataset *data)
{
    unsigned char hash[crypto_hash_sha256_BYTES];
    crypto_hash_sha256_state state;
    const size_t rows = data->samples * data->context;
    crypto_hash_sha256_init(&state);
    crypto_hash_sha256_update(&state, (const unsigned char *)data->x, rows * data->input * sizeof *data->x);
    crypto_hash_sha256_update(&state, data->label, rows);
    crypto_hash_sha256_final(&state, hash);
    sodium_bin2hex(data->digest, sizeof data->digest, hash, sizeof hash);
}

static int parse_digit(char *line, float *x, uint8_t *label)
{
    char *at = line;
    for (size_t i = 0; i <= PIXELS; i++) {
        char *end;
        const double value = strtod(at, &end);
        const double most = i < PIXELS ? 16 : 9;
        if (end == at || value < 0 || value > most || (i < PIXELS && *end != ',')) {
            return -1;
        }
        if (i < PIXELS) {
            x[i] = (float)(value / 16);
        } else {
            *label = (uint8_t)value;
        }
        at = end + 1;
    }
    return 0;
}

static int read_digits(gzFile file, optcert_dataset *data)
{
    uint32_t order[DIGITS];
    char line[1024];
    optcert_shuffle(split_seed, 0, DIGITS, order);
    for (size_t i = 0; i < DIGITS; i++) {
        if (gzgets(file, line, sizeof line) == NULL ||
            parse_digit(line, data->x + order[i] * PIXELS, data->label + order[i]) != 0) {
            return -1;
        }
    }
    digest(data);
    return 0;
}

int optcert_dataset_digits(const char *folder, optcert_dataset *data, char *error, size_t error_size)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/digits.csv.gz", folder);
    gzFile file = gzopen(path, "rb");
    if (file == NULL) {
        snprintf(error, error_size, "%s: the digits are not there; `make data` fetches them", path);
        return -1;
    }
    *data = (optcert_dataset){
        .samples = DIGITS, .train = DIGITS_TRAIN, .context = 1, .input = PIXELS, .classes = 10};
    int status = allocate(data, error, error_size);
    if (status == 0 && read_digits(file, data) != 0) {
        snprintf(error, error_size, "%s: not the digits table (%d rows of 64 pixels and a label)", path, DIGITS);
        optcert_dataset_close(data);
        status = -1;
    }
    gzclose(file);
    return status;
}

/* Characters that the text experiment tells apart; case is folded, all else is the last class. */
static const char alphabet[] = "\n abcdefghijklmnopqrstuvwxyz0123456789.,;:!?'\"-()";

static uint8_t class_of(int c)
{
    const char *at = strchr(alphabet, tolower(c));
    return (uint8_t)(at != NULL && *at != '\0' ? at - alphabet : (ptrdiff_t)sizeof alphabet - 1);
}

static int read_text(FILE *file, optcert_dataset *data)
{
    uint32_t order[TEXT];
    uint8_t text[CONTEXT + 1];
    optcert_shuffle(split_seed, 0, TEXT, order);
    for (size_t i = 0; i < TEXT; i++) {
        if (fread(text, 1, sizeof text, file) != sizeof text) {
            return -1;
        }
        for (size_t t = 0; t < CONTEXT; t++) {
            data->x[order[i] * CONTEXT + t] = (float)class_of(text[t]);
            data->label[order[i] * CONTEXT + t] = class_of(text[t + 1]);
        }
    }
    digest(data);
    return 0;
}

int optcert_dataset_text(const char *folder, optcert_dataset *data, char *error, size_t error_size)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/english.txt", folder);
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        snprintf(error, error_size, "%s: the text is not there; `make data` fetches it", path);
        return -1;
    }
    *data = (optcert_dataset){
        .samples = TEXT, .train = TEXT_TRAIN, .context = CONTEXT, .input = 1, .classes = sizeof alphabet};
    int status = allocate(data, error, error_size);
    if (status == 0 && read_text(file, data) != 0) {
        snprintf(error, error_size, "%s: shorter than the %d characters that the study needs", path,
                 TEXT * (CONTEXT + 1));
        optcert_dataset_close(data);
        status = -1;
    }
    fclose(file);
    return status;
}
