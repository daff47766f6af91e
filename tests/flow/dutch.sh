#!/bin/sh
# Text search in Dutch: the demo's demands and solutions (all fictitious), with the answers that a reader of their titles gave
# before any ranking was looked at (tests/real/dutch.tsv). Guards Dutch while text search is made better for other texts.
. "$(dirname "$0")/lib.sh"
answers=$OLDPWD/tests/real/dutch.tsv
[ -r "$answers" ] || fail "expected $answers"

ok init region --demo
cd region || exit 1
ok eval --scorecard partnership/text --qrels "$answers" --min mrr=0.95 --min ndcg10=0.8 --min recall10=0.75
quiet
says "12 demands with known answers"
