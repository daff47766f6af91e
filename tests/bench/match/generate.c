/* generate.c: makes the records of the benchmark: demands.jsonl and solutions.jsonl, the same bytes
 * for the same seed everywhere (integers and splitmix64, no library's random numbers). All of it is
 * made up. Usage: generate DEMANDS SOLUTIONS SEED FOLDER */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WORDS = 5000, WORD_BYTES = 6, TECHNOLOGIES = 40, THEMES = 12, REGIONS = 12 };

static uint64_t state;

/* Steele, Lea, Flood: Fast splittable pseudorandom number generators (2014). */
static uint64_t next_random(void)
{
    uint64_t z = state += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

static unsigned below(unsigned n)
{
    return (unsigned)(next_random() % n);
}

static unsigned between(unsigned least, unsigned most)
{
    return least + below(most - least + 1);
}

/* One field in twenty is left out. */
static bool present(void)
{
    return below(20) != 0;
}

static char words[WORDS][WORD_BYTES];
static uint64_t reach[WORDS]; /* the words up to this one, by weight */

static bool word_is_new(size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(words[i], words[count]) == 0)
            return false;
    return true;
}

/* "mopuk": no stop word, and its ending is none that the Dutch or English stemmer cuts, so that
 * splitting at spaces is all the analysis there is to do. Frequencies follow Zipf: the word of rank
 * r weighs 1 / (r + 2.7). */
static void make_words(void)
{
    static const char consonants[] = "bdfgklmnprtvz", vowels[] = "aiou", ends[] = "bfkp";
    uint64_t sum = 0;
    for (size_t i = 0; i < WORDS; i++) {
        do {
            words[i][0] = consonants[below(sizeof consonants - 1)];
            words[i][1] = vowels[below(sizeof vowels - 1)];
            words[i][2] = consonants[below(sizeof consonants - 1)];
            words[i][3] = vowels[below(sizeof vowels - 1)];
            words[i][4] = ends[below(sizeof ends - 1)];
        } while (!word_is_new(i));
        sum += 10000000000u / (10 * (uint64_t)i + 27);
        reach[i] = sum;
    }
}

static const char *any_word(void)
{
    uint64_t at = next_random() % reach[WORDS - 1];
    size_t low = 0, high = WORDS - 1;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (reach[middle] > at)
            high = middle;
        else
            low = middle + 1;
    }
    return words[low];
}

static void write_text(FILE *f, const char *name, unsigned least, unsigned most)
{
    unsigned count = between(least, most);
    fprintf(f, ",\"%s\":\"", name);
    for (unsigned i = 0; i < count; i++)
        fprintf(f, i ? " %s" : "%s", any_word());
    fputc('"', f);
}

/* `count` different ones of `all`, in the order of the draw. */
static void write_terms(FILE *f, const char *name, const char *prefix, unsigned all, unsigned count)
{
    uint64_t taken = 0;
    fprintf(f, ",\"%s\":[", name);
    for (unsigned i = 0; i < count; i++) {
        unsigned term;
        do
            term = below(all);
        while (taken >> term & 1);
        taken |= (uint64_t)1 << term;
        fprintf(f, "%s\"%s%02u\"", i ? "," : "", prefix, term);
    }
    fputc(']', f);
}

/* Code and rough centre in units of 0.0001 degrees. */
static const struct {
    const char *code;
    unsigned lon, lat;
} regions[REGIONS] = {{"NL11", 67000, 532000}, {"NL12", 58000, 531000}, {"NL13", 66000, 529000},
                      {"NL21", 64000, 524000}, {"NL22", 59000, 520000}, {"NL23", 56000, 525000},
                      {"NL32", 48000, 526000}, {"NL34", 38000, 515000}, {"NL35", 51000, 521000},
                      {"NL36", 44000, 520000}, {"NL41", 52000, 516000}, {"NL42", 59000, 512000}};

static void write_place(FILE *f)
{
    unsigned region = below(REGIONS);
    fprintf(f, ",\"region\":\"%s\"", regions[region].code);
    if (!present())
        return;
    unsigned lon = regions[region].lon + between(0, 6000) - 3000;
    unsigned lat = regions[region].lat + between(0, 6000) - 3000;
    fprintf(f, ",\"place\":{\"lon\":%u.%04u,\"lat\":%u.%04u}", lon / 10000, lon % 10000,
            lat / 10000, lat % 10000);
}

static void write_money(FILE *f, const char *name)
{
    unsigned thousands = between(5, 40);
    thousands *= between(1, 25);
    fprintf(f, ",\"%s\":{\"amount\":%u,\"currency\":\"EUR\"}", name, thousands * 1000);
}

static void write_shared(FILE *f)
{
    if (present())
        write_text(f, "description", 40, 80);
    if (present())
        write_terms(f, "technologies", "tech", TECHNOLOGIES, between(1, 5));
    if (present())
        write_terms(f, "themes", "theme", THEMES, between(1, 3));
    write_place(f);
}

static void write_solution(FILE *f, unsigned number)
{
    fprintf(f,
            "{\"id\":\"solution/s%06u\",\"title\":\"Fictitious solution %u\",\"fictitious\":true",
            number, number);
    write_shared(f);
    if (present())
        fprintf(f, ",\"trl\":%u", between(1, 9));
    if (present())
        write_money(f, "price");
    if (present())
        fprintf(f, ",\"delivery_days\":%u", between(10, 400));
    if (present())
        write_text(f, "civil_use", 3, 20);
    if (present())
        write_text(f, "military_use", 3, 20);
    fprintf(f, ",\"employees\":%u", between(1, 500));
    fprintf(f, ",\"founded\":%u}\n", between(1990, 2025));
}

/* The regions that a demand is limited to. */
static void write_regions(FILE *f)
{
    unsigned first = below(REGIONS), count = between(3, 8); /* drawn in this order */
    fputs(",\"regions\":[", f);
    for (unsigned i = 0; i < count; i++)
        fprintf(f, "%s\"%s\"", i ? "," : "", regions[(first + i * 5) % REGIONS].code);
    fputc(']', f);
}

static void write_demand(FILE *f, unsigned number)
{
    fprintf(f, "{\"id\":\"demand/d%06u\",\"title\":\"Fictitious demand %u\",\"fictitious\":true",
            number, number);
    write_shared(f);
    if (present())
        fprintf(f, ",\"trl_min\":%u", between(2, 7));
    if (present())
        write_money(f, "budget");
    if (below(10) >= 4)
        write_regions(f);
    fputs("}\n", f);
}

static bool write_all(const char *folder, const char *name, unsigned count,
                      void (*one)(FILE *f, unsigned number))
{
    char path[4096];
    int len = snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *f = len > 0 && (size_t)len < sizeof path ? fopen(path, "w") : NULL;
    if (!f) {
        perror(path);
        return false;
    }
    for (unsigned i = 1; i <= count; i++)
        one(f, i);
    bool written = !ferror(f);
    return fclose(f) == 0 && written;
}

int main(int argc, char **argv)
{
    if (argc != 5) {
        fputs("usage: generate DEMANDS SOLUTIONS SEED FOLDER\n", stderr);
        return 2;
    }
    state = strtoull(argv[3], NULL, 10);
    make_words();
    bool ok =
        write_all(argv[4], "demands.jsonl", (unsigned)strtoul(argv[1], NULL, 10), write_demand) &&
        write_all(argv[4], "solutions.jsonl", (unsigned)strtoul(argv[2], NULL, 10), write_solution);
    return ok ? 0 : 1;
}
