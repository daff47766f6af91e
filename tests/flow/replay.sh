#!/bin/sh
# A run can be repeated to the byte: from the log as it was then, and the plugins as they were then.
. "$(dirname "$0")/lib.sh"

ok init . --demo
own_plugin local
cat >plugins/local/init.lua <<'LUA'
local polder = require "polder"
polder.rule { name = "ripe", on = "solution", max = 10, needs = { solution = { "trl" } },
  score = function(solution) return solution.trl, "rijpheid " .. solution.trl end }
polder.rule { name = "chance", on = "pair", max = 1, needs = { solution = {}, demand = {} },
  score = function() return math.random() end }
polder.scorecard { name = "local", extends = "partnership/national", rules = { ripe = 2, chance = 1 } }
LUA
kept() { sed 's/.*"run":"\([^"]*\)".*/\1/' "$out"; }
ok match --scorecard local --top 4 --seed 9007199254740991 --today 2026-11-24 --json
run=$(kept)
ok replay "$run"
says "the same, all"
ok replay last
says "$run: the same"
quiet
fails_with 4 replay last~1

# The explanation says what the run said, of every rule.
ok match --scorecard zeeland --demand demand/dijk-en-kust-bewaken --top 1 --json
sed 's/.*"rules":\(\[[^]]*\]\).*/\1/' "$out" | tr '{' '\n' | sed 's/,"reason".*//' | grep '"rule"' >"$flow/ranked"
ok explain last demand/dijk-en-kust-bewaken "$(sed 's/.*"rank":1,"solution":"\([^"]*\)".*/\1/' "$out")" --json
tr '{' '\n' <"$out" | sed 's/,"reason".*//' | grep '^"rule"' >"$flow/told"
cmp "$flow/ranked" "$flow/told" || fail "expected the explanation to say what the ranking says"

# Records changed, came and went; the rule changed; then its plugin left.
ok explain "$run" demand/dijk-en-kust-bewaken solution/dijkvoeler --json
cp "$out" "$flow/explained"
ok put solution/dijkvoeler trl=1
ok put demand/dijk-en-kust-bewaken themes='["maritiem"]'
ok delete solution/slikdrone
ok put solution/zz-nieuw title=Nieuw trl=9
ok replay "$run"
sed 's/return solution.trl, .*/return 0, "niets" end }/' plugins/local/init.lua >"$flow/new" && cp "$flow/new" plugins/local/init.lua
ok replay "$run"
rm -r plugins/local
ok replay "$run" --json
says '"same":true'
says '"differences":[]'
fails_with 4 match --scorecard local

# What is explained is the run, not today: but for how much has changed since.
ok explain "$run" demand/dijk-en-kust-bewaken solution/dijkvoeler --json
says '"log_moved":4'
sed 's/"log_moved":4/"log_moved":0/' "$out" | cmp -s - "$flow/explained" || fail "expected the explanation of then"
ok explain "$run" demand/dijk-en-kust-bewaken solution/dijkvoeler
says "4 changes of records are newer"
fits

# The store keeps each plugin once.
ok match --scorecard zeeland --json
ok match --scorecard zeeland --json
ok query --sql 'select name, count(*) as times from plugin_source group by name' --format csv
prints 'name,times
local,1
partnership,1
zeeland,1'

# A run that somebody changed in the file says so.
if command -v sqlite3 >/dev/null; then
  ok match --scorecard zeeland --top 1 --json
  changed=$(kept)
  sqlite3 polder.db "update run set result = replace(result, 'zeeland/port', 'zeeland/pork') where id = '$changed'"
  fails_with 3 replay "$changed"
  tells "has another digest"
fi

# What was erased can't be repeated: not from a run that named it, nor, when it counted, from one that didn't.
ok match --scorecard zeeland --demand demand/dijk-en-kust-bewaken --top 1 --json
other=$(kept)
ok match --scorecard zeeland --demand demand/dijk-en-kust-bewaken --top 400 --json
named=$(kept)
second=$(sed 's/.*"rank":2,"solution":"\([^"]*\)".*/\1/' "$out")
ok forget "$second" --why 'asked by letter'
fails_with 4 replay "$named"
tells "was erased"
# The rest is told to the cell: how rare words are has changed with it, so the text's points of who stayed.
fails_with 1 replay "$other"
says "since erased: $second"
tells "were erased since"
sed 's/ [0-9]*[.][0-9]*$/ N/' "$out" >"$flow/differences"
cat >"$flow/expected" <<END
demand/dijk-en-kust-bewaken
  scored
    was  15
    is   14
  excluded
    was  45
    is   46
demand/dijk-en-kust-bewaken, solution/duinwachter
  score
    was  N
    is   N
  partnership/text: value
    was  N
    is   N
since erased: $second
END
cmp -s "$flow/differences" "$flow/expected" || fail "expected each difference with its rule, its pair and both values"
was=$(sed -n 's/^    was  \([0-9]*[.].*\)/\1/p' "$out" | tail -n 1) is=$(sed -n 's/^    is   \([0-9]*[.].*\)/\1/p' "$out" | tail -n 1)
run replay "$other" --json
says "\"rule\":\"partnership/text\",\"what\":\"value\",\"was\":$was,\"is\":$is}"

fails_with 4 replay run/none
fails_with 2 replay
