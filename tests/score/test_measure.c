/* Whatever options a plugin may give: what the constructors accept, the kernels take; and what they
 * give for any record is a share or not applicable, with a reason. */
#include <math.h>

#include "../base/random.h"
#include "score/measure.h"
#include "stage.h"
#include "vm/measure_options.h"

enum { SPECS = 6000, PAIRS = 6 };

static const double NUMBERS[] = {0,    1,      -1,     0.5,      2,         1e-320, 1e308, -1e308,
                                 1e15, 1e-300, 3.1415, INFINITY, -INFINITY, NAN,    100,   0.2};

static value absurd_number(void)
{
    return random_below(3) ? value_double(NUMBERS[random_below(16)])
                           : value_int((int64_t)random_below(12) - 3);
}

static value field(void)
{
    static const char *const FIELDS[] = {
        "solution.x", "demand.x", "solution.y.amount", "demand.y.key", "solution.y",
        "demand.y",   "today",    "solution.x.y.z",    "nobody.x",     "",
        "demand."};
    return value_text(FIELDS[random_below(random_below(4) ? 6 : 11)]);
}

static value terms_map(value (*item)(void))
{
    value map = value_map();
    char key[8];
    for (size_t i = random_below(5); i > 0; i--) {
        snprintf(key, sizeof key, "t%zu", random_below(5));
        value_set(&map, key, item());
    }
    return map;
}

static value term(void)
{
    char key[8];
    snprintf(key, sizeof key, "t%zu", random_below(5));
    return value_text(key);
}

static value list_of(value (*item)(void), size_t len)
{
    value list = value_list();
    for (size_t i = 0; i < len; i++)
        value_push(&list, item());
    return list;
}

static value point(void)
{
    return list_of(absurd_number, 2);
}

/* Rising, mostly: else hardly any would be accepted. */
static value curve(void)
{
    value list = value_list();
    double x = -3;
    for (size_t i = random_below(5); i > 0; i--) {
        value *p = value_push(&list, value_list());
        value_push(p, value_double(x += (double)random_below(9) + 0.5));
        value_push(p, value_double((double)random_below(5) / 4));
    }
    return random_below(4) ? list : (value_free(&list), list_of(point, random_below(4)));
}

static value sides(void)
{
    value map = value_map();
    value_add(&map, random_below(2) ? "solution" : "demand", absurd_number());
    return map;
}

static value choice(const option_row *row)
{
    char word[32] = "";
    size_t skip = random_below(4);
    const char *at = row->choices;
    while (skip-- && strchr(at, ' '))
        at = strchr(at, ' ') + 1;
    snprintf(word, sizeof word, "%.*s", (int)strcspn(at, " "), at);
    return value_text(word);
}

static value fitting(const option_row *row)
{
    switch ((int)row->type) {
    case OPTION_FIELD:
        return field();
    case OPTION_FIELD_NUMBER:
        return random_below(2) ? field() : absurd_number();
    case OPTION_RANGE:
        return random_below(2) ? list_of(absurd_number, 2) : list_of(field, 2);
    case OPTION_FIELD_PAIR:
        return list_of(field, 2);
    case OPTION_WEIGHTED:
    case OPTION_DATES:
        return random_below(2) ? field() : list_of(field, random_below(4));
    case OPTION_TERM_SHARES:
    case OPTION_TERM_WEIGHTS:
        return terms_map(absurd_number);
    case OPTION_TERM_TEXTS:
    case OPTION_TERM_PARENTS:
        return terms_map(term);
    case OPTION_CURVE:
        return curve();
    case OPTION_WITHOUT:
        return sides();
    case OPTION_CHOICE:
        return choice(row);
    case OPTION_FLAG:
        return value_bool(random_below(4) > 0);
    default:
        return absurd_number();
    }
}

static value some_options(const measure_form *form)
{
    value given = value_map();
    for (const option_row *row = form->rows; row->name; row++) {
        bool arg = (size_t)(row - form->rows) < form->args;
        if (arg ? random_below(50) == 0 : random_below(4) > 0)
            continue;
        value_add(&given, row->name, random_below(20) ? fitting(row) : random_value(2, 99));
    }
    if (random_below(50) == 0)
        value_add(&given, "nonsense", random_value(2, 99));
    return given;
}

static value cell(void)
{
    static const char *const TEXTS[] = {"2026-02-23", "2026-13-40", "34000000-7", "NL34",
                                        "NL341",      "",           "Zeeland"};
    value map = value_map();
    switch (random_below(6)) {
    case 0:
        value_free(&map);
        return absurd_number();
    case 1:
        value_free(&map);
        return value_text(TEXTS[random_below(7)]);
    case 2:
        value_free(&map);
        return list_of(term, random_below(5));
    case 3:
        value_add(&map, "amount", absurd_number());
        value_add(&map, "currency", value_text(random_below(2) ? "EUR" : "USD"));
        return map;
    case 4:
        value_add(&map, "lon", absurd_number());
        value_add(&map, "lat", absurd_number());
        return map;
    default:
        value_free(&map);
        return random_value(2, 99);
    }
}

static value some_record(void)
{
    value row = value_list();
    value_push(&row, value_text("x/1"));
    value_push(&row, cell());
    value_push(&row, cell());
    return row;
}

static void try_pairs(measure *m, const char *told)
{
    for (int i = 0; i < PAIRS; i++) {
        value solution = some_record(), demand = some_record();
        double share = measure_one(m, &solution, &demand);
        buf reason = {0};
        measure_reason(m, &solution, &demand, share, &reason);
        if (!isnan(share) && !(share >= 0 && share <= 1))
            fail_msg("share %.17g from %s", share, told);
        if (!reason.len)
            fail_msg("no reason from %s", told);
        buf_free(&reason);
        value_free(&solution);
        value_free(&demand);
    }
}

/* true: accepted. */
static bool try_spec(const measure_form *form, const columns *fields)
{
    value given = some_options(form);
    err e = {0};
    bool ok = measure_spec(form, &given, &e);
    if (!ok)
        assert_true(e.code != ERR_NONE && *e.message);
    if (ok) {
        buf told = {0};
        measure_setting s = {
            .solution = fields, .demand = fields, .gate = random_below(2), .today = "2026-02-23"};
        json_write(&told, &given);
        measure *m = measure_new(&given, &s, &e);
        if (!m)
            fail_msg("%s: accepted as options, but: %s", buf_text(&told), e.message);
        try_pairs(m, buf_text(&told));
        measure_free(m);
        buf_free(&told);
    }
    value_free(&given);
    return ok;
}

static void what_the_options_accept_the_kernels_take(void **state)
{
    value list = quoted("[{'at':1,'name':'x'},{'at':2,'name':'y'}]");
    columns fields = {0};
    const measure_form *form;
    (void)state;
    random_start();
    columns_read(&fields, &list);
    for (size_t k = 0; (form = measure_form_at(k)); k++) {
        size_t accepted = 0;
        for (size_t i = 0; i < SPECS; i++)
            accepted += try_spec(form, &fields);
        printf("%s: %zu of %d accepted\n", form->name, accepted, SPECS);
        assert_true(accepted > 20);
    }
    columns_free(&fields);
    value_free(&list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_the_options_accept_the_kernels_take),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
