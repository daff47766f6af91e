#include "engine/scoring_in.h"
#include "engine/scoring_send.h"

static void ask_teller(crew *c)
{
    c->counted = c->teller == c->len;
    if (!c->counted && !scoring_send_count(c->scorers[c->teller].worker, &c->known, &c->error))
        scoring_give_up(c);
}

/* One after the other: what a rule compares for some demands only, one of them may have met alone.
 */
void scoring_ask_statistics(crew *c)
{
    c->counting = true;
    c->teller = 0;
    value_free(&c->known);
    c->known = value_list();
    value_free(c->s->counted);
    *c->s->counted = value_list();
    ask_teller(c);
}

void scoring_take_counted(crew *c, value *frame)
{
    value *keys = (value *)value_get(frame, "keys");
    for (size_t i = 0; value_is(keys, VALUE_LIST) && i < value_len(keys); i++) {
        value_push(&c->known, keys->as.list.items[i]); /* moves it */
        keys->as.list.items[i] = value_nil();
    }
    c->teller++;
    ask_teller(c);
}
