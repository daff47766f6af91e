/* pack_walk.h: whether bytes are packed values within limits, found before anything is made of
 * them. Floor: base, for the files of pack.h and pack_cell.h. Any thread. */
#ifndef POLDER_BASE_PACK_WALK_H
#define POLDER_BASE_PACK_WALK_H

#include "base/pack.h"

/* Just `values` whole values, one behind the other, none left over, texts and numbers as `value`
 * has them. */
bool pack_walk(const char *bytes, size_t len, size_t values, const pack_limits *limits, err *e);

int pack_depth(const pack_limits *limits);
/* Set ERR_LIMIT; false. */
bool pack_over_bytes(const pack_limits *limits, err *e);
bool pack_over_elements(const pack_limits *limits, err *e);
bool pack_over_depth(const pack_limits *limits, err *e);

#endif
