/* json_number.h: doubles as JSON writes them. Floor: base. Any thread. */
#ifndef POLDER_BASE_JSON_NUMBER_H
#define POLDER_BASE_JSON_NUMBER_H

#include <stdbool.h>
#include <stdint.h>

enum { JSON_NUMBER = 40 }; /* bytes that are enough */

/* The fewest of 15, 16 or 17 digits, as %g has them, that read back as the same double; with a
 * point, whatever the locale. Finite numbers only. */
void json_number(char out[JSON_NUMBER], double number);
void json_whole(char out[JSON_NUMBER], int64_t number);
/* json_number by printf and strtod. */
void json_number_slow(char out[JSON_NUMBER], double number);

#endif
