/* exact.h: what the C library computes with other last bits from one machine to the next, done with
 * sums, products, quotients and square roots alone, which IEEE 754 fixes to the bit: a run must
 * give the same bytes on another machine. Errors are a few units in the last place. Floor: score.
 */
#ifndef POLDER_SCORE_EXACT_H
#define POLDER_SCORE_EXACT_H

double exact_half(double t); /* 0.5 to the power of t, t >= 0 */
double exact_asin(double x); /* 0 <= x <= 1 */
void exact_sin_cos(double degrees, double *sine, double *cosine); /* |degrees| <= 360 */

#endif
