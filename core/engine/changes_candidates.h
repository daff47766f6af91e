/* changes_candidates.h: what the files that choose values to try share. Floor: engine, changes*.c
 * only. */
#ifndef POLDER_ENGINE_CHANGES_CANDIDATES_H
#define POLDER_ENGINE_CHANGES_CANDIDATES_H

#include "base/value.h"

/* Of what others have at most so many values are tried. */
enum { CHANGES_OTHERS = 120 };
void changes_take(value *list, const value *stands, value v); /* each once; takes over v */
bool changes_is_type(const value *field, const char *type);
bool changes_is_number(const value *field); /* by type: also days, times, amounts */
/* To reckon with; NaN when the value is none of the field's type, or the field no number. */
double changes_number(const value *field, const value *v);
/* Are all values of such a field among the candidates? */
bool changes_are_all(const value *field);
/* As changes_candidates, of one number. */
void changes_numbers(value *list, const value *field, const value *stands, const value *others,
                     const value *demand, const value *named);

/* Is it a map with degrees? */
bool place_is_known(const value *place);
/* Kilometres; NaN where one isn't known. */
double place_km(const value *from, const value *to);
/* That many kilometres on the way. */
value place_towards(const value *from, const value *to, double km);

#endif
