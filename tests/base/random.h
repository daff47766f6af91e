/* random.h: repeatable random values for property tests. The seed is printed; TEST_SEED=N in the
 * environment repeats a run. */
#ifndef POLDER_TESTS_RANDOM_H
#define POLDER_TESTS_RANDOM_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/value.h"

static uint64_t random_state;

static inline void random_start(void)
{
    const char *given = getenv("TEST_SEED");
    random_state = given ? strtoull(given, NULL, 10) : (uint64_t)clock_now_ms();
    printf("TEST_SEED=%llu\n", (unsigned long long)random_state);
}

/* splitmix64 (Sebastiano Vigna). */
static inline uint64_t random_next(void)
{
    uint64_t z = (random_state += UINT64_C(0x9e3779b97f4a7c15));
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

static inline size_t random_below(size_t limit)
{
    return (size_t)(random_next() % limit);
}

/* Any finite double: every bit pattern is as likely as another. */
static inline double random_double(void)
{
    for (;;) {
        uint64_t bits = random_next();
        double number;
        memcpy(&number, &bits, sizeof number);
        if (number - number == 0)
            return number;
    }
}

static inline value random_text(void)
{
    static const char *const parts[] = {
        "a", "Z", "\"", "\\", "\n", "\x01", "\x7f", "é", "€", "\xF0\x9F\x9A\xA2", "\xE2\x80\xA8",
        " "};
    char text[128] = "";
    for (size_t i = random_below(20); i > 0; i--)
        strcat(text, parts[random_below(sizeof parts / sizeof *parts)]);
    return value_text(text);
}

/* Integers stay within +-`most`. */
static inline value random_value(int depth, int64_t most)
{
    value v;
    char key[32];
    switch (random_below(depth > 0 ? 8 : 6)) {
    case 0:
        return value_nil();
    case 1:
        return value_bool(random_below(2) == 1);
    case 2:
        return value_int((int64_t)(random_next() % (uint64_t)most) * (random_below(2) ? 1 : -1));
    case 3:
        return value_double(random_double());
    case 4:
    case 5:
        return random_text();
    case 6:
        v = value_list();
        for (size_t i = random_below(6); i > 0; i--)
            value_push(&v, random_value(depth - 1, most));
        return v;
    default:
        v = value_map();
        for (size_t i = random_below(6); i > 0; i--) {
            snprintf(key, sizeof key, "k%zu", random_below(1000));
            value_set(&v, key, random_value(depth - 1, most));
        }
        return v;
    }
}

#endif
