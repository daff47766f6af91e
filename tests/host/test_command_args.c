#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/json.h"
#include "host/command_args.h"

static const char SPEC[] =
    "{\"args\":[{\"name\":\"event\",\"type\":\"record\",\"kind\":\"event\",\"required\":true},"
    "{\"name\":\"slots\",\"type\":\"integer\",\"default\":4,\"minimum\":1,\"maximum\":9},"
    "{\"name\":\"weight\",\"type\":\"number\"},{\"name\":\"fair\",\"type\":\"boolean\"},"
    "{\"name\":\"on\",\"type\":\"date\"},"
    "{\"name\":\"order\",\"type\":\"choice\",\"choices\":[\"score\",\"name\"]},"
    "{\"name\":\"absent\",\"type\":\"text\",\"many\":true}]}";

enum { MOST_WORDS = 12 };

/* Words are parted by spaces. */
static bool read(const char *words, value *out, err *e)
{
    char copy[256];
    const char *list[MOST_WORDS];
    size_t count = 0;
    value spec = value_nil();
    assert_true(json_read(SPEC, strlen(SPEC), NULL, &spec, NULL));
    strcpy(copy, words);
    for (char *rest = copy, *word; (word = strsep(&rest, " ")) && count < MOST_WORDS;)
        if (*word)
            list[count++] = word;
    bool ok = command_args_read(&spec, list, count, out, e);
    value_free(&spec);
    return ok;
}

static void what_is_typed_is_read_by_name_and_by_place(void **state)
{
    static const char *const CASES[][2] = {
        {"beurs", "{\"event\":\"event/beurs\",\"slots\":4,\"absent\":[]}"},
        {"event/beurs 6", "{\"event\":\"event/beurs\",\"slots\":6,\"absent\":[]}"},
        {"slots=2 event=beurs", "{\"slots\":2,\"event\":\"event/beurs\",\"absent\":[]}"},
        {"slots=2 beurs 0.5 ja", "{\"slots\":2,\"event\":\"event/beurs\",\"weight\":0.5,"
                                 "\"fair\":true,\"absent\":[]}"},
        {"beurs fair=no on=2026-02-23 order=name",
         "{\"event\":\"event/beurs\",\"fair\":false,\"on\":\"2026-02-23\",\"order\":\"name\","
         "\"slots\":4,\"absent\":[]}"},
        {"beurs absent=a absent=b=c",
         "{\"event\":\"event/beurs\",\"absent\":[\"a\",\"b=c\"],\"slots\":4}"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        value out = value_nil();
        err e = {0};
        buf text = {0};
        if (!read(CASES[i][0], &out, &e))
            fail_msg("%s: %s", CASES[i][0], e.message);
        json_write(&text, &out);
        assert_string_equal(buf_text(&text), CASES[i][1]);
        buf_free(&text);
        value_free(&out);
    }
}

static void what_does_not_fit_is_told_with_its_name(void **state)
{
    static const char *const CASES[][2] = {
        {"", "event is missing"},
        {"beurs slots=ten", "slots: expected a whole number, got \"ten\""},
        {"beurs slots=10", "slots: 10 is above 9"},
        {"beurs slots=0", "slots: 0 is below 1"},
        {"beurs slots=1 slots=2", "slots is given twice"},
        {"beurs weight=nan", "weight: expected a number, got \"nan\""},
        {"beurs fair=maybe", "fair: expected yes or no, got \"maybe\""},
        {"beurs on=2026-02-30", "on: expected a date such as 2026-11-24, got \"2026-02-30\""},
        {"beurs order=size", "order: expected one of score, name, got \"size\""},
        {"person/anna", "event: expected event, got \"person/anna\""},
        {"../x", "event: "},
        {"beurs slosts=3", "there is no argument \"slosts\"; did you mean \"slots\"?"},
        {"beurs absent=", "absent: expected a text, got \"\""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        value out = value_nil();
        err e = {0};
        if (read(CASES[i][0], &out, &e))
            fail_msg("not refused: %s", CASES[i][0]);
        if (strncmp(e.message, CASES[i][1], strlen(CASES[i][1])) != 0)
            fail_msg("%s: %s", CASES[i][0], e.message);
        assert_true(value_is(&out, VALUE_NIL));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_typed_is_read_by_name_and_by_place),
        cmocka_unit_test(what_does_not_fit_is_told_with_its_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
