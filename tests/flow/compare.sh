#!/bin/sh
# Which ranks moved, and by what: between two runs, since a run, between regions.
root=$PWD
. "$(dirname "$0")/lib.sh"

ok init . --demo
demand=demand/dijk-en-kust-bewaken
ok match --scorecard zeeland --demand $demand --top 5 --today 2026-11-24 --json
run=$(sed 's/.*"run":"\([^"]*\)".*/\1/' "$out")

# Nothing changed: nothing moved.
ok match --since "$run"
says "0 of 1 demand moved"
says_not "texts counted"

# A record changed: the solution fell by the rule that reads the field, or a gate keeps it out; who rose has it above no more.
ok put solution/dijkvoeler budget_eur=1 technologies='[]'
ok put solution/slikdrone trl=2
ok match --since last --json
for key in comparison was is inputs plugins records changed demands same moves solution move rank score by rules passed passed_more passed_by passed_by_more; do
  says "\"$key\":"
done
says '"changed":["solution/dijkvoeler","solution/slikdrone"]'
says '"inputs":[{"input":"counted","was":'
ok compare "$run" last
says "2 records changed: solution/dijkvoeler, solution/slikdrone"
says "texts counted as of event "
says "score    solution/dijkvoeler"
says "partnership/technologies -"
says "kept out by partnership/min-trl"
says "1 of 1 demand moved"
fits

# A setting changed: which, from what to what.
echo 'return { settings = { zeeland = { port_bonus = 2 } } }' >polder.lua
ok match --scorecard zeeland --demand $demand --top 5 --today 2026-11-24 --against last --json
says '"settings":true,"changed_settings":[{"setting":"port_bonus","was":10,"is":2}]'
says_not '"input":"counted"'
ok compare "$run" last
says "other settings"
says "    port_bonus: 10 -> 2"
fits

# A rule changed: the plugin is named, with both hashes; a weight moves what it weighs.
cp -r "$root/plugins/regions/zeeland" plugins/
sed 's/port = 6/port = 1/' plugins/zeeland/init.lua >"$flow/new" && cp "$flow/new" plugins/zeeland/init.lua
ok match --scorecard zeeland --demand $demand --top 5 --today 2026-11-24 --against last
says "plugin zeeland: 1.0.0 ("
says "zeeland/port -"
fits

# A run that goes less deep, or is of fewer demands, has moved nothing.
ok match --scorecard zeeland --today 2026-11-24 --top 9
ok match --scorecard zeeland --today 2026-11-24 --top 3 --against last
says "top: 9 -> 3"
says "compared as deep as both go: the first 3"
says "0 of 12 demands moved"
ok match --scorecard zeeland --today 2026-11-24 --top 3 --demand $demand --against last
says "demands: all -> [\"$demand\"]"
says "0 of 1 demand moved"

# What the same solutions get in each region, and why.
ok compare --scorecards zeeland,noord-holland --demand $demand --top 3
says "A  zeeland/zeeland"
says "B  noord-holland/noord-holland"
says "noord-holland/focus"
fits
ok compare --scorecards zeeland,noord-holland,national --demand $demand --top 3 --json
for key in scorecards today log demands solutions places rank score gate rules adds; do
  says "\"$key\":"
done

# Below the tops no more are looked up than takes a few seconds; the others are counted, and told of.
ok compare --scorecards zeeland,text --top 30
says "below a top were not looked up"
says "Fewer: with --demand or a lower --top."
fits
ok compare --scorecards zeeland,noord-holland --demand $demand
says_not "looked up"
ok match --scorecard text --top 30 --today 2026-11-24
ok match --scorecard zeeland --top 30 --today 2026-11-24 --against last --json
unknown=$(grep -oE '"was":null,"is":\{"rank"|\},"is":null,"by"' "$out" | wc -l)
[ "$unknown" -gt 0 ] || fail "expected some that were not looked up"
says "\"unasked\":$unknown"

# What was asked for beside the comparison follows it.
ok match --scorecard zeeland --demand $demand --today 2026-11-24 --against last --stability
says "0 of 1 demand moved"
says "how firm the top 5 is"
says_not "scored, "
says_not "…" # whoever enters and leaves is told whole
fits
ok match --since last --reasons --plan
says "0 of 1 demand moved"
says "points  weight  rule"
says "asked  excluded  pruned"
says "match"
ok match --since last --phases
says ", records "
ok match --since last
says_not ", records "
says_not "points  weight"

# Titles are those of then, whatever was renamed or deleted since. Reports come in between and are no match.
was=$(sed -n 's/^is *\(run[^,]*\),.*/\1/p' "$out")
title=$("$POLDER" get $demand --json | sed 's/.*"title":"\([^"]*\)".*/\1/')
ok put solution/dijkvoeler trl=9 budget_eur=20000
ok match --since last
ok report indicator indicator=demo-banen
ok report indicator indicator=demo-banen
ok put $demand title='Heel iets anders'
for gone in no yes; do
  [ $gone = no ] || ok delete $demand
  [ $gone = no ] || ok delete solution/duinwachter
  ok compare last~1 last
  says "was  $was,"
  says "1 record changed: solution/dijkvoeler"
  says "$title"
  says_not "Heel iets anders"
  ok explain last $demand solution/duinwachter
  says "          $title"
  says "          Duinwachter"
  says_not "Heel iets anders"
done
ok replay last

fails_with 2 compare "$run"
for option in "--demand $demand" "--top 3" "--today 2026-11-24"; do
  # shellcheck disable=SC2086
  fails_with 2 compare "$run" last $option
  tells "compare: ${option%% *} goes with --scorecards"
done
fails_with 2 compare --scorecards zeeland
fails_with 2 compare --scorecards zeeland,zeeland
tells "named twice"
fails_with 4 compare --scorecards zeeland,zeland
fails_with 4 compare "$run" run/none
for option in "--scorecard zeeland" "--top 3" "--seed 1" "--today 2026-11-24" "--demand $demand" "--against last"; do
  # shellcheck disable=SC2086
  fails_with 2 match --since "$run" $option
  tells "--since takes scorecard, demands, top, date and seed from the run"
done
fails_with 4 match --scorecard zeeland --against run/none
