#include "score/say.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"

enum { ITEMS_MOST = 8, EACH_MOST = 50, DECIMALS_MOST = 6, CELL_BYTES = 200 };

/* Groups of three by points, the decimals behind a comma. */
static void dutch(buf *out, const char *plain)
{
    const char *point = strchr(plain, '.');
    size_t whole = point ? (size_t)(point - plain) : strlen(plain);
    size_t sign = plain[0] == '-';
    for (size_t i = 0; i < whole; i++) {
        if (i > sign && (whole - i) % 3 == 0)
            buf_char(out, '.');
        buf_char(out, plain[i]);
    }
    if (point) {
        buf_char(out, ',');
        buf_str(out, point + 1);
    }
}

/* Most numbers: the same as below, without printf. */
static bool is_whole(double number, int decimals)
{
    bool minus_zero = number == 0 && signbit(number);
    return fabs(number) < 0x1p53 && !minus_zero && (decimals == 0 || number == rint(number));
}

void say_year(buf *out, double year)
{
    if (is_whole(year, 2))
        buf_fmt(out, "%.0f", year);
    else
        say_number(out, year, 2);
}

static void say_whole(buf *out, int64_t number)
{
    char digits[32];
    size_t at = sizeof digits;
    uint64_t left = number < 0 ? -(uint64_t)number : (uint64_t)number;
    digits[--at] = '\0';
    do
        digits[--at] = (char)('0' + left % 10);
    while (left /= 10);
    if (number < 0)
        digits[--at] = '-';
    dutch(out, digits + at);
}

void say_number(buf *out, double number, int decimals)
{
    char plain[400];
    if (!isfinite(number)) {
        buf_str(out, "-");
        return;
    }
    if (is_whole(number, decimals)) {
        say_whole(out, (int64_t)rint(number));
        return;
    }
    snprintf(plain, sizeof plain, "%.*f", decimals < DECIMALS_MOST ? decimals : DECIMALS_MOST,
             number);
    if (strchr(plain, '.')) {
        size_t len = strlen(plain);
        while (plain[len - 1] == '0')
            plain[--len] = '\0';
        if (plain[len - 1] == '.')
            plain[len - 1] = '\0';
    }
    dutch(out, strcmp(plain, "-0") == 0 ? "0" : plain);
}

void say_euro(buf *out, double amount)
{
    char plain[400];
    if (!isfinite(amount)) {
        buf_str(out, "-");
        return;
    }
    buf_str(out, "€ ");
    if (is_whole(amount, 2)) {
        say_whole(out, (int64_t)amount);
        return;
    }
    snprintf(plain, sizeof plain, "%.*f", amount == rint(amount) ? 0 : 2, amount);
    dutch(out, plain);
}

void say_date(buf *out, int64_t days)
{
    static const char *const MONTHS[] = {"januari",   "februari", "maart",    "april",
                                         "mei",       "juni",     "juli",     "augustus",
                                         "september", "oktober",  "november", "december"};
    char text[CLOCK_DATE_TEXT];
    clock_date_text(days, text);
    unsigned year = 0, month = 1, day = 1;
    if (sscanf(text, "%u-%u-%u", &year, &month, &day) == 3 && month >= 1 && month <= 12)
        buf_fmt(out, "%u %s %u", day, MONTHS[month - 1], year);
    else
        buf_str(out, text);
}

static void say_text(buf *out, const char *text, size_t len)
{
    size_t cut = len < CELL_BYTES ? len : CELL_BYTES;
    while (cut < len && cut > 0 && ((unsigned char)text[cut] & 0xC0) == 0x80)
        cut--;
    buf_add(out, text, cut);
    if (cut < len)
        buf_str(out, "…");
}

static void say_money(buf *out, const value *cell)
{
    double amount = value_get_double(cell, "amount", NAN);
    const char *currency = value_get_str(cell, "currency", "EUR");
    if (strcmp(currency, "EUR") == 0) {
        say_euro(out, amount);
        return;
    }
    buf_fmt(out, "%s ", currency);
    say_number(out, amount, 2);
}

static void say_each(buf *out, const value *cell, const value *titles)
{
    say_list list = {0};
    for (size_t i = 0; i < value_len(cell); i++) {
        buf one = {0};
        say_cell(&one, value_at(cell, i), titles);
        say_item(&list, buf_text(&one));
        buf_free(&one);
    }
    say_items_end(&list);
    buf_str(out, buf_text(&list.text));
    buf_free(&list.text);
}

void say_cell(buf *out, const value *cell, const value *titles)
{
    if (value_is(cell, VALUE_TEXT)) {
        const char *title = value_get_str(titles, cell->as.text.bytes, NULL);
        say_text(out, title ? title : cell->as.text.bytes, title ? strlen(title) : value_len(cell));
    } else if (value_is(cell, VALUE_INT) || value_is(cell, VALUE_DOUBLE)) {
        say_number(out, value_as_double(cell, NAN), 2);
    } else if (value_is(cell, VALUE_BOOL)) {
        buf_str(out, cell->as.boolean ? "ja" : "nee");
    } else if (value_get(cell, "amount")) {
        say_money(out, cell);
    } else if (value_is(cell, VALUE_LIST)) {
        say_each(out, cell, titles);
    } else if (value_get_str(cell, "name", NULL)) {
        say_text(out, value_get_str(cell, "name", ""), strlen(value_get_str(cell, "name", "")));
    } else {
        buf_str(out, "-");
    }
}

static void take_item(value *each, const char *text)
{
    buf cut = {0};
    say_text(&cut, text, strlen(text));
    value_push(each, value_bytes(buf_text(&cut), cut.len));
    buf_free(&cut);
}

void say_item(say_list *list, const char *text)
{
    if (list->each && value_len(list->each) < EACH_MOST)
        take_item(list->each, text);
    if (++list->len > ITEMS_MOST)
        return;
    list->last = list->text.len;
    if (list->len > 1)
        buf_str(&list->text, ", ");
    say_text(&list->text, text, strlen(text));
}

/* ", " before the last becomes " en ". */
static void say_and(say_list *list)
{
    buf text = {0};
    buf_add(&text, buf_text(&list->text), list->last);
    buf_fmt(&text, " en %s", buf_text(&list->text) + list->last + 2);
    buf_free(&list->text);
    list->text = text;
}

void say_items_end(say_list *list)
{
    if (list->len > ITEMS_MOST)
        buf_fmt(&list->text, " en nog %zu", list->len - ITEMS_MOST);
    else if (list->len > 1)
        say_and(list);
}

void words_free(words *w)
{
    buf *all[] = {&w->asked, &w->found, &w->value,      &w->other,       &w->km,
                  &w->days,  &w->title, &w->terms.text, &w->missing.text};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        buf_free(all[i]);
}

static bool is(const char *name, size_t len, const char *wanted)
{
    return strlen(wanted) == len && memcmp(name, wanted, len) == 0;
}

static void say_share(buf *out, double share)
{
    say_number(out, rint(share * 100), 0);
    if (isfinite(share))
        buf_str(out, "%");
}

/* Does the template have this word? Then it is added. */
static bool say_word(buf *out, const char *name, size_t len, const words *w, double share)
{
    const struct {
        const char *name;
        const buf *text;
    } all[] = {
        {"asked", &w->asked},
        {"found", &w->found},
        {"value", &w->value},
        {"other", &w->other},
        {"km", &w->km},
        {"days", &w->days},
        {"terms", &w->terms.text},
        {"missing", &w->missing.text},
        {"title", &w->title},
    };
    if (is(name, len, "share")) {
        say_share(out, share);
        return true;
    }
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        if (!is(name, len, all[i].name))
            continue;
        buf_str(out, all[i].text->len ? buf_text(all[i].text) : "-");
        return true;
    }
    return false;
}

/* "value dag|dagen": the word, then the noun that goes with it. */
static bool say_place(buf *out, const char *name, size_t len, const words *w, double share)
{
    size_t word = strcspn(name, " }");
    const char *bar = memchr(name, '|', len);
    if (word >= len)
        return say_word(out, name, len, w, share);
    size_t before = out->len;
    if (!bar || !say_word(out, name, word, w, share))
        return false;
    const char *said = buf_text(out) + before;
    bool one = strcmp(said + (*said == '-'), "1") == 0;
    const char *noun = one ? name + word : bar + 1;
    if (!one)
        buf_char(out, ' ');
    buf_add(out, noun, (size_t)((one ? bar : name + len) - noun));
    return true;
}

void say_template(buf *out, const char *template, const words *w, double share)
{
    for (const char *p = template; *p;) {
        const char *end = *p == '{' ? strchr(p, '}') : NULL;
        if (end && say_place(out, p + 1, (size_t)(end - p - 1), w, share)) {
            p = end + 1;
            continue;
        }
        size_t run = 1 + strcspn(p + 1, "{");
        buf_add(out, p, run);
        p += run;
    }
}
