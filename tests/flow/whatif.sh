#!/bin/sh
# What would change a rank, and how firm a ranking is: on cards small enough to reckon by hand.
. "$(dirname "$0")/lib.sh"

ok init .
own_plugin local
cat >plugins/local/init.lua <<'LUA'
local polder = require "polder"
polder.rule { name = "ripe", on = "solution", max = 9, needs = { solution = { "trl" } },
  score = function(solution) return solution.trl, "rijp" end }
polder.rule { name = "fast", on = "solution", max = 10, needs = { solution = { "delivery_days" } },
  score = function(solution)
    if not solution.delivery_days then return nil, "onbekend" end
    return math.max(0, 10 - solution.delivery_days / 100), "levertijd"
  end }
polder.rule { name = "usable", on = "solution", needs = { solution = { "trl" } },
  gate = function(solution) return solution.trl >= 3, "TRL" end }
polder.scorecard { name = "local", gates = { "usable" }, rules = { ripe = 2, fast = 1 } }
LUA
ok put demand/d title=Vraag
# TRL and days give (2*trl + (10 - days/100)) / 28.
ok put solution/a title=A trl=6 delivery_days=200
ok put solution/b title=B trl=5 delivery_days=200
ok put solution/c title=C trl=2 delivery_days=100
for more in d e f; do ok put solution/$more title=$more trl=3 delivery_days=300; done
ok match --scorecard local --json
run=$(sed 's/.*"run":"\([^"]*\)".*/\1/' "$out")

# B is second behind A, which has 20 of 28 to its 18: one TRL makes them equal, and ties go to the lower id; so it takes two.
# By days it can reach 20 at 0, which is no more than A has.
ok explain "$run" demand/d solution/b --what-if
says "solution.trl 7 instead of 5: rank 2 -> 1 (score 78.6, local/ripe +14.3)"
says_not "solution.delivery_days 0"
fits
ok explain "$run" demand/d solution/b --what-if --json
says '"changes":[{"field":"solution.trl","old":5,"new":7,"rank":1,"rank_was":2,'

# What a gate keeps out gets in; the smallest change is told.
ok explain --scorecard local demand/d solution/c --what-if
says "solution.trl 3 instead of 2: rank none -> 3 ("

# D needs one day less to get before nobody: its equals e and f are behind it already; f gains by one day.
ok explain --scorecard local demand/d solution/f --what-if
says "solution.delivery_days 299 instead of 300: rank 5 -> 3"

# Where all that reads a field gives all it can already, nothing more is in it: it isn't named as not tried whole.
ok put solution/a trl=9 delivery_days=0
ok put solution/b delivery_days=0
ok explain --scorecard local demand/d solution/b --what-if
says "no field alone gains a rank"
says_not "not every value"
ok put solution/a trl=6 delivery_days=200
ok put solution/b delivery_days=200

# The first of all has nothing to gain; in Dutch too.
ok explain --scorecard local demand/d solution/a --what-if
says "it is the first already"
LC_ALL=nl_NL.UTF-8
export LC_ALL
ok explain --scorecard local demand/d solution/a --what-if
says "het is al de eerste"
ok explain --scorecard local demand/d solution/b --what-if
says "solution.trl 7 in plaats van 5: rang 2 -> 1"
LC_ALL=C.UTF-8

# What is told is true: with the change made, the rank is that.
ok put solution/f delivery_days=299
ok match --scorecard local --json --no-keep
says '"rank":3,"solution":"solution/f"'
ok put solution/f delivery_days=300 trl=9
ok explain --scorecard local demand/d solution/f --what-if
says "it is the first already"
ok put solution/f trl=3

# A run is asked as it was, whatever changed since.
ok explain "$run" demand/d solution/b --what-if --json
cp "$out" "$flow/then"
ok put solution/a trl=9
ok explain "$run" demand/d solution/b --what-if --json
sed 's/"log_moved":[0-9]*/"log_moved":4/' "$out" >"$flow/now"
sed 's/"log_moved":[0-9]*/"log_moved":4/' "$flow/then" | cmp -s - "$flow/now" || fail "expected the changes of then"

# How firm: five are scored, so nobody can come in.
ok match --scorecard local --stability --json
says '"stability":{"top":5,"of":5,"scored":5,"draws":1000,"percent":20,"weights":[{"rule":"local/'
says '"down":null,"up":null'
# A sixth: TRL 4 and 500 days give 2*4 + 5 = 13 of 28, as d, e and f have with 2*3 + 7: it comes in when "ripe" weighs any more.
ok put solution/g title=G trl=4 delivery_days=500
ok match --scorecard local --stability --json --no-keep
says '"of":6,"scored":6'
says '"rule":"local/ripe","weight":2,"down":null,"up":{"weight":2,"leaves":"solution/f","enters":"solution/g"}'
ok match --scorecard local --stability
says "stays  100.0%  solution/a"
says "enters"
fits
ok match --scorecard local --stability --json --no-keep
cp "$out" "$flow/one"
ok match --scorecard local --stability --json --no-keep
cmp -s "$out" "$flow/one" || fail "expected the same draws again"
