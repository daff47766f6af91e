#!/bin/sh
# A person asks to be forgotten: nothing of it is left in the workspace, and nothing brings it back.
. "$(dirname "$0")/lib.sh"

ok init .
ok put source/krant title=Krant reliability=B
ok put person/an name='Annelies Oudenaam' role=Zwemkampioene --source source/krant
ok put person/an name='Annelies Nieuwnaam'
ok put person/ben name='Ben Blijver'
ok put organisation/bedrijf name=Bedrijf --source source/krant
ok forget person/an --why 'asked by letter'
says "person/an: erased "
says "name"
fits
for text in Oudenaam Nieuwnaam Zwemkampioene Annelies; do
  ! grep -rqai "$text" polder.db* || fail "expected no $text in the store's files"
done
grep -rqa "Ben Blijver" polder.db* || fail "expected the others to be as they were"
ok get person/an --json
says_not "name"
ok get person/an --history
says "record.forgotten"
says "values erased"
ok search Oudenaam --json
prints "[]"
ok audit verify

printf '%s\n' '{"id":"person/an","name":"Annelies Oudenaam"}' '{"id":"person/cor","name":"Cor Nieuw"}' >rows.jsonl
fails_with 1 import rows.jsonl --kind person
tells "rows.jsonl:1"
tells "was erased on"
ok get person/cor
fails_with 5 put person/an name='Annelies Oudenaam'
tells "gets a new id"

ok forget person/ben --why 'asked too' --json
says '"id":"person/ben"'
says '"whole":false'
ok forget person/ben --why 'asked again'
says "nothing left to erase"
fails_with 2 forget person/cor
tells "why"
fails_with 4 forget person/coor --why x
tells 'did you mean person/cor?'
fails_with 5 forget source/krant --why x

# A field that the kind doesn't declare may be personal, too.
ok put person/dora name='Dora Dorst' email=dora@voorbeeld.example region=region/zeeland
tells "email"
ok forget person/dora --why 'asked by letter'
says "email"
for text in Dorst dora@voorbeeld; do
  ! grep -rqai "$text" polder.db* || fail "expected no $text in the store's files"
done
ok search Dorst --json
prints "[]"
ok audit verify
fails_with 5 put person/dora email=dora@voorbeeld.example
tells "was erased on"

# What others hold of the same person is named, with the command that erases it.
ok put organisation/provincie name=Provincie
ok put agreement/een title=Een type=letter_of_intent
ok put person/evi name='Evi Egel' role=gedeputeerde
ok put signature/een agreement=agreement/een person=person/evi role='gedeputeerde voor egels' \
  on_behalf_of=organisation/provincie
ok put signature/twee agreement=agreement/een person=person/evi on_behalf_of=organisation/provincie
ok forget person/evi --why 'asked by letter' --json
says '"related":[{"id":"signature/een","by":"person"}]'
ok forget person/evi --why 'asked again'
says "polder forget signature/een --why TEXT"
says_not "signature/twee"
ok forget signature/een --why 'asked by letter'
says_not "polder forget"
ok forget person/evi --why 'asked again' --json
says '"related":[]'
ok audit verify

# What plugins did with a name goes too: what they told, what failed, and they themselves as kept for replays; and who else holds it
# is named.
mkdir -p plugins/groet
cat >plugins/groet/plugin.json <<'EOT'
{ "name": "groet", "version": "1.0.0", "api": 1, "title": "groet",
  "capabilities": { "records": { "read": ["*"], "write": ["theme"] }, "emit": ["groet.*"] } }
EOT
cat >plugins/groet/init.lua <<'EOT'
local polder = require "polder" -- asked for by Fientje Fazant
polder.on { name = "greet", event = "record.*", kind = "demand", handler = function()
  error("no greeting for " .. polder.get("person/fien").name) end }
polder.command { name = "say", args = { { name = "what", type = "text" } }, help = "Says it.",
  run = function(args) polder.emit("groet.said", { what = args.what }) return {} end }
polder.rule { name = "one", on = "solution", max = 1, needs = { solution = { "title" } },
  score = function() return 1, "een titel" end }
polder.scorecard { name = "card", rules = { one = 1 } }
EOT
ok put person/fien name='Fientje Fazant'
ok put demand/eerste title=Eerste
tells "no greeting for Fientje Fazant"
ok put solution/een title='Van Fientje Fazant' --no-handlers
ok put theme/bel title='Bel Fientje Fazant' --no-handlers
ok match --scorecard groet/card --demand demand/eerste
ok groet say what='over person/fien.'
ok groet say what='over person/fiene'
ok forget person/fien --why 'asked by letter' --no-handlers
says "other records hold one of its values"
says "polder get solution/een"
says "polder get theme/bel"
says "1 plugin as kept for replays"
ok events --type groet.said --format jsonl
says "person/fiene"
says_not '"over person/fien."'
kept="select count(*) as files from plugin_file where content like '%Fazant%'"
ok query --sql "$kept" --json
says '[{"files":0}]'
ok query --sql "select count(*) as told from handler_failure where message like '%Fazant%'" --json
says '[{"told":0}]'
# Once they say it no more, they are named still, for their past does.
ok put theme/bel title=Bel --no-handlers
ok forget person/fien --why 'asked again' --no-handlers
says "nothing left to erase"
says "polder get theme/bel --history"
sed -i 's/Fientje Fazant/somebody/' plugins/groet/init.lua
fails_with 4 replay last
tells "was erased, for it named somebody who asked to be forgotten"
ok audit verify

# A run that was asked in words about a person, here by a plugin's setting, keeps none of them.
mkdir plugins/gans
cat >plugins/gans/plugin.json <<'EOT'
{ "name": "gans", "version": "1.0.0", "api": 1, "title": "gans", "settings": { "about": { "type": "text", "default": "" } } }
EOT
cat >plugins/gans/init.lua <<'EOT'
local polder = require "polder"
polder.rule { name = "one", on = "solution", max = 1, needs = { solution = { "title" } },
  score = function() return 1, "een titel" end }
polder.scorecard { name = "card", rules = { one = 1 } }
EOT
printf '%s\n' 'return { settings = { gans = { about = "de heer G. van Gans, zie person/gert" } } }' >polder.lua
ok put person/gert name='Gert-Jan van Gans' --no-handlers
ok match --scorecard gans/card --demand demand/eerste
ok match --scorecard groet/card --demand demand/eerste
kept="select count(*) as asked from run where inputs like '%Gans%'"
ok query --sql "$kept" --json
says '[{"asked":1}]'
ok forget person/gert --why 'asked by letter' --no-handlers
says "1 run, which can't be repeated any more"
ok query --sql "$kept" --json
says '[{"asked":0}]'
fails_with 4 replay last~1
tells "gave and what it was asked was erased"
ok replay last
ok audit verify

# A report that has read a name when its owner is forgotten is not kept. It waits for that itself; where it came too late to have read
# it, another is asked, a bit later each time.
mkdir plugins/wacht
cat >plugins/wacht/plugin.json <<'EOT'
{ "name": "wacht", "version": "1.0.0", "api": 1, "title": "wacht", "capabilities": { "records": { "read": ["person"] }, "call_ms": 60000 } }
EOT
cat >plugins/wacht/init.lua <<'EOT'
local polder = require "polder"
polder.report { name = "wait", title = { nl = "Wacht", en = "Wait" }, args = { { name = "who", type = "record", kind = "person" } },
  write = function(report, args)
    local name = polder.get(args.who).name
    while name and polder.get(args.who).name do for _ = 1, 1e6 do end end -- not more calls than one may make
    report:text(name or "te laat") end }
EOT
late=1
while :; do
  ok put "person/wacht$late" name='Wilhelmina Wachter' --no-handlers
  polder report wacht/wait "person/wacht$late" --format md >"$flow/late.out" 2>"$flow/late.err" &
  report=$!
  for _ in $(seq $((late * 3))); do ok get "person/wacht$late"; done
  ok forget "person/wacht$late" --why 'asked by letter' --no-handlers
  wait $report && code=0 || code=$?
  [ "$code" -eq 0 ] && grep -q 'te laat' "$flow/late.out" && [ $late -lt 20 ] || break
  late=$((late + 1))
done
[ "$code" -eq 5 ] || fail "expected the report to be refused: $(cat "$flow/late.out" "$flow/late.err")"
grep -q "person/wacht$late was forgotten meanwhile" "$flow/late.err" || fail "expected to be told who was forgotten"
! grep -qai Wachter polder.db* || fail "expected no Wachter in the store's files"
ok audit verify

# Nor is the run of a match that read who is forgotten before it ends, nor the answers that the next one would take over: there are
# enough to keep those, and its rule takes its time.
mkdir plugins/traag
cat >plugins/traag/plugin.json <<'EOT'
{ "name": "traag", "version": "1.0.0", "api": 1, "title": "traag" }
EOT
cat >plugins/traag/init.lua <<'EOT'
local polder = require "polder"
polder.rule { name = "one", on = "solution", max = 9, needs = { solution = { "title" } },
  score = function(solution)
    local n, slow = 0, solution.title:find("Traagwater")
    for i = 1, slow and 30000000 or 0 do n = n + i % 7 end
    return slow and 9 or 1, "heet " .. solution.title end }
polder.scorecard { name = "card", rules = { one = 1 } }
EOT
seq -f '{"id":"s%g","title":"Oplossing"}' 1000 >many.jsonl
ok import many.jsonl --kind solution --no-handlers
late=1
while :; do
  ok put "solution/traag$late" title='Traagwater' --no-handlers
  polder match --scorecard traag/card --demand demand/eerste --json >"$flow/late.out" 2>"$flow/late.err" &
  match=$!
  for _ in $(seq $((late * 2))); do ok get "solution/traag$late"; done
  ok forget "solution/traag$late" --why 'asked by letter' --no-handlers
  wait $match && code=0 || code=$?
  [ "$code" -eq 0 ] && [ $late -lt 30 ] || break
  late=$((late + 1))
done
[ "$code" -eq 5 ] || fail "expected the match to be refused: $(head -c 500 "$flow/late.out") $(cat "$flow/late.err")"
grep -q "solution/traag$late was forgotten meanwhile" "$flow/late.err" || fail "expected to be told who was forgotten"
! grep -rqai traagwater polder.db* .cache || fail "expected no Traagwater in the workspace's files"
ok audit verify
