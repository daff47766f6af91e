/* A map: outlines, shaded by their value, and points, numbered as in the table. Longitude and
 * latitude are drawn as they are, with the width of a degree at the middle: right enough for a
 * country. */
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/text.h"
#include "report/figure.h"

#define NO_BREAK_SPACE "\xc2\xa0"

enum { WIDTH = 480, MARGIN = 12, MOST_HEIGHT = 640 };

/* Words: a letter's width, about, a line's height, the longest label; from CROWD on none is moved.
 */
enum { LINE = 18, LABEL = 34, CROWD = 400 };
#define COLUMN 7.4

typedef struct area {
    double left, top, right, bottom;
} area;

typedef struct box {
    double west, east, south, north, scale, squeeze;
    bool any;
} box;

static void stretch(box *b, double lon, double lat)
{
    b->west = b->any ? fmin(b->west, lon) : lon;
    b->east = b->any ? fmax(b->east, lon) : lon;
    b->south = b->any ? fmin(b->south, lat) : lat;
    b->north = b->any ? fmax(b->north, lat) : lat;
    b->any = true;
}

static double lon_of(const value *at)
{
    return value_as_double(value_at(at, 0), 0);
}

static double lat_of(const value *at)
{
    return value_as_double(value_at(at, 1), 0);
}

static box box_of(const value *block)
{
    const value *outlines = value_get(block, "outlines"), *points = value_get(block, "points");
    box b = {0};
    for (size_t i = 0; i < value_len(outlines); i++) {
        const value *rings = value_get(value_at(outlines, i), "rings");
        for (size_t r = 0; r < value_len(rings); r++)
            for (size_t k = 0; k < value_len(value_at(rings, r)); k++)
                stretch(&b, lon_of(value_at(value_at(rings, r), k)),
                        lat_of(value_at(value_at(rings, r), k)));
    }
    for (size_t i = 0; i < value_len(points); i++)
        stretch(&b, value_get_double(value_at(points, i), "lon", 0),
                value_get_double(value_at(points, i), "lat", 0));
    b.squeeze = cos((b.south + b.north) / 2 * M_PI / 180);
    double width = fmax((b.east - b.west) * b.squeeze, 0.01),
           height = fmax(b.north - b.south, 0.01);
    b.scale = fmin((WIDTH - 2 * MARGIN) / width, (MOST_HEIGHT - 2 * MARGIN) / height);
    return b;
}

static double at_x(const box *b, double lon)
{
    return MARGIN + (lon - b->west) * b->squeeze * b->scale;
}

static double at_y(const box *b, double lat)
{
    return MARGIN + (b->north - lat) * b->scale;
}

static double most_of(const value *items)
{
    double most = 0, number;
    for (size_t i = 0; i < value_len(items); i++)
        if (figure_number(value_get(value_at(items, i), "value"), &number))
            most = fmax(most, number);
    return most;
}

/* From near white to a middle blue, on which black text still reads. */
static void shade(buf *out, const value *v, double most)
{
    double number, part = 0;
    if (figure_number(v, &number) && most > 0)
        part = fmax(0, fmin(1, number / most));
    buf_fmt(out, "#%02x%02x%02x", (unsigned)(236 - 96 * part), (unsigned)(241 - 64 * part),
            (unsigned)(246 - 22 * part));
}

static void outline(buf *out, const box *b, const value *item, double most)
{
    const value *rings = value_get(item, "rings");
    buf_str(out, "<path class=\"land\" fill-rule=\"evenodd\" fill=\"");
    shade(out, value_get(item, "value"), most);
    buf_str(out, "\" d=\"");
    for (size_t r = 0; r < value_len(rings); r++) {
        const value *ring = value_at(rings, r);
        for (size_t k = 0; k < value_len(ring); k++)
            buf_fmt(out, "%c%.1f %.1f", k ? 'L' : 'M', at_x(b, lon_of(value_at(ring, k))),
                    at_y(b, lat_of(value_at(ring, k))));
        buf_str(out, value_len(ring) ? "Z" : "");
    }
    buf_str(out, "\"/>");
}

static double radius(const value *item, double most)
{
    double number;
    if (!figure_number(value_get(item, "value"), &number) || most <= 0)
        return 5;
    return 4 + 14 * sqrt(fmax(0, number) / most);
}

static area dot_of(const box *b, const value *item, double most)
{
    double x = at_x(b, value_get_double(item, "lon", 0));
    double y = at_y(b, value_get_double(item, "lat", 0)), r = radius(item, most);
    return (area){x - r, y - r, x + r, y + r};
}

static void dot(buf *out, const area *d)
{
    buf_fmt(out, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" class=\"spot\"/>",
            (d->left + d->right) / 2, (d->top + d->bottom) / 2, (d->right - d->left) / 2);
}

/* Below, above, right or left of its dot; over and under it the words stay in the picture. */
static area label_at(const area *d, double width, int side)
{
    double middle = (d->top + d->bottom) / 2, half = width / 2;
    double x = fmin(fmax((d->left + d->right) / 2, half + 2), WIDTH - half - 2);
    switch (side) {
    case 0:
        return (area){x - half, d->bottom + 1, x + half, d->bottom + 1 + LINE};
    case 1:
        return (area){x - half, d->top - 1 - LINE, x + half, d->top - 1};
    case 2:
        return (area){d->right + 3, middle - LINE / 2, d->right + 3 + width, middle + LINE / 2};
    default:
        return (area){d->left - 3 - width, middle - LINE / 2, d->left - 3, middle + LINE / 2};
    }
}

/* How many of those drawn it covers; to fall out of the picture is worse than any. */
static size_t in_the_way(const area *a, const area *taken, size_t count, double height)
{
    size_t n = a->left < 0 || a->right > WIDTH || a->top < 0 || a->bottom > height ? count : 0;
    for (size_t i = 0; i < count; i++)
        n += a->left < taken[i].right && taken[i].left < a->right && a->top < taken[i].bottom &&
             taken[i].top < a->bottom;
    return n;
}

static area best_place(const area *d, double width, const area *taken, size_t count, double height)
{
    area best = label_at(d, width, 0);
    size_t least = count > CROWD ? 0 : in_the_way(&best, taken, count, height);
    for (int side = 1; side < 4 && least > 0; side++) {
        area other = label_at(d, width, side);
        size_t n = in_the_way(&other, taken, count, height);
        if (n < least) {
            best = other;
            least = n;
        }
    }
    return best;
}

static area label(buf *out, const value *block, const value *item, const area *d, const area *taken,
                  size_t count, double height, lang l)
{
    const value *v = value_get(item, "value");
    buf text = {0};
    buf_str(&text, value_get_str(item, "title", ""));
    buf_str(&text, v ? ": " : "");
    format_cell(&text, block, "number", v, l, NO_BREAK_SPACE);
    size_t columns = text_columns(buf_text(&text), text.len);
    double width = COLUMN * (double)(columns < LABEL ? columns : LABEL);
    area at = best_place(d, width, taken, count, height);
    svg_text(out, (at.left + at.right) / 2, at.bottom - 4, " class=\"halo middle\"",
             buf_text(&text), LABEL);
    buf_free(&text);
    return at;
}

/* The dots first, so that none covers a name; then the names, each where it covers least. */
static void points(buf *out, const box *b, const value *block, double height, lang l)
{
    const value *items = value_get(block, "points");
    size_t n = value_len(items);
    double most = most_of(items);
    area *taken = mem_zero(2 * n + 1, sizeof *taken);
    for (size_t i = 0; i < n; i++) {
        taken[i] = dot_of(b, value_at(items, i), most);
        dot(out, &taken[i]);
    }
    for (size_t i = 0; i < n; i++)
        taken[n + i] = label(out, block, value_at(items, i), &taken[i], taken, n + i, height, l);
    free(taken);
}

void svg_map(buf *out, const value *block, lang l)
{
    const value *outlines = value_get(block, "outlines");
    box b = box_of(block);
    double land = most_of(outlines), height = 2 * MARGIN + (b.north - b.south) * b.scale;
    if (!b.any)
        return;
    buf_fmt(out, "<svg viewBox=\"0 0 %d %.0f\" class=\"map\" role=\"img\" aria-label=\"", WIDTH,
            height);
    buf_str(out, lang_word(l, "Kaart; de tabel eronder heeft dezelfde gegevens",
                           "Map; the table below has the same data"));
    buf_str(out, "\">");
    for (size_t i = 0; i < value_len(outlines); i++)
        outline(out, &b, value_at(outlines, i), land);
    points(out, &b, block, height, l);
    buf_str(out, "</svg>");
}
