/* rich.h: texts and cells in a format that has more than plain text: each is written piece by piece
 * (a link, strong words), or as format.h has it. Floor: report. Pure: any thread. */
#ifndef POLDER_REPORT_RICH_H
#define POLDER_REPORT_RICH_H

#include "report/format.h"

/* One format. Plain data. */
typedef struct rich {
    const char *space;                                     /* within money: no-break or not */
    void (*plain)(buf *out, const char *text, size_t len); /* made harmless */
    void (*piece)(buf *out, const value *piece, lang l);   /* a text, or one piece of it */
} rich;

void rich_pieces(buf *out, const rich *r, const value *text, lang l);
/* As format_cell, but texts with their pieces. */
void rich_cell(buf *out, const rich *r, const value *form, const char *otherwise, const value *v,
               lang l);

#endif
