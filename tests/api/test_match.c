#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "embedded.h"

static const char CARD[] =
    "local polder = require 'polder'\n"
    "for _, kind in ipairs { 'demand', 'solution' } do polder.kind { name = kind, fields = {} } "
    "end\n"
    "polder.rule { name = 'one', on = 'solution', max = 1, score = function() return 1 end }\n"
    "polder.scorecard { name = 'card', rules = { one = 1 } }\n";

/* As the command line has it: who has an answer is given it. */
static void a_match_whose_run_can_t_be_kept_is_given_and_says_so(void **state)
{
    (void)state;
    embedded m = embedded_new();
    embedded_plugin(&m, CARD);
    embedded_open(&m);
    put(&m, "demand/a", "{}");
    put(&m, "solution/a", "{}");
    const polder_match_options o = {.size = sizeof o, .scorecard = "card", .keep = true};
    char *kept = polder_match(m.p, &o, m.e);
    says(kept, "\"run\":\"run/");
    polder *other = embedded_another(&m);
    assert_true(store_begin(other->store, NULL));
    assert_true(db_exec(store_db(m.p->store), "pragma busy_timeout = 0", NULL));
    char *unkept = polder_match(m.p, &o, m.e);
    says(unkept, "solution/a");
    assert_null(strstr(unkept, "\"run\":"));
    assert_string_equal(polder_error_code(m.e), "unavailable");
    says(polder_error_message(m.e), "the answer stands, but no run of it is kept: the store is");
    polder_text_free(kept);
    polder_text_free(unkept);
    polder_close(other);
    embedded_free(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_match_whose_run_can_t_be_kept_is_given_and_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
