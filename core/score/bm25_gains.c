/* Gains by number. A gain hangs on how often a text has the word and on how long the text is, so
 * there are few different ones: a table of them and two bytes a posting take a quarter of the room,
 * of which each question reads much. Where there are more than two bytes can tell, as with several
 * fields, gains stay as they are. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "score/bm25_in.h"

/* SLOTS: twice as many as there can be in them. FROM_POSTINGS: fewer take little room as they are,
 * and less time than the slots. */
enum {
    FROM_POSTINGS = 1 << 16,
    GAINS_MOST = UINT16_MAX + 1,
    SLOT_BITS = 17,
    SLOTS = 1 << SLOT_BITS
};

typedef struct numbering {
    double *table; /* the different ones, as they come */
    size_t len;
    uint32_t *slots; /* by what a gain's bits make: its number, plus 1; 0: empty */
} numbering;

/* The number of a gain; GAINS_MOST: there is none left. */
static size_t number_of(numbering *n, double gain)
{
    uint64_t bits;
    memcpy(&bits, &gain, sizeof bits);
    size_t at = bits * 0x9E3779B97F4A7C15U >> (64 - SLOT_BITS); /* Knuth's multiplicative hash */
    while (n->slots[at] && memcmp(&n->table[n->slots[at] - 1], &gain, sizeof gain) != 0)
        at = (at + 1) % SLOTS;
    if (n->slots[at])
        return n->slots[at] - 1;
    if (n->len == GAINS_MOST)
        return GAINS_MOST;
    n->table[n->len++] = gain;
    n->slots[at] = (uint32_t)n->len;
    return n->len - 1;
}

void bm25_gains_number(bm25 *c)
{
    size_t all = c->starts[c->terms], done = 0, number = 0;
    if (all < FROM_POSTINGS)
        return;
    numbering n = {.table = mem_zero(GAINS_MOST, sizeof(double)),
                   .slots = mem_zero(SLOTS, sizeof(uint32_t))};
    uint16_t *numbers = mem_grow(NULL, all + 1, sizeof *numbers);
    for (; done < all && (number = number_of(&n, c->gains[done])) < GAINS_MOST; done++)
        numbers[done] = (uint16_t)number;
    free(n.slots);
    if (done < all) {
        free(n.table);
        free(numbers);
        return;
    }
    free(c->gains);
    c->gains = mem_grow(n.table, n.len + 1, sizeof *c->gains);
    c->gain_numbers = numbers;
}
