#!/bin/sh
# Quality against known answers: the numbers, their intervals, groups, a stored run, and what is wrong in a file.
. "$(dirname "$0")/lib.sh"
repo=$(cd "$(dirname "$0")/../.." 2>/dev/null && pwd) || repo=
[ -n "$repo" ] || fail "expected to find the scripts"

ok init my-region --demo
cd my-region || exit 1
printf 'demand\tsolution\trelevance\tnote
demand/dijk-en-kust-bewaken\tsolution/slikdrone\t3\twith a note
demand/dijk-en-kust-bewaken\tsolution/dijkvoeler\t1
demand/dijk-en-kust-bewaken\tsolution/kadekrab\t0
demand/drones-opmerken-kazerne\tsolution/fluisterveld\t2
demand/drones-opmerken-kazerne\tsolution/bloedkoeler\t1
demand/onderwaterwacht-haven\tsolution/sluiswachter\t1
demand/lichte-bescherming-voertuigen\tsolution/veldprinter\t2
demand/veilig-berichtenverkeer\tsolution/briefduif\t0
' >known.tsv

# The same numbers as another program reckons from the ranking.
ok match --scorecard zeeland --top 100 --json --today 2026-11-24
cp "$out" "$flow/ranking.json"
run_id=$(sed 's/.*"run":"\([^"]*\)".*/\1/' "$out")
ok eval --scorecard zeeland --qrels known.tsv --json --today 2026-11-24
quiet
lines 1
cp "$out" "$flow/eval.json"
for key in mrr p1 ndcg10 recall10 recall20 n intervals demands unknown; do says "\"$key\":"; done
says '"n":4' # the demand with nothing right does not count
if command -v lua5.4 >/dev/null; then
  asked="eval, against another program"
  lua5.4 "$repo/tests/flow/eval.lua" "$repo/scripts" "$flow/ranking.json" known.tsv "$flow/eval.json" 2>"$err" ||
    fail "expected the same numbers"
fi

# The same bytes again, with other workers too; another seed moves intervals alone.
ok eval --scorecard zeeland --qrels known.tsv --json --today 2026-11-24 --workers 3
cmp -s "$out" "$flow/eval.json" || fail "expected the same bytes"
ok eval --scorecard zeeland --qrels known.tsv --json --today 2026-11-24 --seed 7
[ "$(sed 's/"intervals".*//' "$out")" = "$(sed 's/"intervals".*//' "$flow/eval.json")" ] || fail "expected the same means"

# For people: with every demand, and by a field of demands.
ok eval --scorecard zeeland --qrels known.tsv --per-demand --group owner --today 2026-11-24
says "scorecard zeeland/zeeland, 4 demands with known answers, first 100 ranked"
says "demand/onderwaterwacht-haven"
says "organisation/"
fits
fails_with 2 eval --scorecard zeeland --qrels known.tsv --group colour
tells "none of the 4 demands has a field 'colour'"

# As a gate.
ok eval --scorecard zeeland --qrels known.tsv --min mrr=0.1 --min recall20=0.1
fails_with 1 eval --scorecard zeeland --qrels known.tsv --min ndcg10=1 --min mrr=0.1
tells "below the 1 asked"
fails_with 1 eval --scorecard zeeland --qrels known.tsv --min ndcg10=1 --json
tells '"code":"partial"'
says '"ndcg10":'
fails_with 2 eval --scorecard zeeland --qrels known.tsv --min ndgc10=0.6
tells "did you mean ndcg10"
fails_with 2 eval --scorecard zeeland --qrels known.tsv --min mrr=much
tells "expected a number from 0 to 1"

# Against a run that is stored: nothing has changed; against another region's something may have.
ok eval --scorecard zeeland --qrels known.tsv --against "$run_id" --json --today 2026-11-24
says '"ndcg10":{"was":'
says '"difference":0'
says '"p":1'
ok match --scorecard noord-holland --top 20 --json --today 2026-11-24
other=$(sed 's/.*"run":"\([^"]*\)".*/\1/' "$out")
ok eval --scorecard zeeland --qrels known.tsv --against "$other" --today 2026-11-24
says "against $other (noord-holland/noord-holland, first 20),"
says "4 demands that both have"
fits
# A run that tells fewer is no worse for it.
ok match --scorecard zeeland --top 2 --today 2026-11-24
ok eval --scorecard zeeland --qrels known.tsv --against last --json --today 2026-11-24
says '"top":2,"n":4,'
says_not '"run":"last"'
says '"against":{"run":"run/'
says_not '"difference":0.'
# A report since then is no match to hold it against.
ok report indicator indicator=demo-banen
report=$("$POLDER" query --sql 'select id from run order by id desc limit 1' --format csv | tail -n 1)
ok eval --scorecard zeeland --qrels known.tsv --against last --json --today 2026-11-24
says '"top":2,"n":4,'
fails_with 2 eval --scorecard zeeland --qrels known.tsv --against "$report"
tells "$report is a report, not a match"
fails_with 4 eval --scorecard zeeland --qrels known.tsv --against run/none

# Lines of records that are not there are told and left out.
printf 'demand/dijk-en-kust-bewaken\tsolution/dijkvoeler\t1\nonbekend\tdijkvoeler\t1\ndijk-en-kust-bewaken\tgone\t1\n' >old.tsv
ok eval --scorecard zeeland --qrels old.tsv
tells "old.tsv:2: there is no record demand/onbekend"
tells "old.tsv:3: there is no record solution/gone"
says "1 demand with known answers"
ok eval --scorecard zeeland --qrels old.tsv --json
says '"unknown":[{"where":"old.tsv:2","id":"demand/onbekend"}'

# What is wrong is told with its line.
fails_with 2 eval --scorecard zeeland
tells "--qrels FILE"
fails_with 2 eval --qrels known.tsv
fails_with 4 eval --scorecard zeeland --qrels nowhere.tsv
while IFS='|' read -r text where why; do
  printf '%b' "$text" >bad.tsv
  fails_with 3 eval --scorecard zeeland --qrels bad.tsv
  tells "$where"
  tells "$why"
done <<'END'
demand/a\tsolution/b\n|bad.tsv:1|expected three columns
demand/x\tsolution/y\tabc\nd\ts\t1\n|bad.tsv:1|the relevance is no number up to 1000000: 'abc'
D1\tS\tabc\nd\ts\t1\n|bad.tsv:1|the relevance is no number up to 1000000: 'abc'
dijk-en-kust-bewaken\tdijkvoeler\tja\ndijk-en-kust-bewaken\tdijkvoeler\t1\n|bad.tsv:1|there is a record: 'demand/dijk-en-kust-bewaken'
behoefte\tdijkvoeler\tja\ndijk-en-kust-bewaken\tdijkvoeler\t1\n|bad.tsv:1|there is a record: 'solution/dijkvoeler'
d\t0\ts\t1\n|bad.tsv:1|cut -f1,3,4
demand\tsolution\trelevance\nd\ts\tmany\n|bad.tsv:2|the relevance is no number up to 1000000: 'many'
d\ts\t1\nd\ts\tnan\n|bad.tsv:2|the relevance is no number
d\ts\t1e999\n|bad.tsv:1|the relevance is no number
d\ts\t1\n\nd\ts\t2\n|bad.tsv:3|line 1 says another relevance of the same pair
d\t\t1\n|bad.tsv:1|the solution is empty
solution/x\ts\t1\n|bad.tsv:1|not the id of a demand
demand/x\torganisation/y\t1\n|bad.tsv:1|not the id of a solution
d\ts\t1\\0\n|bad.tsv:1|the relevance is no number
demand\tsolution\trelevance\n|bad.tsv|no known answers
\n\n|bad.tsv|no known answers
dijk-en-kust-bewaken\tdijkvoeler\t0\n|bad.tsv|no line has a relevance above 0
dijk-en-kust-bewaken\tgone\t1\n|bad.tsv|no line has a demand and a right solution that the store knows
END
