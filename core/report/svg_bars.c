/* Bars lie down, each below its own words: names are long, and telephones narrow. */
#include <math.h>

#include "report/figure.h"

enum { WIDTH = 480, ROW = 44, BAR = 16, WORDS = 58, MOST = 60, VALUE_ROOM = 120 };

typedef struct span {
    double low, high;
} span;

static span span_of(const value *items)
{
    span s = {0, 0};
    for (size_t i = 0; i < value_len(items); i++) {
        double number;
        if (!figure_number(value_get(value_at(items, i), "value"), &number))
            continue;
        s.low = fmin(s.low, number);
        s.high = fmax(s.high, number);
    }
    if (s.high <= s.low)
        s.high = s.low + 1;
    return s;
}

static double place(const span *s, double number)
{
    return (number - s->low) / (s->high - s->low) * (WIDTH - VALUE_ROOM);
}

static void bar(buf *out, const value *block, const value *item, const span *s, double y, lang l)
{
    const value *v = value_get(item, "value");
    double number, zero = place(s, 0);
    svg_text(out, 0, y + 14, "", value_get_str(item, "title", ""), WORDS);
    if (!figure_number(v, &number)) {
        svg_text(out, zero + 6, y + 33, " class=\"soft\"", lang_word(l, "niet bekend", "not known"),
                 WORDS);
        return;
    }
    double to = place(s, number), left = fmin(zero, to), width = fmax(fabs(to - zero), 1);
    buf_fmt(out, "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>", left,
            y + 20, width, BAR, svg_colour(number < 0));
    buf_fmt(out, "<text x=\"%.1f\" y=\"%.1f\" class=\"strong\">", left + width + 6, y + 33);
    svg_label(out, block, v, l);
    buf_str(out, "</text>");
}

void svg_bars(buf *out, const value *block, lang l)
{
    const value *items = value_get(block, "items");
    size_t count = value_len(items) > MOST ? MOST : value_len(items);
    span s = span_of(items);
    if (count == 0)
        return;
    buf_fmt(out, "<svg viewBox=\"0 0 %d %zu\" class=\"bars\" role=\"img\" aria-label=\"", WIDTH,
            count * ROW);
    buf_str(out, lang_word(l, "Staafdiagram; de tabel eronder heeft dezelfde cijfers",
                           "Bar chart; the table below has the same numbers"));
    buf_str(out, "\">");
    for (size_t i = 0; i < count; i++)
        bar(out, block, value_at(items, i), &s, (double)(i * ROW), l);
    buf_str(out, "</svg>");
}
