#!/bin/sh
# Weights suggested from known answers: what is told is true of the pasted scorecard too, is the same each time, and changes nothing.
. "$(dirname "$0")/lib.sh"
answers=$OLDPWD/tests/real/dutch.tsv
[ -r "$answers" ] || fail "expected $answers"

number() { sed "s/.*\"$1\":{[^}]*\"ndcg10\":\([0-9.]*\).*/\1/" "$2"; }

ok init region --demo
cd region || exit 1
ok events --format jsonl
cp "$out" "$flow/events"
ok tune --scorecard zeeland --qrels "$answers" --json --today 2026-11-24
quiet
lines 1
cp "$out" "$flow/tune.json"
for key in before fitted held_out difference rules suggested folds; do says "\"$key\":"; done
ok events --format jsonl
cmp -s "$out" "$flow/events" || fail "expected that nothing has changed"

# The same bytes with other workers; other folds may give another held-out figure, never another fit.
ok tune --scorecard zeeland --qrels "$answers" --json --today 2026-11-24 --workers 3
cmp -s "$out" "$flow/tune.json" || fail "expected the same bytes"
ok tune --scorecard zeeland --qrels "$answers" --json --today 2026-11-24 --folds 12
[ "$(number fitted "$out")" = "$(number fitted "$flow/tune.json")" ] || fail "expected the same fit"

# Today's figure is that of eval, the fitted one that of the scorecard with the weights pasted.
ok eval --scorecard zeeland --qrels "$answers" --json --today 2026-11-24
[ "$(sed 's/.*"n":12,.*"ndcg10":\([0-9.]*\),"recall10.*"intervals.*/\1/' "$out")" = "$(number before "$flow/tune.json")" ] ||
  fail "expected the figure of tune: $(number before "$flow/tune.json")"
ok tune --scorecard zeeland --qrels "$answers" --today 2026-11-24
says "held out"
says "scorecard zeeland/zeeland, 12 demands with known answers, 5 folds"
fits
mkdir plugins/mine
printf '{ "name": "mine", "version": "1.0.0", "api": 1, "title": { "nl": "Mijn", "en": "Mine" }, "main": "init.lua" }\n' \
  >plugins/mine/plugin.json
{
  printf 'require("polder").scorecard {\n  name = "mine", title = "Mine", extends = "zeeland/zeeland",\n'
  sed -n '/^  rules = {/,/^  },/p' "$out"
  printf '}\n'
} >plugins/mine/init.lua
ok eval --scorecard mine --qrels "$answers" --json --today 2026-11-24
[ "$(sed 's/.*"n":12,.*"ndcg10":\([0-9.]*\),"recall10.*"intervals.*/\1/' "$out")" = "$(number fitted "$flow/tune.json")" ] ||
  fail "expected the fitted figure of tune: $(number fitted "$flow/tune.json")"

# What can't be tuned.
fails_with 2 tune --scorecard zeeland
tells "--qrels FILE"
fails_with 2 tune --scorecard partnership/text --qrels "$answers"
tells "there is nothing to weigh"
fails_with 3 tune --scorecard zeeland --qrels "$answers" --folds 13
tells "12 demands with known answers: too few for 13 folds"
fails_with 2 tune --scorecard zeeland --qrels "$answers" --metric map
