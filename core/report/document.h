/* document.h: what a report is before it has a form: a list of blocks, written by a plugin. Only
 * what stands here may be in it; the renderers lean on that. Floor: report. Pure: any thread.
 *
 * A document is {title, subtitle, lang, about, blocks}. Each block is a map {block, at, …}:
 *   title    text, subtitle
 *   section  title, level (1 to 3; at most one deeper than the one before)
 *   text     text                        note  text            page
 *   list     items (list of texts), ordered
 *   table    caption, columns, rows, total, note
 *   numbers  items: list of {title, value, type, unit, decimals, note}
 *   bars     caption, label, measure (titles of the two columns), type, unit, decimals, items: list
 * of {title, value} lines    caption, label, type, unit, decimals, x (list of texts), series: list
 * of {title, values} map      caption, label, measure, type, unit, decimals, outlines, points
 *   network  caption, nodes: list of {id, title, group, x, y}, links: list of {from, to, title}
 *   sources  items: list of {title, url, publisher, date, reliability, note}
 * A text is a text, or a list of pieces: a text, {text, url}, {text, strong}, or {value, type, …}
 * as a cell. A column is {name, title, type, unit, decimals}; a row is a map of its names. Types
 * are those of column_types below. */
#ifndef POLDER_REPORT_DOCUMENT_H
#define POLDER_REPORT_DOCUMENT_H

#include "base/err.h"
#include "base/value.h"

enum { DOCUMENT_CELLS = 400000, DOCUMENT_COLUMNS = 60 };

/* "text number money date time percentage boolean" */
extern const char DOCUMENT_TYPES[];

/* Checks the blocks that a worker sent and puts the document together: {title, subtitle, blocks}.
 * `title` is the report's own, for one without a title block; what no reader needs (`at`) is left
 * out. ERR_BAD_DATA says which block, and *e's place is the line that wrote it, escaped. */
bool document_make(const value *blocks, const char *title, value *out, err *e);

#endif
