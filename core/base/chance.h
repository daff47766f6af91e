/* chance.h: a row of random numbers that a seed gives, the same everywhere: SplitMix64 (Steele, Lea
 * and Flood 2014). Never for secrets (hash_random). Floor: base. Pure: any thread. */
#ifndef POLDER_BASE_CHANCE_H
#define POLDER_BASE_CHANCE_H

#include <stdint.h>

/* The next of the row; *state is the seed at first. */
uint64_t chance_next(uint64_t *state);
double chance_unit(uint64_t *state); /* from 0 to below 1 */

#endif
