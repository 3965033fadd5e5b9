/* SPDX-License-Identifier: GPL-3.0-or-later
 * Distances between laws. */
#include "law_distance.h"
#include "random/normal.h"
#include "random/random.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { PURPOSE_FREQUENCY = 11, PURPOSE_RELABEL = 12 };

void optcert_features_set(optcert_features *features, size_t dimension, double scale)
{
    features->dimension = dimension;
    for (uint32_t j = 0; j < OPTCERT_FREQUENCIES; j++) {
        for (uint32_t i = 0; i < dimension; i++) {
            const optcert_random at = {.seed = 1, .stream = j, .coordinate = i, .purpose = PURPOSE_FREQUENCY};
            features->w[j][i] = optcert_random_normal(&at) / scale;
        }
    }
}

/* Angles in quarter turns; beyond this no fraction is left to them. A NaN stays one. */
static const double most_turns = 0x1p50;

/* cos and sin of quarter turns, with the polynomials of the normals, so that compilers can do many at once. */
static void cos_sin(double turns, double unit, double *cosine, double *sine)
{
    const double x = turns > most_turns ? most_turns : turns < -most_turns ? -most_turns : turns;
    const double shifted = x + 0x1.8p52;
    const double t = x - (shifted - 0x1.8p52), z = t * t;
    const uint64_t quadrant = optcert_as_bits(shifted);
    const uint64_t s = optcert_as_bits(optcert_sin_quarter(t, z)), c = optcert_as_bits(optcert_cos_quarter(z));
    const uint64_t swap = (s ^ c) & (UINT64_C(0) - (quadrant & 1)), minus = UINT64_C(1) << 63;
    *cosine = unit * optcert_as_double((c ^ swap) ^ ((quadrant << 63 ^ quadrant << 62) & minus));
    *sine = unit * optcert_as_double((s ^ swap) ^ (quadrant << 62 & minus));
}

void optcert_features_of(const optcert_features *features, size_t paths, const double *x, double *out)
{
    const double unit = 1.0 / sqrt((double)OPTCERT_FREQUENCIES);
    for (size_t j = 0; j < OPTCERT_FREQUENCIES; j++) {
        double *cosine = out + 2 * j * paths, *sine = cosine + paths;
        memset(sine, 0, paths * sizeof *sine);
        for (size_t i = 0; i < features->dimension; i++) {
            for (size_t p = 0; p < paths; p++) {
                sine[p] += features->w[j][i] * M_2_PI * x[i * paths + p];
            }
        }
        for (size_t p = 0; p < paths; p++) {
            cos_sin(sine[p], unit, &cosine[p], &sine[p]);
        }
    }
}

/* E exp(i <w, X>) = exp(-|w|^2 deviation^2/2), so the shift changes feature pair j by its size times |1 - exp(i angle)|. */
static double shifted(const optcert_features *features, double deviation, size_t axis, double shift)
{
    double square = 0.0;
    for (size_t j = 0; j < OPTCERT_FREQUENCIES; j++) {
        double length = 0.0;
        for (size_t i = 0; i < features->dimension; i++) {
            length += features->w[j][i] * features->w[j][i];
        }
        const double size = exp(-0.5 * length * deviation * deviation);
        square += size * size * (2.0 - 2.0 * cos(features->w[j][axis] * deviation * shift)) / OPTCERT_FREQUENCIES;
    }
    return sqrt(square);
}

double optcert_features_shift(const optcert_features *features, double deviation, double distance)
{
    double longest = 0.0;
    for (size_t axis = 0; axis < features->dimension; axis++) {
        double shift = 0.0;
        while (shift < 10.0 && shifted(features, deviation, axis, shift) < distance) {
            shift += 0x1p-10;
        }
        longest = fmax(longest, shift < 10.0 ? shift : INFINITY);
    }
    return longest;
}

void optcert_law_add(optcert_law_sums *sums, size_t paths, const double *features_x, const double *features_y)
{
    enum { CHUNK = 256 };
    for (size_t first = 0; first < paths; first += CHUNK) {
        const size_t count = paths - first < CHUNK ? paths - first : CHUNK;
        double square[CHUNK] = {0.0};
        for (size_t f = 0; f < OPTCERT_FEATURES; f++) {
            const double *x = features_x + f * paths + first, *y = features_y + f * paths + first;
            for (size_t p = 0; p < count; p++) {
                const double difference = x[p] - y[p];
                sums->difference[f] += difference;
                square[p] += difference * difference;
            }
        }
        for (size_t p = 0; p < count; p++) {
            sums->square += square[p];
            sums->fourth += square[p] * square[p];
        }
    }
    sums->count += (double)paths;
}

/* The radius around the mean difference; wrong with a chance of at most delta. */
static double radius_of(const optcert_law_sums *sums, double delta)
{
    const double n = sums->count, log_term = log(2.0 / (0.5 * delta)); /* half of delta for each inequality */
    const double mean_square = sums->square / n;
    const double variance = fmax(0.0, (sums->fourth - n * mean_square * mean_square) / (n - 1.0));
    const double spread = mean_square + sqrt(2.0 * variance * log_term / n) + 28.0 * log_term / (3.0 * (n - 1.0));
    return 4.0 * log_term / n + sqrt(2.0 * spread * log_term / n);
}

/* |x a + y b| for the mean differences a and b. */
static double length_of(double x, const optcert_law_sums *a, double y, const optcert_law_sums *b)
{
    double square = 0.0;
    for (size_t f = 0; f < OPTCERT_FEATURES; f++) {
        const double sum = x * a->difference[f] / a->count + y * b->difference[f] / b->count;
        square += sum * sum;
    }
    return sqrt(square);
}

static optcert_estimate within(double length, double margin)
{
    return (optcert_estimate){length, fmax(0.0, length - margin), length + margin};
}

optcert_estimate optcert_law_distance(const optcert_law_sums *sums, double delta)
{
    return within(length_of(1.0, sums, 0.0, sums), radius_of(sums, delta));
}

optcert_estimate optcert_law_limit(const optcert_law_sums *coarse, const optcert_law_sums *fine, double delta)
{
    const double radius = (4.0 * radius_of(fine, 0.5 * delta) + radius_of(coarse, 0.5 * delta)) / 3.0;
    const double correction = length_of(1.0, fine, -1.0, coarse) / 3.0;
    return within(length_of(4.0 / 3.0, fine, -1.0 / 3.0, coarse), radius + correction);
}

static double distance(size_t dimension, size_t count, const double *points, size_t a, size_t b)
{
    double square = 0.0;
    for (size_t i = 0; i < dimension; i++) {
        const double difference = points[i * count + a] - points[i * count + b];
        square += difference * difference;
    }
    return sqrt(square);
}

/* Sum over pairs of different labels less, for each label, the sum over its pairs: 2 E|X-Y| - E|X-X'| - E|Y-Y'|. */
static double statistic(size_t paths, const float *matrix, const unsigned char *label)
{
    const size_t count = 2 * paths;
    double between = 0.0, within = 0.0;
    for (size_t a = 0; a < count; a++) {
        for (size_t b = 0; b < a; b++) {
            const double d = (double)matrix[a * count + b];
            *(label[a] != label[b] ? &between : &within) += d;
        }
    }
    const double pairs = (double)paths * (double)paths;
    return 2.0 * between / pairs - 2.0 * within / pairs;
}

static void shuffle(unsigned char *label, size_t count, uint64_t seed, uint32_t round)
{
    for (size_t i = count - 1; i > 0; i--) {
        const optcert_random at = {.seed = seed, .stream = i, .step = round, .purpose = PURPOSE_RELABEL};
        const size_t j = optcert_random_below(&at, i + 1);
        const unsigned char kept = label[i];
        label[i] = label[j];
        label[j] = kept;
    }
}

optcert_energy optcert_energy_test(size_t dimension, size_t paths, const double *x, const double *y, unsigned permutations,
                                   uint64_t seed)
{
    const size_t count = 2 * paths;
    optcert_energy result = {NAN, NAN};
    double *points = malloc(dimension * count * sizeof *points);
    float *matrix = malloc(count * count * sizeof *matrix);
    unsigned char *label = malloc(count);
    if (points != NULL && matrix != NULL && label != NULL) {
        for (size_t i = 0; i < dimension; i++) {
            for (size_t p = 0; p < count; p++) {
                points[i * count + p] = p < paths ? x[i * paths + p] : y[i * paths + p - paths];
            }
        }
        for (size_t a = 0; a < count; a++) {
            label[a] = a < paths;
            for (size_t b = 0; b < a; b++) {
                matrix[a * count + b] = (float)distance(dimension, count, points, a, b);
            }
        }
        unsigned as_large = 1;
        result.distance = statistic(paths, matrix, label);
        for (uint32_t round = 0; round < permutations; round++) {
            shuffle(label, count, seed, round);
            as_large += statistic(paths, matrix, label) >= result.distance;
        }
        result.p = as_large / (permutations + 1.0);
    }
    free(label);
    free(matrix);
    free(points);
    return result;
}
