/* clock.h: UTC and calendar time (RFC 3339, ISO 8601, proleptic Gregorian), and the clock that
 * tests set. Floor: base. Loop thread only, for clock_set. */
#ifndef POLDER_BASE_CLOCK_H
#define POLDER_BASE_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

enum { CLOCK_TIME_TEXT = 28, CLOCK_DATE_TEXT = 16 }; /* with the NUL */

int64_t clock_now_ms(void);       /* milliseconds since 1970-01-01T00:00:00Z */
int64_t clock_monotonic_ms(void); /* for durations; its zero means nothing */
int64_t clock_monotonic_us(void); /* the same in microseconds */
int64_t clock_thread_us(void);    /* processor time of this thread */
void clock_set(
    int64_t now_ms); /* tests: the clock stands still at this time; negative: runs again */

void clock_time_text(int64_t ms, char out[CLOCK_TIME_TEXT]); /* "2026-02-23T13:05:09.120Z" */
bool clock_time_parse(const char *text, int64_t *out_ms);    /* RFC 3339 with Z or an offset */

/* Calendar days. A date is days since 1970-01-01. */
void clock_date_text(int64_t days, char out[CLOCK_DATE_TEXT]); /* "2026-02-23" */
bool clock_date_parse(const char *text, int64_t *out_days); /* ISO 8601, YYYY-MM-DD, must exist */
int64_t clock_today(void);                                  /* in UTC */

#endif
