/* figure.h: figures of a document: each as a table of its numbers, which every format shows, and as
 * a picture (SVG), which HTML shows above it. Floor: report. Pure: any thread. */
#ifndef POLDER_REPORT_FIGURE_H
#define POLDER_REPORT_FIGURE_H

#include "report/format.h"

bool figure_is(const value *block);
/* A table block {caption, columns, rows}; owned by the caller. */
value figure_table(const value *block, lang l);
/* Adds the picture; nothing when there is nothing to draw. */
void figure_svg(buf *out, const value *block, lang l);

/* The value of a figure as a number: `v` may be money; false: a gap. */
bool figure_number(const value *v, double *out);
/* What stands at `index` of x in a series, by place or by name; NULL: a gap. */
const value *figure_at(const value *series, const value *x, size_t index);

/* One file each. */
void svg_bars(buf *out, const value *block, lang l);
void svg_lines(buf *out, const value *block, lang l);
void svg_map(buf *out, const value *block, lang l);
void svg_network(buf *out, const value *block, lang l);

/* Eight colours that stand apart for most eyes, each at least 4.5:1 against white. */
const char *svg_colour(size_t index);
/* <text …>: cut to `columns` with "…". */
void svg_text(buf *out, double x, double y, const char *attributes, const char *text,
              size_t columns);
void svg_label(buf *out, const value *form, const value *v, lang l); /* a value, escaped */
double svg_nice(
    double most); /* the next of 1, 2, 2.5, 5 times a power of ten: where an axis ends */

#endif
