/* Lines over a row of periods. Series differ in colour, dash and mark: colour alone tells too
 * little on paper and to many eyes. */
#include <math.h>

#include "base/text.h"
#include "report/figure.h"

enum {
    WIDTH = 480,
    HEIGHT = 260,
    LEFT = 64,
    DIGIT = 7, /* of the axis, at its widest */
    STEPS = 4, /* of the axis */
    RIGHT = 16,
    TOP = 14,
    BOTTOM = 26,
    MOST = 8,
    LEGEND = 20
};

typedef struct scale {
    double low, high; /* of the axis */
    size_t steps;     /* along x */
    double left;      /* of it stand the axis' labels */
} scale;

static value tick(const scale *s, int i)
{
    return value_double(s->low + (s->high - s->low) * i / STEPS);
}

/* As much as the widest label needs: of "€ 5.000.000" the euro sign was cut off. */
static double left_of(const value *block, const scale *s, lang l)
{
    double widest = LEFT;
    for (int i = 0; i <= STEPS; i++) {
        buf label = {0};
        value number = tick(s, i);
        svg_label(&label, block, &number, l);
        widest = fmax(widest, 10 + DIGIT * (double)text_columns(buf_text(&label), label.len));
        buf_free(&label);
    }
    return fmin(widest, WIDTH / 2.0);
}

static scale scale_of(const value *block, lang l)
{
    const value *x = value_get(block, "x"), *series = value_get(block, "series");
    scale s = {.steps = value_len(x)};
    double low = 0, high = 0, number;
    for (size_t i = 0; i < value_len(series); i++)
        for (size_t k = 0; k < s.steps; k++)
            if (figure_number(figure_at(value_at(series, i), x, k), &number)) {
                low = fmin(low, number);
                high = fmax(high, number);
            }
    s.low = low < 0 ? -svg_nice(-low) : 0;
    s.high = high > 0 ? svg_nice(high) : low < 0 ? 0 : 1;
    s.left = left_of(block, &s, l);
    return s;
}

static double at_x(const scale *s, size_t k)
{
    double room = WIDTH - s->left - RIGHT;
    return s->left + (s->steps < 2 ? room / 2 : room * (double)k / (double)(s->steps - 1));
}

static double at_y(const scale *s, double number)
{
    return TOP + (HEIGHT - TOP - BOTTOM) * (1 - (number - s->low) / (s->high - s->low));
}

static void grid(buf *out, const value *block, const scale *s, lang l)
{
    const value *x = value_get(block, "x");
    for (int i = 0; i <= STEPS; i++) {
        value number = tick(s, i);
        double y = at_y(s, number.as.number);
        buf_fmt(out, "<line x1=\"%.1f\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" class=\"grid\"/>",
                s->left, WIDTH - RIGHT, y, y);
        buf_fmt(out, "<text x=\"%.1f\" y=\"%.1f\" class=\"small end\">", s->left - 6, y + 4);
        svg_label(out, block, &number, l);
        buf_str(out, "</text>");
    }
    size_t every = s->steps / 9 + 1;
    for (size_t k = 0; k < s->steps; k += every)
        svg_text(out, at_x(s, k), HEIGHT - 6, " class=\"small middle\"",
                 value_str(value_at(x, k), ""), 12);
}

/* A gap parts the line. */
static void line(buf *out, const value *block, const scale *s, size_t which)
{
    static const char *const DASHES[] = {"", " stroke-dasharray=\"7 4\"",
                                         " stroke-dasharray=\"2 3\"",
                                         " stroke-dasharray=\"9 3 2 3\""};
    const value *x = value_get(block, "x"), *one = value_at(value_get(block, "series"), which);
    bool pen = false;
    double number;
    buf_fmt(out, "<path fill=\"none\" stroke=\"%s\" stroke-width=\"2.5\"%s d=\"", svg_colour(which),
            DASHES[which % 4]);
    for (size_t k = 0; k < s->steps; k++) {
        bool there = figure_number(figure_at(one, x, k), &number);
        if (there)
            buf_fmt(out, "%c%.1f %.1f", pen ? 'L' : 'M', at_x(s, k), at_y(s, number));
        pen = there;
    }
    buf_str(out, "\"/>");
    for (size_t k = 0; k < s->steps; k++)
        if (figure_number(figure_at(one, x, k), &number))
            buf_fmt(out, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>", at_x(s, k),
                    at_y(s, number), svg_colour(which));
}

static void legend(buf *out, const value *block, size_t which)
{
    static const char *const DASHES[] = {"", " stroke-dasharray=\"7 4\"",
                                         " stroke-dasharray=\"2 3\"",
                                         " stroke-dasharray=\"9 3 2 3\""};
    double x = which % 2 ? WIDTH / 2.0 : 0, y = HEIGHT + 12 + LEGEND * (double)(which / 2);
    const value *one = value_at(value_get(block, "series"), which);
    buf_fmt(out,
            "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"%s\" "
            "stroke-width=\"2.5\"%s/>",
            x, x + 28, y, y, svg_colour(which), DASHES[which % 4]);
    svg_text(out, x + 34, y + 4, " class=\"small\"", value_get_str(one, "title", ""), 30);
}

void svg_lines(buf *out, const value *block, lang l)
{
    const value *series = value_get(block, "series");
    size_t count = value_len(series) > MOST ? MOST : value_len(series);
    scale s = scale_of(block, l);
    if (count == 0 || s.steps == 0)
        return;
    buf_fmt(out, "<svg viewBox=\"0 0 %d %zu\" class=\"lines\" role=\"img\" aria-label=\"", WIDTH,
            HEIGHT + 4 + LEGEND * ((count + 1) / 2));
    buf_str(out, lang_word(l, "Lijndiagram; de tabel eronder heeft dezelfde cijfers",
                           "Line chart; the table below has the same numbers"));
    buf_str(out, "\">");
    grid(out, block, &s, l);
    for (size_t i = 0; i < count; i++)
        line(out, block, &s, i);
    for (size_t i = 0; i < count; i++)
        legend(out, block, i);
    buf_str(out, "</svg>");
}
