#!/bin/sh
# How many pairs a match looks at is its own affair: what failed, the exit code and the bytes are the same with a plan, from what the
# last match kept, without, and repeated. A rule that fails only for pairs that can't be among the best fails for none; stability, which
# looks at all, tells all.
. "$(dirname "$0")/lib.sh"

ok init .
own_plugin own
cat >plugins/own/init.lua <<'END'
local polder = require "polder"
polder.rule { name = "near", max = 10,
  measure = polder.number("solution.trl", { of = "distance", with = "demand.trl_min", full = 0, zero = 8 }) }
local needs = { solution = { "trl", "title" }, demand = { "trl_min" } }
polder.rule { name = "frail", on = "pair", max = 10, needs = needs,
  score = function(s) if s.trl < 9 then error("kaput " .. s.title) end return 10, "x" end }
polder.rule { name = "last", on = "pair", max = 10, needs = needs,
  score = function(s) return s.trl, "y" end }
polder.scorecard { name = "light", rules = { near = 3, frail = 1, last = 3 } }
polder.scorecard { name = "heavy", rules = { near = 3, frail = 3, last = 3 } }
END
# 25 of 1,500 are at TRL 9 and have 95.7; the others, for which frail fails, would have 86.1 had it given all.
awk 'BEGIN { for (i = 1000; i < 2500; i++) printf "{\"id\":\"solution/%d\",\"title\":\"s%d\",\"trl\":%d}\n", i, i, i < 1025 ? 9 : 8 }' >rows.jsonl
ok import rows.jsonl --kind solution
printf '%s\n' '{"id":"demand/d","title":"d","trl_min":9}' >demand.jsonl
ok import demand.jsonl --kind demand

same() { cmp -s "$flow/first" "$out" || fail "expected the bytes of the first match"; }
document() { sed 's/"run":"[^"]*",//; s/"log":[0-9]*/"log":0/; s/"counted":[0-9]*,//; s/,"plan":.*/}/' "$out" >"$flow/now" && mv "$flow/now" "$out"; }

# They are no match for the best ten.
ok match --scorecard light --today 2026-11-24 --json
says '"failed_rules":[]'
document
cp "$out" "$flow/first"
ok replay last
ok match --scorecard light --today 2026-11-24 --json --no-keep
document
same
ok match --scorecard light --today 2026-11-24 --json --no-keep --plan
document
same
fails_with 1 match --scorecard light --today 2026-11-24 --stability --no-keep
tells "rule own/frail failed for 1475 pairs: kaput s1025"

# Of 30 places five are left for those it fails for, who all are alike.
fails_with 1 match --scorecard light --top 30 --today 2026-11-24 --json
says '"rule":"own/frail","plugin":"own","pairs":1475,"reason":"kaput s1025"'
document
cp "$out" "$flow/first"
ok replay last
fails_with 1 match --scorecard light --top 30 --today 2026-11-24 --json --no-keep --plan
document
same
fails_with 1 match --scorecard light --top 30 --today 2026-11-24 --json --no-keep
document
same

# Two scorecards that have the rule tell it once.
fails_with 1 compare --scorecards light,heavy --top 30 --today 2026-11-24 --json
[ "$(grep -o '"rule":"own/frail","plugin"' "$out" | wc -l)" -eq 1 ] || fail "expected one row for own/frail"
says '"rule":"own/frail","plugin":"own","pairs":2950,'

# One that changes may fail, or no more: a rerun tells what a match of all would.
ok put solution/1024 trl=8
ok match --scorecard light --today 2026-11-24 --json --no-keep
document
cp "$out" "$flow/first"
rm -rf .cache
ok match --scorecard light --today 2026-11-24 --json --no-keep
document
same
