#!/bin/sh
# From nothing to explained scores: init --demo, match, explain.
. "$(dirname "$0")/lib.sh"

ok init region --demo
says "Made a workspace in $flow/home/region"
says "polder match --scorecard zeeland"
quiet
for part in polder.lua polder.db plugins scripts; do
  [ -e "region/$part" ] || fail "expected $part in the workspace"
done
fails_with 5 init region
tells "there is a workspace here already"
cd region || exit 1

# Two regions rank the same demand by their own rules.
ok match --scorecard zeeland --demand demand/dijk-en-kust-bewaken --top 3 --today 2026-11-24
says "scored"
says "solution/dijkvoeler"
says "scorecard zeeland/zeeland, today 2026-11-24"
fits
ok match --scorecard zeeland --top 1 --reasons
says "zeeland/port"
ok match --scorecard noord-holland --top 1 --reasons
says "noord-holland/focus"
says_not "zeeland/port"

# One JSON document, with the keys that programs rely on.
ok match --scorecard zeeland --demand demand/dijk-en-kust-bewaken --top 2 --json --today 2026-11-24
for key in run scorecard today log failed_rules demands demand scored excluded ranked rank solution score coverage rules rule \
  outcome value max weight reason; do
  says "\"$key\":"
done
says '"failed_rules":[]'
lines 1
id=$(sed 's/.*"run":"\([^"]*\)".*/\1/' "$out")

ok explain "$id" demand/dijk-en-kust-bewaken solution/dijkvoeler
says "partnership/min-trl"
says "partnership/themes"
says "rank 1"
ok explain --scorecard zeeland demand/dijk-en-kust-bewaken solution/dijkvoeler --fields --today 2026-11-24
says "solution.technologies"
ok explain --scorecard zeeland demand/dijk-en-kust-bewaken solution/dijkvoeler --json --today 2026-11-24
says '"gates":[{"gate":'
says '"fields":[{"field":'

# The same question gives the same answer, and --no-keep stores nothing.
ok match --scorecard zeeland --json --no-keep --today 2026-11-24 --workers 1
says_not '"run"'
cp "$out" "$flow/one"
ok match --scorecard zeeland --json --no-keep --today 2026-11-24 --workers 2
cmp -s "$out" "$flow/one" || fail "expected the same bytes from one worker and from two"

# A demand that is named twice is ranked once.
ok match --scorecard zeeland --demand demand/dijk-en-kust-bewaken --demand demand/dijk-en-kust-bewaken --top 1 --no-keep
[ "$(grep -c ' scored, ' "$out")" -eq 1 ] || fail "expected the demand once"

fails_with 2 match
tells "--scorecard NAME"
fails_with 4 match --scorecard zeland
tells 'did you mean "zeeland"?'
fails_with 4 match --scorecard zeeland --demand demand/nope
# A value that sources disagree on: who states what stands, where, how good each is, and who says otherwise.
ok explain --scorecard national demand/veilig-berichtenverkeer solution/kwantumlijn --fields
grep -qE '^partnership/min-trl +solution\.trl +[0-9]' "$out" || fail "expected what the gate read, too"
says "source/demo-testrapport"
says "(B); not 7"
says "source/demo-brochure"
ok explain --scorecard national demand/veilig-berichtenverkeer solution/kwantumlijn --json
says '"sources":["source/demo-testrapport"],"claims":[{"value":7,"source":"source/demo-brochure","place":"bladzijde 2 (fictief)","date":"2026-05-01","reliability":"D","stands":false},{"value":5,'

fails_with 4 explain run/none demand/dijk-en-kust-bewaken solution/dijkvoeler
fails_with 2 explain --scorecard zeeland demand/dijk-en-kust-bewaken
fails_with 2 explain "$id" demand/dijk-en-kust-bewaken solution/dijkvoeler --today 2026-01-01
tells "a run has its own date"
