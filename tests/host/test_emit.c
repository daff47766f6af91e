#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "host/emit.h"

static void types_are_small_words_with_a_point_and_not_polders_own(void **state)
{
    (void)state;
    static const struct {
        const char *type;
        err_code code;
    } CASES[] = {
        {"zeeland.overdue", ERR_NONE},       {"a.b-c_9.d", ERR_NONE},
        {"recording.made", ERR_NONE},        {"", ERR_BAD_DATA},
        {"overdue", ERR_BAD_DATA},           {"9.a", ERR_BAD_DATA},
        {"Zeeland.x", ERR_BAD_DATA},         {"zeeland.x\n", ERR_BAD_DATA},
        {"record.changed", ERR_NOT_ALLOWED}, {"kinds.changed", ERR_NOT_ALLOWED},
        {"run.finished", ERR_NOT_ALLOWED},   {"source.withdrawn", ERR_NOT_ALLOWED},
        {"handler.parked", ERR_NOT_ALLOWED}, {"audit.signed", ERR_NOT_ALLOWED},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        err e = {0};
        assert_int_equal(emit_check_type(CASES[i].type, "zeeland", &e), CASES[i].code == ERR_NONE);
        assert_int_equal(e.code, CASES[i].code);
    }
}

static void a_subject_is_a_name_of_bounded_length(void **state)
{
    (void)state;
    char text[202];
    memset(text, 'a', 201);
    text[201] = '\0';
    assert_false(emit_check_subject(text, NULL));
    text[200] = '\0';
    assert_true(emit_check_subject(text, NULL));
    assert_true(emit_check_subject("demand/dijk", NULL));
    assert_false(emit_check_subject("", NULL));
    assert_false(emit_check_subject("a\nb", NULL));
    assert_false(emit_check_subject("a\rb", NULL));
    assert_false(emit_check_subject("Annelies Oudenaam", NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(types_are_small_words_with_a_point_and_not_polders_own),
        cmocka_unit_test(a_subject_is_a_name_of_bounded_length),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
