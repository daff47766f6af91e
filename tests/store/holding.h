/* holding.h: what the tests of what holds the tables against the log share: a change made beside
 * Polder, and what is said of it. */
#ifndef POLDER_TESTS_STORE_HOLDING_H
#define POLDER_TESTS_STORE_HOLDING_H

#include "forgetting.h"

typedef struct damage {
    const char *sql, *part, *says; /* part NULL: any */
} damage;

/* What the first difference says; owned by the caller. NULL: all is as the log tells. */
static inline char *difference(store *st, const char *part, int64_t *differ)
{
    err e = {0};
    past_report report = {0};
    if (!past_verify(st, &report, NULL, NULL, &e))
        fail_msg("%s", e.message);
    const value *first = value_at(&report.first, 0);
    buf text = {0};
    if (report.differ)
        buf_fmt(&text, "%s: %s", value_get_str(first, "id", ""), value_get_str(first, "says", ""));
    if (report.differ && part)
        assert_string_equal(value_get_str(first, "part", ""), part);
    *differ = report.differ;
    value_free(&report.first);
    return report.differ ? buf_take(&text) : NULL;
}

/* Each by itself is named, and all is whole before and after. */
static inline void assert_named(store *st, const damage *rows, size_t count)
{
    err e = {0};
    assert_true(db_exec(store_db(st), "pragma foreign_keys = off", &e));
    assert_whole(st);
    for (size_t i = 0; i < count; i++) {
        int64_t differ = 0;
        assert_true(store_begin(st, &e));
        if (!db_exec(store_db(st), rows[i].sql, &e))
            fail_msg("%s: %s", rows[i].sql, e.message);
        char *says = difference(st, rows[i].part, &differ);
        if (!says)
            fail_msg("not seen: %s", rows[i].sql);
        if (!strstr(says, rows[i].says))
            fail_msg("%s: \"%s\" does not say \"%s\"", rows[i].sql, says, rows[i].says);
        free(says);
        store_rollback(st);
        assert_whole(st);
    }
}

#endif
