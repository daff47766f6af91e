/* scoring_take.h: what a worker sent of a demand, looked at and taken into its result. Floor:
 * engine, scoring.c only. */
#ifndef POLDER_ENGINE_SCORING_TAKE_H
#define POLDER_ENGINE_SCORING_TAKE_H

#include "engine/scoring.h"

/* Parts of a ranking: with reasons, from the frame as it lies (a packed map), or as numbers
 * (scoring.bare), moved out of `frame`. false: that can't be, so the worker is not to be believed.
 */
bool take_items(const scoring *s, const char *packed, value *result);
bool take_points(const scoring *s, value *frame, value *result);
/* What comes when the ranking is whole; false as above. Moves out of `frame` too. */
bool take_counts(const scoring *s, value *frame, value *result);
/* A part of the statistics of texts, into scoring.counted. false: they are more than can be sent
 * again, which is as good as none. */
bool take_statistics(const scoring *s, const value *frame);

#endif
