/* render.h: a document (document.h) as Markdown, HTML, CSV or JSON. The same document gives the
 * same bytes. Everything in it is taken as text of others: escaped, whatever it is. Floor: report.
 */
#ifndef POLDER_REPORT_RENDER_H
#define POLDER_REPORT_RENDER_H

#include "base/buf.h"
#include "base/err.h"
#include "base/value.h"

typedef enum report_format { REPORT_MD, REPORT_HTML, REPORT_CSV, REPORT_JSON } report_format;

const char *render_name(report_format format);
/* "md", "html", "csv", "json"; ERR_USAGE with the nearest. */
bool render_format(const char *name, report_format *out, err *e);

/* Adds the whole document. Its "lang" ("nl", "en") says how numbers and days are written, its
 * "about"
 * ({report, plugin, version, today, log, fictitious}) goes below it. */
void render(buf *out, const value *document, report_format format);

/* One file each: Markdown (GitHub's tables); one HTML file without a script; every table and figure
 * as RFC 4180, numbers and days as data; JSON with numbers and days as data. */
void render_md(buf *out, const value *document);
void render_html(buf *out, const value *document);
void render_csv(buf *out, const value *document);
void render_json(buf *out, const value *document);

/* Where a document comes from, in one line: "Rapport partnership/overview (partnership 1.1.0),
 * 24 november 2026, stand van het logboek 472." */
void render_about(buf *out, const value *document);

#endif
