/* A map: outlines, shaded by their value, and points, numbered as in the table. Longitude and
 * latitude are drawn as they are, with the width of a degree at the middle: right enough for a
 * country. */
#include <math.h>

#include "report/figure.h"

#define NO_BREAK_SPACE "\xc2\xa0"

enum { WIDTH = 480, MARGIN = 12, MOST_HEIGHT = 640 };

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

static void point(buf *out, const box *b, const value *block, const value *item, double most,
                  lang l)
{
    double x = at_x(b, value_get_double(item, "lon", 0));
    double y = at_y(b, value_get_double(item, "lat", 0)), number, r = 5;
    const value *v = value_get(item, "value");
    if (figure_number(v, &number) && most > 0)
        r = 4 + 14 * sqrt(fmax(0, number) / most);
    buf_fmt(out, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" class=\"spot\"/>", x, y, r);
    buf label = {0};
    buf_str(&label, value_get_str(item, "title", ""));
    buf_str(&label, v ? ": " : "");
    format_cell(&label, block, "number", v, l, NO_BREAK_SPACE);
    svg_text(out, fmin(fmax(x, 60), WIDTH - 60), y + r + 14, " class=\"halo middle\"",
             buf_text(&label), 34);
    buf_free(&label);
}

void svg_map(buf *out, const value *block, lang l)
{
    const value *outlines = value_get(block, "outlines"), *points = value_get(block, "points");
    box b = box_of(block);
    double land = most_of(outlines), spots = most_of(points);
    if (!b.any)
        return;
    buf_fmt(out, "<svg viewBox=\"0 0 %d %.0f\" class=\"map\" role=\"img\" aria-label=\"", WIDTH,
            2 * MARGIN + (b.north - b.south) * b.scale);
    buf_str(out, lang_word(l, "Kaart; de tabel eronder heeft dezelfde gegevens",
                           "Map; the table below has the same data"));
    buf_str(out, "\">");
    for (size_t i = 0; i < value_len(outlines); i++)
        outline(out, &b, value_at(outlines, i), land);
    for (size_t i = 0; i < value_len(points); i++)
        point(out, &b, block, value_at(points, i), spots, l);
    buf_str(out, "</svg>");
}
