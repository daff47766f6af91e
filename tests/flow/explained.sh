#!/bin/sh
# polder.explain: commands and reports of plugins are told why a solution has its score, as `polder explain --json` tells it, and
# the match report shows it with the sources.
. "$(dirname "$0")/lib.sh"

ok init . --demo
ok put source/proef title="Proefverslag (fictief)" reliability=B date=2026-05-01 url=https://example.org/proef
ok put source/folder title="Folder (fictief)" reliability=D
ok put solution/dijkvoeler trl=7 --source source/proef --place "blz. 3"
ok put solution/dijkvoeler trl=9 --source source/folder

# plugin NAME CAPABILITIES: a command and a report that ask for what they are given.
plugin() {
  mkdir -p "plugins/$1"
  cat >"plugins/$1/plugin.json" <<JSON
{ "name": "$1", "version": "1.0.0", "api": 1, "title": "$1", "contact": "nobody", "capabilities": $2 }
JSON
  cat >"plugins/$1/init.lua" <<'LUA'
local polder = require "polder"

local function asked(args)
  local options = { demand = args.demand, solution = args.solution, today = args.today, scorecard = args.card }
  options.run, options.what_if = args.run, args.what_if
  return polder.explain(options)
end

local function text(name) return { name = name, type = "text" } end
local ARGS = { text("demand"), text("solution"), text("card"), text("run"), text("today"), { name = "what_if", type = "boolean" } }

polder.command { name = "why", args = ARGS, run = asked }
polder.report { name = "why", args = ARGS, write = function(report, args)
  for _, rule in ipairs(asked(args).rules) do report:text(rule.title.nl, ": ", rule.reason) end
end }
LUA
}
plugin may '{ "match": true, "runs": ["match"], "records": { "read": ["demand", "solution"] } }'
plugin mayno '{ "records": { "read": ["*"] } }'
plugin blind '{ "match": true, "records": { "read": ["demand"] } }'
plugin runless '{ "match": true, "records": { "read": ["*"] } }'

# The same as people are told, but for the order of keys, what is null, and the scorecard's title.
sorted() { grep -oE '"[a-z_]*":[^][{},]+' "$1" | grep -vE ':null$|^"(nl|en)":"Zeeland"' | sort; }
pair="demand=demand/dijk-en-kust-bewaken solution=solution/dijkvoeler"
ok explain --scorecard zeeland demand/dijk-en-kust-bewaken solution/dijkvoeler --today 2026-11-24 --json
sorted "$out" >"$flow/told"
# shellcheck disable=SC2086 # two arguments
ok may why $pair card=zeeland --today 2026-11-24 --json
sed 's/^{"command".*"result"://' "$out" >"$flow/result"
sorted "$flow/result" >"$flow/given"
grep -vE '^"(command|kept|event|files|effects)":' "$flow/given" | diff "$flow/told" - >"$out" || fail "expected what explain --json tells"
grep -qF '"place":"blz. 3"' "$flow/told" || fail "expected the place in the source"
grep -qF '"nl":"Rijpheid boven de ondergrens"' "$flow/told" || fail "expected the rule's title"
ok explain --scorecard zeeland demand/dijk-en-kust-bewaken solution/dijkvoeler --today 2026-11-24 --json
says '"rule":"partnership/themes"'
sed 's/.*"rule":"partnership\/themes"//; s/"rule":.*//' "$out" | grep -q '"matched":{"terms":\["' || fail "expected the terms that matched"
sed 's/.*"rule":"partnership\/text"//; s/"rule":.*//' "$out" | grep -q '"matched":{"terms":\["[^]]*"\],"sentence":"' ||
  fail "expected the words and the sentence that matched"
ok match --scorecard zeeland --no-keep --json
says_not '"matched"' # a ranking has the reasons alone
grep -qF '"nl":"sensoren"' "$flow/told" || fail "expected the words of the terms"

# What would change it, and a run as it was.
# shellcheck disable=SC2086
ok may why demand=demand/dijk-en-kust-bewaken solution=solution/sluiswachter card=zeeland what_if=yes --json
says '"rank_was":'
ok match --scorecard zeeland --today 2026-11-24
run_id=$(sed -n 's/.*\(run\/[0-9a-z-]*\).*/\1/p' "$out" | head -n 1)
ok put solution/dijkvoeler trl=8 --source source/proef
# shellcheck disable=SC2086
ok may why $pair run="$run_id" --json
says 'TRL 7, gevraagd is minstens 7'
says '"log_moved":1'
# shellcheck disable=SC2086
ok report may/why $pair card=zeeland
says "Rijpheid boven de ondergrens: TRL 8, gevraagd is minstens 7"

# What can't be is said, with the plugin's line.
# refused CODE MESSAGE ARGUMENTS…
refused() {
  expected_code=$1 message=$2
  shift 2
  fails_with "$expected_code" "$@"
  tells "$message"
}
# shellcheck disable=SC2086
{
  refused 3 "mayno may not explain by scorecards" mayno why $pair card=zeeland
  tells '"match": true'
  refused 3 "blind may not read records of kind solution" blind why $pair card=zeeland
  refused 3 "runless may not see runs of match" runless why $pair run="$run_id"
  refused 3 "scorecard or run: one of the two is needed" may why $pair
  refused 3 "scorecard: a run has its own" may why $pair card=zeeland run="$run_id"
  refused 3 "today: a run has its own day" may why $pair run="$run_id" today=2026-01-01
  refused 3 "there is no run run/none" may why $pair run=run/none
  refused 3 "did you mean \"zeeland\"?" may why $pair card=zeelan
  refused 3 "there is no record solution/geen" may why demand=demand/dijk-en-kust-bewaken solution=solution/geen card=zeeland
  refused 3 "polder.explain: demand is missing" may why solution=solution/dijkvoeler card=zeeland
  refused 3 "a report of the past can't explain: leave out --as-of" report may/why $pair card=zeeland --as-of 10
}

# The match report shows who says so, and who says otherwise, and lists these sources.
ok report matches scorecard=zeeland demand=dijk-en-kust-bewaken --today 2026-11-24
says "### Waarom op plaats 1: Dijkvoeler"
says "### Waarom op plaats 3: "
says "Voldoet aan de eisen: TRL 8, gevraagd is minstens 7; "
says "| Rijpheid (TRL), geboden: 8; Laagste rijpheid (TRL), gevraagd: 7 | Rijpheid (TRL): \\[1\\] (B), anders volgens \\[2\\] (D); Laagste rijpheid (TRL): zonder bron opgegeven |"
says "Technologieën, geboden: sensoren, kunstmatige intelligentie; Technologieën, gevraagd: "
says "telt niet mee: de vraag eist geen certificaten"
says "1. Proefverslag (fictief), 1 mei 2026 <https://example.org/proef>"
score=$(sed -n 's/^| Dijkvoeler[^|]*| 1 | \([0-9,]*\) .*/\1/p' "$out")
says "| **Score van 100** | **$score** |"
ok report matches scorecard=zeeland demand=dijk-en-kust-bewaken explained=0 --lang en
says_not "Why ranked"
ok report matches scorecard=zeeland demand=dijk-en-kust-bewaken explained=1 top=2 --lang en
says "### Why ranked 1: Dijkvoeler"
says "Readiness (TRL), offered: 8"
says_not "Why ranked 2"

# The dossier says what the run that a decision rests on made of the solution, as it was then.
ok procurement decide demo-havenwacht-2026 award=demo-sluiswachter by=demo-innovatie-havenwacht reason="De hoogste score."
ok put solution/sluiswachter trl=9 --source source/proef
ok report dossier submission=demo-sluiswachter
says "Steunt op berekening run/"
says "### Waarom op plaats 1: Sluiswachter"
says "| Rijpheid boven de ondergrens | "
says "| TRL 8, ruim boven de gevraagde 6 | Rijpheid (TRL), geboden: 8; Laagste rijpheid (TRL), gevraagd: 6 |"
ok report dossier submission=demo-sluiswachter --as-of "$(polder events --format jsonl | tail -n 1 | sed 's/^{"seq":\([0-9]*\).*/\1/')"
says "De berekening kan hier niet worden uitgelegd: a report of the past can't explain: leave out --as-of."
ok forget solution/sluiswachter --why "op verzoek"
ok report dossier submission=demo-sluiswachter --lang en
says "The run can't be explained here: "
says "was erased"
