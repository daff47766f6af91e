#!/bin/sh
# How much a word says depends on all texts, which a large store counts as an earlier kept match did: answers say so, and people can ask for
# another count.
. "$(dirname "$0")/lib.sh"

store() {
  ok init "$1"
  cd "$1" || exit 1
  own_plugin own
  cat >plugins/own/init.lua <<'LUA'
local polder = require "polder"
polder.rule { name = "text", max = 10, measure = polder.text("demand.description", "solution.description", { full = 0.5 }) }
polder.rule { name = "ripe", max = 1, measure = polder.number("solution.trl", { at_least = 5 }) }
polder.scorecard { name = "own", rules = { text = 1, ripe = 1 } }
polder.scorecard { name = "without", rules = { ripe = 1 } }
LUA
  awk 'BEGIN { for (i = 1; i <= 1000; i++)
    printf "{\"kind\":\"solution\",\"id\":\"solution/s%04d\",\"title\":\"S\",\"trl\":%d,\"description\":\"%s woord%d\"}\n",
      i, i % 9 + 1, i % 10 ? "waterkering bewaken" : "drones opmerken", i
    print "{\"kind\":\"demand\",\"id\":\"demand/a\",\"title\":\"A\",\"description\":\"drones opmerken bij een waterkering\"}" }' >rows.jsonl
  ok import rows.jsonl
}
change() {
  awk 'BEGIN { for (i = 1; i <= 50; i++)
    printf "{\"kind\":\"solution\",\"id\":\"solution/s%04d\",\"title\":\"S\",\"trl\":5,\"description\":\"drones boven een waterkering\"}\n", i }' >more.jsonl
  ok import more.jsonl
}
match() { ok match --scorecard own --top 5 --today 2026-11-24 "$@"; }
ranking() { sed 's/.*"failed_rules"/"failed_rules"/' "$out"; }
log_of() { sed 's/.*"log":\([0-9]*\),.*/\1/' "$out"; }
count() { sed 's/.*"counted":\([0-9]*\),.*/\1/' "$out"; }

# Nobody counted before: as of the log, of which nothing need be said.
store one
match --json
says_not '"counted"'
first=$(log_of)
match --no-keep
says "texts counted as of event $first"

# Some change, too few to count anew: the answers say as of when they counted, in JSON behind the log.
change
match --no-keep --json
says "\"log\":$(log_of),\"counted\":$first,\"failed_rules\""
ranking >"$flow/as_counted"
match --no-keep
says "texts counted as of event $first"
fits
ok explain --scorecard own demand/a solution/s0001 --json
says "\"counted\":$first"
ok explain --scorecard own demand/a solution/s0001
says "texts counted as of event $first"
printf 'demand/a\tsolution/s0001\t1\n' >known.tsv
ok eval --scorecard own --qrels known.tsv --json
says ",\"counted\":$first,"
ok eval --scorecard own --qrels known.tsv
says "texts counted as of event $first"
ok match --scorecard without --no-keep --json
says_not '"counted"' # no rule looks at texts

# The same records in a store where nobody matched before: other scores; the same when texts are counted anew.
cd .. || exit 1
store two
change
match --no-keep --json
says_not '"counted"'
ranking >"$flow/fresh"
cmp -s "$flow/fresh" "$flow/as_counted" && fail "expected the count to matter"
cd ../one || exit 1
match --no-keep --json --recount
says_not '"counted"'
ranking | cmp -s - "$flow/fresh" || fail "expected --recount to answer as a store without that run"
match --no-keep --json
[ "$(count)" = "$first" ] || fail "expected what isn't kept to bind nobody"

# Kept, it is the count of those after it. Neither run's bytes hold the key, so both replay.
match --json --recount
anew=$(log_of)
change
match --json
[ "$(count)" = "$anew" ] || fail "expected those after it to count as it did"
ranking | cmp -s - "$flow/fresh" || fail "expected the same ranking"
ok explain last demand/a solution/s0001 --json
says "\"counted\":$anew"
for run in last last~1 last~2; do
  ok replay "$run"
  says "the same"
done

# Of several scorecards each says it; what looks at no text has counted none.
ok compare --scorecards own,without --top 5 --today 2026-11-24 --json
says "\"counted\":[$anew,null]"
ok compare --scorecards own,without --top 5 --today 2026-11-24
says "texts counted as of event $anew"
