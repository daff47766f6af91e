/* format.h: numbers, money, days and texts as people write them, in Dutch or English. No ICU: of
 * two languages these are twelve months and two separators each. Floor: report. Pure: any thread.
 */
#ifndef POLDER_REPORT_FORMAT_H
#define POLDER_REPORT_FORMAT_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/value.h"

typedef enum lang { LANG_NL, LANG_EN } lang;

lang lang_of(const char *code); /* "en" is English, all else Dutch */
const char *lang_word(lang l, const char *nl, const char *en);

/* "1.234,50" or "1,234.50"; below 0 `decimals`: as many as it has, at most 6. */
void format_number(buf *out, double number, int decimals, lang l);
/* "€ 1.234,50" or "€1,234.50"; another currency by its code. `space` stands between them in Dutch:
 * a no-break one where there are lines. */
void format_money(buf *out, double amount, const char *currency, int decimals, lang l,
                  const char *space);
void format_percentage(buf *out, double share, int decimals, lang l); /* 0.125: "12,5%" */
void format_day(buf *out, const char *iso, lang l);   /* "23 februari 2026"; else as it is */
void format_time(buf *out, const char *time, lang l); /* "23 februari 2026, 13:05 UTC" */

/* A cell's value by {type, unit, decimals} of `form` as one line of text, whatever bytes are in it;
 * "" for nothing. `otherwise` is the type of a form that names none. */
void format_cell(buf *out, const value *form, const char *otherwise, const value *v, lang l,
                 const char *space);
/* A column, or form, of numbers: number, money or percentage. They stand to the right. */
bool format_is_amount(const value *form);
/* Is it a list of plain texts? In a cell these are words with commas between. */
bool format_is_words(const value *v);
/* A text or pieces without what only a document can show. */
void format_pieces(buf *out, const value *text, lang l, const char *space);

#endif
