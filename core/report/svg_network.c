/* A network: nodes where the report put them, or in a column for each group in the order in which
 * the groups come, with links as curves between. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "report/figure.h"

enum { WIDTH = 760, ROW = 30, TOP = 34, GROUPS = 6, FREE_HEIGHT = 520 };

typedef struct drawing {
    const value *nodes;
    double *x, *y;
    size_t *group; /* of each node */
    const char *names[GROUPS];
    size_t groups, rows[GROUPS]; /* nodes in each */
    double height;
    bool placed; /* by the report */
} drawing;

static size_t group_of(drawing *d, const char *name)
{
    for (size_t i = 0; i < d->groups; i++)
        if (strcmp(d->names[i], name) == 0)
            return i;
    if (d->groups == GROUPS)
        return GROUPS - 1; /* the rest stand together */
    d->names[d->groups] = name;
    return d->groups++;
}

static void sort_out(drawing *d)
{
    size_t most = 0;
    d->placed = value_len(d->nodes) > 0;
    for (size_t i = 0; i < value_len(d->nodes); i++) {
        const value *node = value_at(d->nodes, i);
        d->group[i] = group_of(d, value_get_str(node, "group", ""));
        d->y[i] = (double)d->rows[d->group[i]]++;
        d->placed = d->placed && value_get(node, "x");
    }
    for (size_t g = 0; g < d->groups; g++)
        most = d->rows[g] > most ? d->rows[g] : most;
    d->height = d->placed ? FREE_HEIGHT : TOP + ROW * (double)most;
}

/* A short column stands in the middle of a long one. */
static void put_nodes(drawing *d)
{
    for (size_t i = 0; i < value_len(d->nodes); i++) {
        const value *node = value_at(d->nodes, i);
        size_t g = d->group[i];
        if (d->placed) {
            d->x[i] = 20 + value_get_double(node, "x", 0) * (WIDTH - 160);
            d->y[i] = 20 + value_get_double(node, "y", 0) * (FREE_HEIGHT - 40);
        } else {
            double step = (d->height - TOP) / (double)d->rows[g];
            d->x[i] = 8 + (WIDTH - 8.0) / (double)d->groups * (double)g;
            d->y[i] = TOP + step * (d->y[i] + 0.5);
        }
    }
}

static size_t find(const drawing *d, const char *id)
{
    for (size_t i = 0; i < value_len(d->nodes); i++)
        if (strcmp(value_get_str(value_at(d->nodes, i), "id", ""), id) == 0)
            return i;
    return SIZE_MAX;
}

/* Letters of a label that there is room for. */
static size_t room_of(const drawing *d)
{
    return d->placed ? 20 : 84 / (d->groups ? d->groups : 1) - 2;
}

/* Where the words of a node end, about. */
static double end_of(const drawing *d, size_t i)
{
    const char *title = value_get_str(value_at(d->nodes, i), "title", "");
    size_t columns = text_columns(title, strlen(title)), room = room_of(d);
    return d->x[i] + 14 + 6.8 * (double)(columns < room ? columns : room);
}

/* From the end of the words at the left to the mark at the right, so that no line runs through the
 * words of its own nodes; within one column it goes around at the left. */
static void link_line(buf *out, const drawing *d, const value *link)
{
    size_t a = find(d, value_get_str(link, "from", "")), b = find(d, value_get_str(link, "to", ""));
    if (a == SIZE_MAX || b == SIZE_MAX || a == b)
        return;
    size_t left = d->x[a] <= d->x[b] ? a : b, right = left == a ? b : a;
    bool beside = !d->placed && d->group[a] != d->group[b];
    double from = beside ? end_of(d, left) : d->x[left], to = d->x[right] - (beside ? 7 : 0);
    double middle = beside ? to - 24 : (from + to) / 2;
    if (!d->placed && !beside)
        middle = from - 30;
    buf_fmt(out,
            "<path class=\"link\" stroke=\"%s\" d=\"M%.1f %.1fC%.1f %.1f %.1f %.1f %.1f %.1f\"/>",
            svg_colour(d->group[a]), from, d->y[left], middle, d->y[left], middle, d->y[right], to,
            d->y[right]);
}

static void node_mark(buf *out, const drawing *d, size_t i)
{
    buf_fmt(out, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"5\" fill=\"%s\"/>", d->x[i], d->y[i],
            svg_colour(d->group[i]));
    svg_text(out, d->x[i] + 9, d->y[i] + 4, " class=\"halo\"",
             value_get_str(value_at(d->nodes, i), "title", ""), room_of(d));
}

static void draw(buf *out, const drawing *d, const value *links, lang l)
{
    buf_fmt(out, "<svg viewBox=\"0 0 %d %.0f\" class=\"network\" role=\"img\" aria-label=\"", WIDTH,
            d->height);
    buf_str(out, lang_word(l, "Netwerk; de tabel eronder noemt dezelfde verbanden",
                           "Network; the table below names the same relations"));
    buf_str(out, "\">");
    for (size_t i = 0; i < value_len(links); i++)
        link_line(out, d, value_at(links, i));
    for (size_t i = 0; i < value_len(d->nodes); i++)
        node_mark(out, d, i);
    for (size_t g = 0; !d->placed && g < d->groups; g++)
        svg_text(out, 3 + (WIDTH - 8.0) / (double)d->groups * (double)g, 16, " class=\"strong\"",
                 d->names[g], 30);
    buf_str(out, "</svg>");
}

void svg_network(buf *out, const value *block, lang l)
{
    drawing d = {.nodes = value_get(block, "nodes")};
    size_t count = value_len(d.nodes);
    if (count == 0)
        return;
    d.x = mem_zero(count, sizeof *d.x);
    d.y = mem_zero(count, sizeof *d.y);
    d.group = mem_zero(count, sizeof *d.group);
    sort_out(&d);
    put_nodes(&d);
    draw(out, &d, value_get(block, "links"), l);
    free(d.x);
    free(d.y);
    free(d.group);
}
