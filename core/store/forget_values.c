/* The values of what is forgotten, and whether a text holds one: in its own letters or in another
 * case and without its marks. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/mem.h"
#include "base/text.h"
#include "store/forget_parts.h"

/* Shorter texts and numbers stand in too many places that have nothing to do with them: those are
 * looked for, as whole words, only in what came of the record. */
enum { TEXT_BYTES = 5, FOLDED_BYTES = 3, DIGITS = 5 };

/* As it stands in JSON, without its quotes: it may stand inside a sentence. */
static void fold_quoted(buf *out, const char *text)
{
    buf quoted = {0};
    value v = value_text(text);
    json_write(&quoted, &v);
    text_fold(out, buf_text(&quoted) + 1, quoted.len - 2);
    value_free(&v);
    buf_free(&quoted);
}

static void note_text(forgetting *f, const char *text, size_t len)
{
    buf folded = {0};
    fold_quoted(&folded, text);
    if (len >= TEXT_BYTES && folded.len >= FOLDED_BYTES)
        value_set(&f->texts, text, value_text(buf_text(&folded)));
    else if (folded.len)
        value_set(&f->words, text, value_text(buf_text(&folded)));
    buf_free(&folded);
}

/* 54321.99 with its thousands apart: "54.321,99" as the Dutch do, or "54,321.99". */
static void note_grouped(forgetting *f, const char *number, char thousands, char point)
{
    buf out = {0};
    size_t whole = strspn(number, "0123456789");
    for (size_t i = 0; i < whole; i++) {
        if (i && (whole - i) % 3 == 0)
            buf_char(&out, thousands);
        buf_char(&out, number[i]);
    }
    if (number[whole] == '.')
        buf_fmt(&out, "%c%s", point, number + whole + 1);
    value_set(&f->numbers, buf_text(&out), value_text(buf_text(&out)));
    buf_free(&out);
}

static void note_number(forgetting *f, const value *v)
{
    buf text = {0};
    size_t digits = 0;
    json_write(&text, v);
    const char *number = buf_text(&text) + (*buf_text(&text) == '-');
    for (const char *at = number; *at; at++)
        digits += isdigit((unsigned char)*at) != 0;
    value_set(digits >= DIGITS ? &f->numbers : &f->words, number, value_text(number));
    if (digits >= DIGITS && strspn(number, "0123456789") > 3) {
        note_grouped(f, number, '.', ',');
        note_grouped(f, number, ',', '.');
    }
    buf_free(&text);
}

/* Of an amount of money, which currency it is of points at nobody. */
static void note_map(forgetting *f, const value *map)
{
    bool money = value_get(map, "amount") && value_get(map, "currency");
    for (size_t i = 0; i < value_len(map); i++)
        if (!money || strcmp(map->as.map.items[i].key, "currency") != 0)
            forget_note_value(f, &map->as.map.items[i].value);
}

void forget_note_value(forgetting *f, const value *v)
{
    if (value_is(v, VALUE_TEXT))
        note_text(f, v->as.text.bytes, v->as.text.len);
    else if (value_is(v, VALUE_INT) || value_is(v, VALUE_DOUBLE))
        note_number(f, v);
    else if (value_is(v, VALUE_MAP))
        note_map(f, v);
    for (size_t i = 0; value_is(v, VALUE_LIST) && i < value_len(v); i++)
        forget_note_value(f, value_at(v, i));
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* 12345 is not in 123456, 0.12345 or 12345.6. */
static bool cuts_number(const char *text, const char *at, size_t len)
{
    const char *end = at + len;
    bool before =
        at > text && (is_digit(at[-1]) || (at[-1] == '.' && at - 1 > text && is_digit(at[-2])));
    bool after = is_digit(*end) || (*end == '.' && is_digit(end[1]));
    return (is_digit(*at) && before) || (is_digit(end[-1]) && after);
}

static bool is_of_word(char c)
{
    return isalnum((unsigned char)c) || (unsigned char)c >= 0x80;
}

/* The n of "\n" is none of the word that comes after it. */
static bool cuts_word(const char *text, const char *at, size_t len)
{
    bool escape = at - 1 > text && at[-2] == '\\';
    return (at > text && !escape && is_of_word(at[-1])) || is_of_word(at[len]);
}

static bool holds_one(const char *text, const char *wanted, bool number, bool word)
{
    size_t len = strlen(wanted);
    for (const char *at = text; (at = strstr(at, wanted)); at++)
        if (!(number && cuts_number(text, at, len)) && !(word && cuts_word(text, at, len)))
            return true;
    return false;
}

static bool holds_any(const value *wanted, const char *folded, bool number, bool word)
{
    for (size_t i = 0; i < wanted->as.map.len; i++)
        if (holds_one(folded, value_str(&wanted->as.map.items[i].value, ""), number, word))
            return true;
    return false;
}

bool forget_holds(const forgetting *f, const char *json)
{
    buf folded = {0};
    if (f->texts.as.map.len + f->numbers.as.map.len == 0)
        return false;
    text_fold(&folded, json, strlen(json));
    bool found = holds_any(&f->texts, buf_text(&folded), false, false) ||
                 holds_any(&f->numbers, buf_text(&folded), true, false);
    buf_free(&folded);
    return found;
}

bool forget_holds_word(const forgetting *f, const char *json)
{
    buf folded = {0};
    text_fold(&folded, json, strlen(json));
    bool found = holds_any(&f->words, buf_text(&folded), true, true);
    buf_free(&folded);
    return found;
}

static bool is_of_id(char c)
{
    return isalnum((unsigned char)c) || (c && strchr("._-~/", c));
}

/* "person/an" stands in "about person/an." and not in "person/anna". */
static bool names_it(const char *json, const char *id)
{
    size_t len = strlen(id);
    for (const char *at = json; (at = strstr(at, id)); at += len) {
        bool begins = at == json || !is_of_id(at[-1]);
        const char *end = at + len + strspn(at + len, ".");
        if (begins && !is_of_id(*end))
            return true;
    }
    return false;
}

bool forget_mentioned(const forgetting *f, const char *json)
{
    return names_it(json, f->id) || forget_holds(f, json);
}

/* Adds to each number in `counts` that the text holds; whether it held any. */
static bool count_held(const value *wanted, const char *folded, bool number, value *counts)
{
    bool any = false;
    for (size_t i = 0; i < wanted->as.map.len; i++) {
        const value_entry *one = &wanted->as.map.items[i];
        if (!holds_one(folded, value_str(&one->value, ""), number, false))
            continue;
        value_set(counts, one->key, value_int(value_get_int(counts, one->key, 0) + 1));
        any = true;
    }
    return any;
}

/* Of a name of several words, an address of mail or a number with letters it is clear whom it
 * points at, whoever has it too. */
static bool is_one_word(const char *text)
{
    for (; *text; text++)
        if (!isalpha((unsigned char)*text) && (unsigned char)*text < 0x80)
            return false;
    return true;
}

/* What many have is a word of the language, and points at nobody; of a kind that marks nothing as
 * personal so does all that another has. */
static void narrow(forgetting *f, value *wanted, const value *counts, bool numbers)
{
    enum { MANY = 4 };
    for (size_t i = wanted->as.map.len; i-- > 0;) {
        value_entry *one = &wanted->as.map.items[i];
        int64_t held = value_get_int(counts, one->key, 0);
        if (f->whole ? held == 0 : held < MANY || !(numbers || is_one_word(one->key)))
            continue;
        value_set(&f->words, one->key, value_copy(&one->value));
        char *key = mem_text(one->key);
        value_drop(wanted, key);
        free(key);
    }
}

bool forget_others(store *st, forgetting *f, err *e)
{
    enum { OTHERS = 20 };
    value counts = value_map();
    query *q = db_prepare(st->db, "select id, fold(data) from record where id <> ? order by id", e);
    if (!q)
        return false;
    query_bind_text(q, 1, f->id);
    while (f->texts.as.map.len + f->numbers.as.map.len && query_step(q, e)) {
        const char *folded = query_text(q, 1);
        bool texts = count_held(&f->texts, folded, false, &counts),
             numbers = count_held(&f->numbers, folded, true, &counts);
        if ((texts || numbers) && value_len(&f->others) < OTHERS)
            value_push(&f->others, value_text(query_text(q, 0)));
    }
    bool ok = !query_failed(q);
    query_free(q);
    narrow(f, &f->texts, &counts, false);
    narrow(f, &f->numbers, &counts, true);
    value_free(&counts);
    return ok;
}
