/* scoring_send.h: what a scoring worker is told, but for the solutions (rows.h), and
 * what it may take. Floor: engine. */
#ifndef POLDER_ENGINE_SCORING_SEND_H
#define POLDER_ENGINE_SCORING_SEND_H

#include "engine/scoring.h"
#include "host/worker.h"

/* The number on the shared page while a plugin is loaded: this and its index in the plan; rules
 * have theirs from 1. */
enum { SCORING_LOADING = 1 << 20 };

bool scoring_is_rule(const scoring *s, int64_t number);
bool scoring_is_loading(const scoring *s, int64_t number);
/* Each rule has the limits of its own plugin, whatever else runs in the worker. */
worker_limits scoring_limits(const scoring *s, uint32_t number);

/* Plugins, the card, and statistics of texts when there are. */
bool scoring_send(const scoring *s, worker *w, err *e);
/* s->demands from `from` up to but not `to`; `only`: index of the solution to explain, below 0:
 * rank. */
bool scoring_send_demands(const scoring *s, worker *w, size_t from, size_t to, int64_t only,
                          err *e);
bool scoring_send_count(worker *w, const value *known, err *e);

#endif
