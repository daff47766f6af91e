/* peer.c: the benchmark's work in plain C: arrays made before, an index for the text, pairs given
 * up as soon as they can't reach the twentieth place. Usage: peer FOLDER TOP [COUNTED], the file of
 * solutions whose texts are counted when that is not the one that is ranked. Prints seconds for
 * load, prepare and match, and the checksum of the ranking. */
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "records.h"

#define K1 1.2
#define B  0.75

enum { RULES = 8, MAX = 10 };

/* The rules in the order their points are summed: by name. */
enum { BUDGET, DELIVERY, DISTANCE, DUAL_USE, SHARED_TECHNOLOGIES, TEXT, SHARED_THEMES, TRL_MARGIN };
static const double WEIGHT[RULES] = {2, 1, 1.5, 1, 3, 4, 2, 1};

/* ------------------------------------------------------------------ what can be known before the
 * first demand */

static records demands, solutions, others;
static const records *counted = &solutions; /* whose texts say how much a word weighs */

/* The different words of a text in the order they first appear, and how often each does. */
static uint32_t *bag, *bag_count, bag_len,
    *bag_place; /* bag_place: by word, 1 + where it is in the bag */

static void bag_make(void)
{
    size_t words = records_words();
    bag = grow(NULL, words, sizeof *bag);
    bag_count = grow(NULL, words, sizeof *bag_count);
    bag_place = grow(NULL, words, sizeof *bag_place);
    memset(bag_place, 0, words * sizeof *bag_place);
}

static void bag_fill(const record *r)
{
    bag_len = 0;
    for (size_t i = 0; i < r->words_len; i++) {
        uint32_t w = r->words[i];
        if (bag_place[w]) {
            bag_count[bag_place[w] - 1]++;
            continue;
        }
        bag[bag_len] = w;
        bag_count[bag_len] = 1;
        bag_place[w] = ++bag_len;
    }
    for (size_t i = 0; i < bag_len; i++)
        bag_place[bag[i]] = 0;
}

/* The documents of word w are documents[first[w]] to documents[first[w + 1] - 1]; beside each the
 * part of BM25 that no query changes. */
static uint32_t *first, *documents;
static double *saturated;

/* Of the texts counted: documents that have a word, and the mean length. */
static uint32_t *df;
static double mean_length = 1;

static void count_words(void)
{
    double all = 0;
    df = grow(NULL, records_words() + 1, sizeof *df);
    memset(df, 0, (records_words() + 1) * sizeof *df);
    for (size_t d = 0; d < counted->len; d++) {
        all += counted->items[d].words_len;
        bag_fill(&counted->items[d]);
        for (size_t i = 0; i < bag_len; i++)
            df[bag[i]]++;
    }
    if (all > 0)
        mean_length = all / (double)counted->len;
}

/* Counts, then fills: first[w + 1] runs through the documents of w. */
static void count_documents(void)
{
    first = grow(NULL, records_words() + 2, sizeof *first);
    memset(first, 0, (records_words() + 2) * sizeof *first);
    for (size_t d = 0; d < solutions.len; d++) {
        bag_fill(&solutions.items[d]);
        for (size_t i = 0; i < bag_len; i++)
            first[bag[i] + 2]++;
    }
    for (size_t w = 2; w < records_words() + 2; w++)
        first[w] += first[w - 1];
}

static double saturate(double count, double length)
{
    return count / (count + K1 * (1.0 - B + B * length / mean_length));
}

static void index_texts(void)
{
    count_documents();
    documents = grow(NULL, first[records_words() + 1], sizeof *documents);
    saturated = grow(NULL, first[records_words() + 1], sizeof *saturated);
    for (size_t d = 0; d < solutions.len; d++) {
        const record *r = &solutions.items[d];
        bag_fill(r);
        for (size_t i = 0; i < bag_len; i++) {
            uint32_t to = first[bag[i] + 1]++;
            documents[to] = (uint32_t)d;
            saturated[to] = saturate(bag_count[i], r->words_len);
        }
    }
}

static double idf(uint32_t word)
{
    double n = (double)counted->len;
    return log(1.0 + (n - df[word] + 0.5) / (df[word] + 0.5));
}

/* What is left of a similarity, by solution: less for texts that resemble all. The texts counted,
 * taken as queries of weight 1, are added up by word. */
static double *factor, *common;

static void find_common(void)
{
    common = grow(NULL, records_words() + 1, sizeof *common);
    memset(common, 0, (records_words() + 1) * sizeof *common);
    for (size_t d = 0; d < counted->len; d++) {
        double whole = 0;
        bag_fill(&counted->items[d]);
        for (size_t i = 0; i < bag_len; i++)
            whole += bag_count[i] * idf(bag[i]);
        for (size_t i = 0; i < bag_len; i++)
            common[bag[i]] += bag_count[i] * idf(bag[i]) / whole / (double)counted->len;
    }
}

/* How much the texts counted resemble all of them, in the mean. */
static double mean_likeness(void)
{
    double mean = 0;
    for (size_t d = 0; d < counted->len; d++) {
        const record *r = &counted->items[d];
        double like = 0;
        bag_fill(r);
        for (size_t i = 0; i < bag_len; i++)
            like += common[bag[i]] * saturate(bag_count[i], r->words_len);
        mean += like / (double)counted->len;
    }
    return mean;
}

static void find_factors(void)
{
    find_common();
    double mean = mean_likeness();
    factor = grow(NULL, solutions.len + 1, sizeof *factor);
    memset(factor, 0, (solutions.len + 1) * sizeof *factor);
    for (size_t w = 0; w < records_words(); w++)
        for (uint32_t p = first[w]; p < first[w + 1]; p++)
            factor[documents[p]] += common[w] * saturated[p];
    for (size_t d = 0; d < solutions.len; d++)
        factor[d] = mean > 0 ? 2 * mean / (mean + factor[d]) : 1;
}

static double least(double a, double b)
{
    return a < b ? a : b;
}

/* The rules that look at a solution alone. NaN: not applicable. */
static double delivery_points(const record *r)
{
    return r->delivery < 0 ? NAN : r->delivery <= 90 ? MAX : MAX * (90.0 / r->delivery);
}

static double dual_use_points(const record *r)
{
    double civil = r->civil < 0 ? 0 : r->civil, military = r->military < 0 ? 0 : r->military;
    if (r->civil < 0 && r->military < 0)
        return NAN;
    return 5 * least(1, civil / 80) + 5 * least(1, military / 80);
}

/* What the loop over solutions reads: one cache line each. */
typedef struct row {
    uint64_t technologies;
    double price, delivery, dual_use;
    double alone; /* weight times points of the two before */
    uint16_t themes, region;
    uint8_t can; /* the rules that may apply to it, by bit */
} row;

/* On a sphere of radius 1. */
typedef struct point {
    double x, y, z;
} point;

static row *rows;
static point *places;       /* for the few pairs that are scored in full */
static uint8_t *trls;       /* for the gates */
static uint16_t *in_region; /* for the gates */
static bool nearby;         /* one gate more: of the demand's region */

static uint8_t bit(int rule, bool set)
{
    return (uint8_t)(set ? 1u << rule : 0);
}

/* A pair's rules apply where both records have what they need. */
static uint8_t may_apply(const record *r)
{
    return (uint8_t)(bit(BUDGET, !isnan(r->price)) | bit(DISTANCE, !isnan(r->lon)) |
                     bit(SHARED_TECHNOLOGIES, r->technologies) | bit(TEXT, r->described) |
                     bit(SHARED_THEMES, r->themes) | bit(TRL_MARGIN, r->trl));
}

static point point_of(const record *r)
{
    const double degree = M_PI / 180;
    double lon = r->lon * degree, lat = r->lat * degree;
    return (point){cos(lat) * cos(lon), cos(lat) * sin(lon), sin(lat)};
}

static void prepare(void)
{
    rows = grow(NULL, solutions.len, sizeof *rows);
    places = grow(NULL, solutions.len, sizeof *places);
    trls = grow(NULL, solutions.len, sizeof *trls);
    in_region = grow(NULL, solutions.len, sizeof *in_region);
    for (size_t i = 0; i < solutions.len; i++) {
        const record *r = &solutions.items[i];
        double delivery = delivery_points(r), dual_use = dual_use_points(r);
        bool delivers = !isnan(delivery), is_dual = !isnan(dual_use);
        rows[i] =
            (row){r->technologies,     r->price,    delivery, dual_use, 0, (uint16_t)r->themes,
                  (uint16_t)r->region, may_apply(r)};
        rows[i].can |= (uint8_t)(bit(DELIVERY, delivers) | bit(DUAL_USE, is_dual));
        rows[i].alone = (delivers ? WEIGHT[DELIVERY] * delivery : 0) +
                        (is_dual ? WEIGHT[DUAL_USE] * dual_use : 0);
        places[i] = point_of(r);
        trls[i] = (uint8_t)r->trl;
        in_region[i] = (uint16_t)r->region;
    }
    bag_make();
    count_words();
    index_texts();
    find_factors();
}

/* ------------------------------------------------------------------ the match */

typedef struct place {
    double score;
    uint32_t solution;
} place;

static size_t top;
static place *ranking;              /* of all demands, `top` each */
static size_t *ranked;              /* how many of them there are, by demand */
static double *texts;               /* similarity of each solution to the demand at hand */
static double possible[1 << RULES]; /* most points, by the rules that apply */

static void rank_texts(const record *d)
{
    double best = 0;
    bag_fill(d);
    memset(texts, 0, solutions.len * sizeof *texts);
    for (size_t i = 0; i < bag_len; i++)
        if (df[bag[i]])
            best += bag_count[i] * idf(bag[i]);
    for (size_t i = 0; i < bag_len; i++) {
        double weight = bag_count[i] * idf(bag[i]) / best;
        for (uint32_t p = first[bag[i]]; p < first[bag[i] + 1]; p++)
            texts[documents[p]] += weight * saturated[p];
    }
    for (size_t i = 0; i < solutions.len; i++) {
        double x = texts[i] * factor[i];
        texts[i] = x - 0.25 * x * x;
    }
}

static double budget_points(double budget, double price)
{
    double share = price / budget;
    if (share <= 0.8)
        return MAX;
    if (share <= 1)
        return MAX * (1 + (0.5 - 1) * ((share - 0.8) / (1 - 0.8)));
    return share <= 2 ? MAX * (0.5 + (0 - 0.5) * ((share - 1) / (2 - 1.0))) : 0;
}

/* The great circle: half the chord is the sine of half the angle. */
static double distance_points(const record *d, uint32_t solution)
{
    if (d->region == rows[solution].region)
        return MAX;
    point a = point_of(d), b = places[solution];
    double x = a.x - b.x, y = a.y - b.y, z = a.z - b.z;
    double km = 2 * 6371.0088 * asin(sqrt(x * x + y * y + z * z) / 2);
    if (km <= 25)
        return MAX;
    return km >= 225 ? 0 : MAX * ((225 - km) / 200);
}

static double themes_points(uint32_t a, uint32_t b)
{
    return MAX * ((double)__builtin_popcount(a & b) / (double)__builtin_popcount(a | b));
}

static double technologies_points(uint64_t asked, uint64_t offered)
{
    return MAX *
           ((double)__builtin_popcountll(asked & offered) / (double)__builtin_popcountll(asked));
}

/* The cheap ones; what does not apply is left as it is. */
static void cheap_points(const record *d, uint32_t solution, uint8_t rules, double *points)
{
    const row *s = &rows[solution];
    if (rules >> SHARED_TECHNOLOGIES & 1)
        points[SHARED_TECHNOLOGIES] = technologies_points(d->technologies, s->technologies);
    if (rules >> SHARED_THEMES & 1)
        points[SHARED_THEMES] = themes_points(d->themes, s->themes);
    if (rules >> TRL_MARGIN & 1)
        points[TRL_MARGIN] = least(MAX, 6 + 2 * (trls[solution] - d->trl));
    if (rules >> TEXT & 1)
        points[TEXT] = MAX * least(1, texts[solution] / 0.3);
}

/* Most that the pair can get, with all points for what was not computed yet. */
static double bound(const row *s, uint8_t rules, const double *points)
{
    double sum = s->alone;
    for (int r = SHARED_TECHNOLOGIES; r < RULES; r++)
        sum += rules >> r & 1 ? WEIGHT[r] * points[r] : 0;
    sum += rules >> BUDGET & 1 ? WEIGHT[BUDGET] * MAX : 0;
    return sum + (rules >> DISTANCE & 1 ? WEIGHT[DISTANCE] * MAX : 0);
}

static double score(const record *d, uint32_t solution, uint8_t rules, double *points)
{
    const row *s = &rows[solution];
    double sum = 0;
    points[BUDGET] = rules >> BUDGET & 1 ? budget_points(d->price, s->price) : 0;
    points[DISTANCE] = rules >> DISTANCE & 1 ? distance_points(d, solution) : 0;
    points[DELIVERY] = s->delivery;
    points[DUAL_USE] = s->dual_use;
    for (int r = 0; r < RULES; r++)
        if (rules >> r & 1)
            sum += WEIGHT[r] * points[r];
    return 100.0 * sum / possible[rules];
}

static void put_in(place *list, size_t *len, double points, uint32_t solution)
{
    size_t i = *len < top ? (*len)++ : top - 1;
    for (; i && list[i - 1].score < points; i--)
        list[i] = list[i - 1];
    list[i] = (place){points, solution};
}

static void match_one(const record *d, uint8_t own, place *list, size_t *len)
{
    rank_texts(d);
    for (uint32_t i = 0; i < solutions.len; i++) {
        double points[RULES] = {0};
        const row *s = &rows[i];
        if (trls[i] < d->trl || (d->limits && !(d->limits & in_region[i])) ||
            (nearby && !(d->region & in_region[i])))
            continue;
        uint8_t rules = (s->can & own) | bit(DISTANCE, d->region == s->region);
        if (possible[rules] <= 0)
            continue;
        cheap_points(d, i, rules, points);
        double worst = *len < top ? -1 : list[top - 1].score;
        if (100.0 * bound(s, rules, points) * (1 + 1e-12) <= worst * possible[rules])
            continue;
        double here = score(d, i, rules, points);
        if (here > worst)
            put_in(list, len, here, i);
    }
}

static void match_all(void)
{
    texts = grow(NULL, solutions.len, sizeof *texts);
    ranking = grow(NULL, demands.len * top, sizeof *ranking);
    ranked = grow(NULL, demands.len, sizeof *ranked);
    for (size_t rules = 0; rules < 1 << RULES; rules++)
        for (int r = 0; r < RULES; r++)
            possible[rules] += rules >> r & 1 ? WEIGHT[r] * MAX : 0;
    for (size_t i = 0; i < demands.len; i++) {
        const record *d = &demands.items[i];
        ranked[i] = 0;
        match_one(d, may_apply(d) | bit(DELIVERY, true) | bit(DUAL_USE, true), ranking + i * top,
                  &ranked[i]);
    }
}

/* FNV-1a over lines of demand, rank, solution and score in billionths. */
static uint64_t checksum(void)
{
    uint64_t hash = 14695981039346656037u;
    char line[128];
    for (size_t i = 0; i < demands.len; i++)
        for (size_t k = 0; k < ranked[i]; k++) {
            const place *p = &ranking[i * top + k];
            snprintf(line, sizeof line, "%s %zu %s %.0f\n", demands.items[i].id, k + 1,
                     solutions.items[p->solution].id, floor(p->score * 1e9 + 0.5));
            for (const char *c = line; *c; c++)
                hash = (hash ^ (unsigned char)*c) * 1099511628211u;
        }
    return hash;
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
    if (argc < 3 || argc > 5) {
        fputs("usage: peer FOLDER TOP [COUNTED [nearby]]\n", stderr);
        return 2;
    }
    nearby = argc == 5;
    top = strtoul(argv[2], NULL, 10);
    double start = now();
    records_load(&demands, argv[1], "demands.jsonl");
    records_load(&solutions, argv[1], "solutions.jsonl");
    if (argc > 3 && strcmp(argv[3], "solutions.jsonl") != 0) {
        records_load(&others, argv[1], argv[3]);
        counted = &others;
    }
    double loaded = now();
    prepare();
    double prepared = now();
    match_all();
    double matched = now();
    printf("%.4f %.4f %.4f %016llx\n", loaded - start, prepared - loaded, matched - prepared,
           (unsigned long long)checksum());
    return 0;
}
