#include "rendered.h"

#include "report/clean.h"

static void what_cannot_stand_in_a_document_is_replaced(void **state)
{
    static const struct {
        const char *text;
        size_t len;
        const char *expected;
    } CASES[] = {
        {"gewoon, één €", sizeof "gewoon, één €" - 1, "gewoon, één €"},
        {"a\nb\tc\r", 6, "a b c "},
        {"a\x1b[31mb", 7, "a\xef\xbf\xbd[31mb"},
        {"a\0b", 3,
         "a\xef\xbf\xbd"
         "b"},
        {"\x7f\xc2\x85", 3, "\xef\xbf\xbd\xef\xbf\xbd"},
        {"\xff\xfe", 2, "\xef\xbf\xbd\xef\xbf\xbd"},
        {"a\xe2\x80\xae"
         "b",
         5,
         "a\xef\xbf\xbd"
         "b"},                                   /* right-to-left override */
        {"\xe2\x81\xa6", 3, "\xef\xbf\xbd"},     /* isolate */
        {"\xe2\x80\xa8", 3, "\xef\xbf\xbd"},     /* line separator */
        {"\xef\xbf\xbf", 3, "\xef\xbf\xbd"},     /* no character */
        {"\xf0\x9f\xbf\xbf", 4, "\xef\xbf\xbd"}, /* nor this */
        {"\xf0\x9f\x9a\x80", 4, "\xf0\x9f\x9a\x80"},
        {"\xed\xa0\x80", 3, "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"}, /* surrogate */
        {"", 0, ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        buf out = {0};
        clean_text(&out, CASES[i].text, CASES[i].len);
        assert_string_equal(buf_text(&out), CASES[i].expected);
        buf_free(&out);
    }
}

static void the_signs_of_html_are_escaped(void **state)
{
    static const char TEXT[] = "<script>alert(\"x\")</script> & 'y'";
    buf out = {0};
    (void)state;
    clean_html(&out, TEXT, sizeof TEXT - 1);
    assert_string_equal(buf_text(&out),
                        "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; &#39;y&#39;");
    buf_free(&out);
}

static void only_addresses_of_the_web_and_mail_are_links(void **state)
{
    static const struct {
        const char *url;
        bool ok;
    } CASES[] = {
        {"https://example.org/a?b=1&c=2#d", true},
        {"HTTP://example.org", true},
        {"mailto:a@example.org", true},
        {"javascript:alert(1)", false},
        {"JaVaScRiPt:alert(1)", false},
        {"data:text/html,x", false},
        {"https://", false},
        {"//example.org", false},
        {"https://a\nb", false},
        {"https://a\"onclick=x", false},
        {"https://a>b", false},
        {" https://a", false},
        {"file:///etc/passwd", false},
        {"", false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        assert_int_equal(clean_url(CASES[i].url, strlen(CASES[i].url)), CASES[i].ok);
    assert_false(clean_url("https://a\0b", 11));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_cannot_stand_in_a_document_is_replaced),
        cmocka_unit_test(the_signs_of_html_are_escaped),
        cmocka_unit_test(only_addresses_of_the_web_and_mail_are_links),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
