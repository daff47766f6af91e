/* clock.c: calendar arithmetic after Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms":
 * years begin in March and are counted in eras of 400 years (146,097 days). */
#include "base/clock.h"

#include <stdatomic.h>
#include <string.h>
#include <time.h>

enum { DAY_MS = 86400000, HOUR_MS = 3600000, MINUTE_MS = 60000, SECOND_MS = 1000 };

#define FIRST_DAY (-719528) /* 0000-01-01 */
#define LAST_DAY  2932896   /* 9999-12-31: the texts have four digits for the year */

static _Atomic int64_t fixed_ms = -1;

static int64_t read_ms(clockid_t which)
{
    struct timespec now;
    clock_gettime(which, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t clock_now_ms(void)
{
    int64_t fixed = atomic_load(&fixed_ms);
    return fixed >= 0 ? fixed : read_ms(CLOCK_REALTIME);
}

int64_t clock_monotonic_ms(void)
{
    return read_ms(CLOCK_MONOTONIC);
}

int64_t clock_monotonic_us(void)
{
    struct timespec t = {0};
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

int64_t clock_thread_us(void)
{
    struct timespec t = {0};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

void clock_set(int64_t now_ms)
{
    atomic_store(&fixed_ms, now_ms);
}

static int64_t divide_down(int64_t a, int64_t b)
{
    return a / b - (a % b < 0 ? 1 : 0);
}

static int64_t days_from_date(int64_t year, int64_t month, int64_t day)
{
    year -= month <= 2 ? 1 : 0;
    int64_t era = divide_down(year, 400);
    int64_t year_of_era = year - era * 400;
    int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

static void date_from_days(int64_t days, int64_t *year, int64_t *month, int64_t *day)
{
    days += 719468;
    int64_t era = divide_down(days, 146097);
    int64_t day_of_era = days - era * 146097;
    int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t shifted = (5 * day_of_year + 2) / 153; /* March = 0 */
    *day = day_of_year - (153 * shifted + 2) / 5 + 1;
    *month = shifted < 10 ? shifted + 3 : shifted - 9;
    *year = year_of_era + era * 400 + (*month <= 2 ? 1 : 0);
}

/* Writes `width` digits; returns what follows them. */
static char *put(char *out, int64_t number, int width, char after)
{
    for (int i = width - 1; i >= 0; i--, number /= 10)
        out[i] = (char)('0' + number % 10);
    out[width] = after;
    return out + width + 1;
}

void clock_date_text(int64_t days, char out[CLOCK_DATE_TEXT])
{
    int64_t year, month, day;
    days = days < FIRST_DAY ? FIRST_DAY : days > LAST_DAY ? LAST_DAY : days;
    date_from_days(days, &year, &month, &day);
    put(put(put(out, year, 4, '-'), month, 2, '-'), day, 2, '\0');
}

void clock_time_text(int64_t ms, char out[CLOCK_TIME_TEXT])
{
    const int64_t first = (int64_t)FIRST_DAY * DAY_MS, last = (LAST_DAY + INT64_C(1)) * DAY_MS - 1;
    ms = ms < first ? first : ms > last ? last : ms;
    int64_t days = divide_down(ms, DAY_MS), rest = ms - days * DAY_MS;
    clock_date_text(days, out);
    char *end = out + strlen(out);
    *end++ = 'T';
    end = put(end, rest / HOUR_MS, 2, ':');
    end = put(end, rest / MINUTE_MS % 60, 2, ':');
    end = put(end, rest / SECOND_MS % 60, 2, '.');
    end = put(end, rest % 1000, 3, 'Z');
    *end = '\0';
}

/* Takes exactly `width` digits from *at. */
static bool take(const char **at, int width, int64_t *out)
{
    *out = 0;
    for (int i = 0; i < width; i++) {
        char c = (*at)[i];
        if (c < '0' || c > '9')
            return false;
        *out = *out * 10 + (c - '0');
    }
    *at += width;
    return true;
}

static bool take_char(const char **at, char c)
{
    if (**at != c)
        return false;
    ++*at;
    return true;
}

static bool take_date(const char **at, int64_t *out_days)
{
    int64_t year, month, day, back_year, back_month, back_day;
    if (!take(at, 4, &year) || !take_char(at, '-') || !take(at, 2, &month) || !take_char(at, '-') ||
        !take(at, 2, &day) || month < 1 || month > 12)
        return false;
    int64_t days = days_from_date(year, month, day);
    date_from_days(days, &back_year, &back_month, &back_day);
    if (back_month != month || back_day != day) /* 31 February comes back as 3 March */
        return false;
    *out_days = days;
    return true;
}

bool clock_date_parse(const char *text, int64_t *out_days)
{
    int64_t days;
    if (!take_date(&text, &days) || *text)
        return false;
    *out_days = days;
    return true;
}

/* Digits behind the point; those after the third are dropped. */
static bool take_fraction(const char **at, int64_t *out_ms)
{
    *out_ms = 0;
    if (**at != '.')
        return true;
    ++*at;
    int64_t digit, worth = 100;
    if (**at < '0' || **at > '9')
        return false;
    for (; **at >= '0' && **at <= '9'; worth /= 10) {
        take(at, 1, &digit);
        *out_ms += digit * worth;
    }
    return true;
}

static bool take_offset(const char **at, int64_t *out_ms)
{
    int64_t hours, minutes, sign = **at == '-' ? -1 : 1;
    *out_ms = 0;
    if (take_char(at, 'Z') || take_char(at, 'z'))
        return true;
    if (!take_char(at, '+') && !take_char(at, '-'))
        return false;
    if (!take(at, 2, &hours) || !take_char(at, ':') || !take(at, 2, &minutes) || hours > 23 ||
        minutes > 59)
        return false;
    *out_ms = sign * (hours * HOUR_MS + minutes * MINUTE_MS);
    return true;
}

bool clock_time_parse(const char *text, int64_t *out_ms)
{
    int64_t days, hours, minutes, seconds, fraction, offset;
    if (!take_date(&text, &days))
        return false;
    if (!take_char(&text, 'T') && !take_char(&text, 't') && !take_char(&text, ' '))
        return false;
    if (!take(&text, 2, &hours) || !take_char(&text, ':') || !take(&text, 2, &minutes) ||
        !take_char(&text, ':') || !take(&text, 2, &seconds) || !take_fraction(&text, &fraction) ||
        !take_offset(&text, &offset) || *text)
        return false;
    if (hours > 23 || minutes > 59 || seconds > 60)
        return false;
    int64_t ms =
        days * DAY_MS + hours * HOUR_MS + minutes * MINUTE_MS + seconds * SECOND_MS - offset;
    if (seconds == 60 &&
        ms % DAY_MS != 0) /* a leap second ends a UTC day; it counts as the next second */
        return false;
    *out_ms = ms + fraction;
    return true;
}

int64_t clock_today(void)
{
    return divide_down(clock_now_ms(), DAY_MS);
}
