#include "rendered.h"

static void signs_of_markdown_stay_signs(void **state)
{
    char *md = rendered(
        "[{\"block\":\"text\",\"text\":\"# geen *kop* [x](y) <b> a|b `c` \\n- d\"},"
        "{\"block\":\"table\",\"caption\":\"T|x\",\"columns\":[{\"name\":\"a\",\"title\":\"A|B\"}],"
        "\"rows\":[{\"a\":\"een|twee\\ndrie\"}]}]",
        REPORT_MD, "nl");
    (void)state;
    has(md, "\\# geen \\*kop\\* \\[x\\](y) \\<b\\> a\\|b \\`c\\`  - d\n");
    has(md, "**T\\|x**");
    has(md, "| A\\|B |\n| --- |\n| een\\|twee drie |\n");
    free(md);
}

static void tables_and_numbers_read_as_people_write(void **state)
{
    char *md = rendered("[{\"block\":\"numbers\",\"items\":[{\"title\":\"Budget\",\"value\":1234.5,"
                        "\"type\":\"money\"}]},{\"block\":\"table\",\"caption\":\"T\",\"columns\":["
                        "{\"name\":\"a\"},"
                        "{\"name\":\"d\",\"type\":\"date\"},{\"name\":\"n\",\"type\":\"number\"}],"
                        "\"rows\":[{\"a\":\"x\",\"d\":\"2026-02-23\",\"n\":1000}],\"total\":{\"a\":"
                        "\"Samen\",\"n\":1000}}]",
                        REPORT_MD, "nl");
    (void)state;
    has(md, "- Budget: **€ 1.234,50**\n");
    has(md, "| x | 23 februari 2026 | 1.000 |\n");
    has(md, "| **Samen** |  | **1.000** |\n");
    has(md, "| --- | --- | ---: |\n");
    free(md);
}

static void what_is_not_known_is_said(void **state)
{
    static const char BLOCKS[] = "[{\"block\":\"numbers\",\"items\":[{\"title\":\"a\"}]}]";
    char *nl = rendered(BLOCKS, REPORT_MD, "nl"), *en = rendered(BLOCKS, REPORT_MD, "en");
    (void)state;
    has(nl, "- a: **niet bekend**\n");
    has(en, "- a: **not known**\n");
    free(nl);
    free(en);
}

static void a_figure_is_its_table(void **state)
{
    char *md = rendered(
        "[{\"block\":\"lines\",\"caption\":\"L\",\"label\":\"Regio\",\"x\":[\"2024\",\"2025\"],"
        "\"series\":[{\"title\":\"Zeeland\",\"values\":{\"2025\":5}}]}]",
        REPORT_MD, "nl");
    (void)state;
    has(md, "| Regio | 2024 | 2025 |\n");
    has(md, "| Zeeland |  | 5 |\n");
    free(md);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(signs_of_markdown_stay_signs),
        cmocka_unit_test(tables_and_numbers_read_as_people_write),
        cmocka_unit_test(what_is_not_known_is_said),
        cmocka_unit_test(a_figure_is_its_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
