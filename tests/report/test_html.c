#include <stdio.h>

#include "rendered.h"

#define EVIL "<script>alert(1)</script>\\\"' onload=x \\u001b[31m"

/* Every place that takes a text. */
static const char HOSTILE[] =
    "[{\"block\":\"title\",\"text\":\"" EVIL "\",\"subtitle\":\"" EVIL "\"},"
    "{\"block\":\"section\",\"title\":\"" EVIL "\",\"level\":1},"
    "{\"block\":\"text\",\"text\":[\"" EVIL "\",{\"text\":\"" EVIL "\",\"strong\":true},"
    "{\"text\":\"" EVIL "\",\"url\":\"https://a.nl/" EVIL "\"},{\"text\":\"" EVIL
    "\",\"url\":\"javascript:alert(1)\"},{\"type\":\"number\",\"value\":1,\"unit\":\"" EVIL "\"}]},"
    "{\"block\":\"note\",\"text\":\"" EVIL "\"},{\"block\":\"list\",\"items\":[\"" EVIL "\"]},"
    "{\"block\":\"numbers\",\"items\":[{\"title\":\"" EVIL "\",\"value\":1,\"unit\":\"" EVIL
    "\",\"note\":\"" EVIL "\"}]},"
    "{\"block\":\"table\",\"caption\":\"" EVIL "\",\"columns\":[{\"name\":\"a\",\"title\":\"" EVIL
    "\"},{\"name\":\"" EVIL "\"}],\"rows\":[{\"a\":\"" EVIL "\"}],\"total\":{\"a\":\"" EVIL
    "\"},\"note\":\"" EVIL "\"},"
    "{\"block\":\"bars\",\"caption\":\"" EVIL "\",\"label\":\"" EVIL "\",\"measure\":\"" EVIL
    "\",\"unit\":\"" EVIL "\",\"items\":[{\"title\":\"" EVIL "\",\"value\":1}]},"
    "{\"block\":\"lines\",\"caption\":\"" EVIL "\",\"x\":[\"" EVIL
    "\"],\"series\":[{\"title\":\"" EVIL "\",\"values\":[1]}]},"
    "{\"block\":\"map\",\"caption\":\"" EVIL "\",\"points\":[{\"title\":\"" EVIL
    "\",\"lon\":5,\"lat\":52,\"value\":1}],\"outlines\":[{\"title\":\"" EVIL
    "\",\"rings\":[[[5,52],[6,52],[6,53]]],\"value\":1}]},"
    "{\"block\":\"network\",\"caption\":\"" EVIL "\",\"nodes\":[{\"id\":\"" EVIL
    "\",\"title\":\"" EVIL "\",\"group\":\"" EVIL
    "\"},{\"id\":\"b\",\"title\":\"b\"}],\"links\":[{\"from\":\"" EVIL
    "\",\"to\":\"b\",\"title\":\"" EVIL "\"}]},"
    "{\"block\":\"sources\",\"items\":[{\"title\":\"" EVIL "\",\"url\":\"javascript:x\","
    "\"publisher\":\"" EVIL "\",\"date\":\"" EVIL "\",\"reliability\":\"" EVIL "\",\"note\":\"" EVIL
    "\"}]}]";

static void nothing_that_a_plugin_says_becomes_markup(void **state)
{
    char *html = rendered(HOSTILE, REPORT_HTML, "nl");
    (void)state;
    has_not(html, "<script");
    has_not(html, "\x1b");
    has_not(html, "javascript:");
    has_not(html, "\"' onload");
    has(html, "&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39; onload=x \xef\xbf\xbd[31m");
    has(html, "default-src 'none'");
    free(html);
}

static void what_is_said_in_another_language_is_marked(void **state)
{
    static const char TEXT[] =
        "[{\"block\":\"text\",\"text\":[{\"text\":\"uit Zeeland\",\"lang\":\"nl\"},\" so\"]}]";
    char *html = rendered(TEXT, REPORT_HTML, "en");
    (void)state;
    has(html, "<span lang=\"nl\">uit Zeeland</span> so");
    free(html);
    html = rendered(TEXT, REPORT_HTML, "nl");
    has_not(html, "<span lang");
    free(html);
}

static void a_page_has_what_a_reader_without_eyes_needs(void **state)
{
    char *html =
        rendered("[{\"block\":\"section\",\"title\":\"Een\",\"level\":1},"
                 "{\"block\":\"section\",\"title\":\"Twee\",\"level\":2},"
                 "{\"block\":\"table\",\"caption\":\"Cijfers\",\"columns\":[{\"name\":\"a\","
                 "\"title\":\"Regio\"},{\"name\":\"b\",\"type\":\"money\"}],"
                 "\"rows\":[{\"a\":\"Zeeland\",\"b\":1234.5}]}]",
                 REPORT_HTML, "nl");
    (void)state;
    has(html, "<html lang=\"nl\">");
    has(html, "<title>Proef</title>");
    has(html, "<a class=\"skip\" href=\"#main\">Naar de inhoud</a>");
    has(html, "<h1>Proef</h1>");
    has(html, "<h2 id=\"s1\">Een</h2>");
    has(html, "<h3>Twee</h3>");
    has(html, "<caption id=\"t1\">Cijfers</caption>");
    has(html, "<th scope=\"col\">Regio</th>");
    has(html, "<th scope=\"row\">Zeeland</th>");
    has(html, "<td class=\"n\">€\xc2\xa0"
              "1.234,50</td>");
    free(html);
}

static void a_figure_is_a_picture_with_its_table(void **state)
{
    char *html = rendered("[{\"block\":\"bars\",\"caption\":\"Staven\",\"items\":[{\"title\":\"a\","
                          "\"value\":3},{\"title\":\"b\"}]}]",
                          REPORT_HTML, "en");
    (void)state;
    has(html, "<html lang=\"en\">");
    has(html, "<figcaption>Staven</figcaption>");
    has(html, "role=\"img\" aria-label=\"Bar chart; the table below has the same numbers\"");
    has(html, "<th scope=\"row\">a</th><td class=\"n\">3</td>");
    has(html, "not known");
    free(html);
}

/* On a telephone a row becomes a card: each cell then says of which column it is. */
static void wide_tables_fold(void **state)
{
    char *html = rendered(
        "[{\"block\":\"table\",\"caption\":\"T\",\"columns\":[{\"name\":\"a\",\"title\":\"A\"},"
        "{\"name\":\"b\",\"title\":\"B\\\"<\"},{\"name\":\"c\",\"title\":\"C\"}],"
        "\"rows\":[{\"a\":\"x\",\"b\":\"y\"}]},"
        "{\"block\":\"table\",\"caption\":\"U\",\"columns\":[{\"name\":\"a\",\"title\":\"A\"},"
        "{\"name\":\"b\",\"title\":\"B\"}],\"rows\":[{\"a\":\"x\",\"b\":\"z\"}]}]",
        REPORT_HTML, "nl");
    (void)state;
    has(html, "<div class=\"scroll folds\"");
    has(html, "<th scope=\"row\">x</th><td data-label=\"B&quot;&lt;\">y</td>");
    has(html, "<td>z</td>");
    has(html, "content:attr(data-label)");
    free(html);
}

/* The name of `upper` would lie on the dot below it, so it stands above its own. Dots come first.
 */
static void a_dot_covers_no_name(void **state)
{
    char *html = rendered(
        "[{\"block\":\"map\",\"caption\":\"C\",\"points\":[{\"title\":\"upper\",\"lon\":5,\"lat\":"
        "52},"
        "{\"title\":\"lower\",\"lon\":5,\"lat\":51.85},{\"title\":\"corner\",\"lon\":3,\"lat\":50},"
        "{\"title\":\"other\",\"lon\":7,\"lat\":54}]}]",
        REPORT_HTML, "nl");
    double dot = 0, name = 0;
    (void)state;
    const char *text = strstr(html, "<text");
    assert_non_null(text);
    assert_null(strstr(text, "<circle"));
    assert_int_equal(sscanf(strstr(html, "<circle"), "<circle cx=\"%*f\" cy=\"%lf\"", &dot), 1);
    assert_int_equal(sscanf(text, "<text x=\"%*f\" y=\"%lf\"", &name), 1);
    has(text, ">upper</text>");
    assert_true(name < dot);
    free(html);
}

/* Its labels end where the axis begins: eleven digits and signs of some seven each. */
static void a_line_chart_has_room_for_the_labels_of_its_axis(void **state)
{
    char *html = rendered("[{\"block\":\"lines\",\"caption\":\"A\",\"type\":\"money\",\"decimals\":"
                          "0,\"x\":[\"1\",\"2\"],"
                          "\"series\":[{\"title\":\"a\",\"values\":[4000000,4300000]}]}]",
                          REPORT_HTML, "nl");
    (void)state;
    double end = 0;
    const char *text = strstr(html, "<text x=\"");
    has(html, "5.000.000</text>");
    assert_non_null(text);
    assert_int_equal(sscanf(text, "<text x=\"%lf\"", &end), 1);
    assert_true(end > 75);
    free(html);
}

static void figures_of_nothing_draw_nothing(void **state)
{
    char *html = rendered("[{\"block\":\"bars\",\"caption\":\"A\",\"items\":{}},"
                          "{\"block\":\"lines\",\"caption\":\"B\",\"x\":{},\"series\":{}},"
                          "{\"block\":\"map\",\"caption\":\"C\"},"
                          "{\"block\":\"network\",\"caption\":\"D\",\"nodes\":{},\"links\":{}}]",
                          REPORT_HTML, "nl");
    (void)state;
    has_not(html, "<svg");
    has(html, "Er is niets om te tonen.");
    free(html);
}

static void figures_of_extreme_numbers_stay_pictures(void **state)
{
    char *html = rendered(
        "[{\"block\":\"bars\",\"caption\":\"A\",\"items\":[{\"title\":\"a\",\"value\":1e300},"
        "{\"title\":\"b\",\"value\":-1e300},{\"title\":\"c\",\"value\":0}]},"
        "{\"block\":\"lines\",\"caption\":\"B\",\"x\":[\"1\",\"2\",\"3\"],\"series\":[{\"title\":"
        "\"a\",\"values\":[1e308,false,-1e308]},{\"title\":\"b\",\"values\":{\"2\":0}}]},"
        "{\"block\":\"map\",\"caption\":\"C\",\"points\":[{\"title\":\"a\",\"lon\":5,\"lat\":52}]}"
        "]",
        REPORT_HTML, "nl");
    (void)state;
    has_not(html, "nan");
    has_not(html, "inf\"");
    has(html, "<svg");
    free(html);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_that_a_plugin_says_becomes_markup),
        cmocka_unit_test(what_is_said_in_another_language_is_marked),
        cmocka_unit_test(a_page_has_what_a_reader_without_eyes_needs),
        cmocka_unit_test(a_figure_is_a_picture_with_its_table),
        cmocka_unit_test(wide_tables_fold),
        cmocka_unit_test(a_dot_covers_no_name),
        cmocka_unit_test(a_line_chart_has_room_for_the_labels_of_its_axis),
        cmocka_unit_test(figures_of_nothing_draw_nothing),
        cmocka_unit_test(figures_of_extreme_numbers_stay_pictures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
