#!/bin/sh
# The ends of the range: nothing to rank, everything equal, numbers that are none, very many and very long.
. "$(dirname "$0")/lib.sh"

plugin() { # the rest of init.lua
  { printf 'local polder = require "polder"\n'; cat; } >plugins/local/init.lua
}
one() { # MAX WEIGHT: a card of one rule, which gives as many points as the TRL
  plugin <<LUA
polder.rule { name = "one", on = "solution", max = $1, needs = { solution = { "trl" } },
  score = function(solution) return solution.trl end }
polder.scorecard { name = "one", rules = { one = $2 } }
LUA
}

ok init .
own_plugin local
one 10 1
printf 'demand/d\tsolution/a\t1\n' >"$flow/known.tsv"

# No solutions, where each bundled card has measures of all sorts.
ok init none
ok --home none put demand/d title=D owner=organisation/x 'technologies=["radar"]' 'themes=["maritime"]' --no-handlers
for card in national zeeland limburg noord-holland oost-nederland midden-nederland zuid-holland noord-brabant; do
  ok --home none match --scorecard $card --json
  says '"scored":0'
done
ok --home none compare --scorecards zeeland,limburg

# No demands; then no solutions.
ok match --scorecard one
says "no demands to match"
ok match --scorecard one --json --stability
says '"failed_rules":[],"demands":[]}'
ok replay last
ok compare --scorecards local/one,partnership/text
says "no demands to match"
fails_with 3 eval --scorecard one --qrels "$flow/known.tsv"
tells "first unknown: demand/d"
fails_with 3 tune --scorecard one --qrels "$flow/known.tsv"
tells "first unknown: demand/d"
ok put demand/d title=D
ok match --scorecard one --stability --plan
says "0 scored, 0 excluded by gates"
says_not "how firm"
ok replay last
ok compare --scorecards local/one,partnership/text
says "no solution is ranked by any of them"
ok match --scorecard one --json --no-keep
says '"demands":[{"demand":"demand/d","scored":0,"excluded":0,"ranked":[]}]'

# One rule, k larger than n, a missing field: n/a is no 0 and comes last.
ok put solution/a title=A trl=5
ok put solution/b title=B
ok put solution/c title=C trl=5
ok match --scorecard one --json --top 10000 --no-keep
says '"scored":3,"excluded":0,"ranked":[{"rank":1,"solution":"solution/a","score":50,"coverage":1,'
says '{"rank":2,"solution":"solution/c","score":50,'
says '{"rank":3,"solution":"solution/b","score":null,"coverage":0,'
ok explain --scorecard one demand/d solution/a --what-if
says "score     50.0 of 100, coverage 100%, rank 1"
says "it is the first already"
ok explain --scorecard one demand/d solution/c --what-if --json
says '"rank":2,"changes":[{"field":"solution.trl"'
fails_with 3 tune --scorecard national --qrels "$flow/known.tsv"
tells "1 demand with known answers: too few for 5 folds"
tells "add known answers of other demands"

# A relevance is a number that sums of it can hold; a first line that has none is a title, but for what reads as one.
for odd in nan inf -INFINITY 1e300 1000001; do
  printf 'demand/d\tsolution/a\t%s\n' "$odd" >"$flow/odd.tsv"
  fails_with 3 eval --scorecard one --qrels "$flow/odd.tsv"
  tells "the relevance is no number up to 1000000: '$odd'"
  tells "odd.tsv:1"
done
printf 'demand\tsolution\trelevance\ndemand/d\tsolution/a\t1000000\n' >"$flow/titled.tsv"
ok eval --scorecard one --qrels "$flow/titled.tsv" --json
says '"n":1,"mrr":1,"p1":1,"ndcg10":1,'

# A rule of no points and a weight of 0 count in nothing.
one 0 1
run match --scorecard one --json --no-keep
[ "$code" -eq 1 ] || fail "expected exit code 1" # 5 points of 0
says '"score":null,"coverage":0,'
says 'returned 5 points, expected 0 to 0'
run match --scorecard one --stability --no-keep
says "how firm the top is: no solution has a score"
says_not "stays"
one 10 0
ok match --scorecard one --json --no-keep
says '"score":null,"coverage":0,'
says_not 'nan'
plugin <<'LUA'
polder.scorecard { name = "one", rules = {} }
LUA
ok match --scorecard one --json --no-keep
says '"score":null,"coverage":0,"rules":[]}'

# What can be no weight and no number of points is refused, by the line that has it; asked for by its name alone, too.
refused() { # MAX WEIGHT LINE SAID
  one "$1" "$2"
  fails_with 4 match --scorecard one
  tells "plugin local failed"
  tells "$4"
  tells "(local/init.lua:$3)"
}
refused 10 -1 4 "one: expected a number from 0 to 1000000, got -1"
refused 10 0/0 4 "one: not a number (0/0)"
refused 10 1/0 4 "one: an infinite number"
refused -1 1 2 "max: expected"
refused 0/0 1 2 "max: not a number (0/0)"
refused 1/0 1 2 "max: an infinite number"

# What a rule may not return is a failure of that pair alone.
plugin <<'LUA'
local ODD <const> = { 0 / 0, 1 / 0, -1 / 0, -1, 11, "7", true }
polder.rule { name = "one", on = "pair", max = 10, needs = { solution = { "founded" } },
  score = function(solution) return ODD[solution.founded] or 10 end }
polder.rule { name = "two", on = "solution", max = 10, score = function() return 4 end }
polder.scorecard { name = "one", rules = { one = 1, two = 1 } }
LUA
for odd in 1 2 3 4 5 6 7; do ok put solution/odd$odd title=Odd founded=$odd; done
run match --scorecard one --json --no-keep
[ "$code" -eq 1 ] || fail "expected exit code 1"
says '"failed_rules":[{"rule":"local/one","plugin":"local","pairs":7,'
says '{"rank":1,"solution":"solution/a","score":70,"coverage":1,'
says '{"rank":4,"solution":"solution/odd1","score":40,"coverage":0.5,'
says '{"rank":10,"solution":"solution/odd7","score":40,"coverage":0.5,'

# A gate that nobody passes leaves nothing to rank, judge or weigh.
plugin <<'LUA'
polder.rule { name = "no", on = "solution", gate = function() return false, "nee" end }
polder.rule { name = "one", on = "solution", max = 10, score = function() return 1 end }
polder.rule { name = "two", on = "solution", max = 10, score = function() return 2 end }
polder.scorecard { name = "one", gates = { "no" }, rules = { one = 1, two = 1 } }
LUA
ok match --scorecard one --stability --no-keep
says "0 scored, 10 excluded by gates"
ok eval --scorecard one --qrels "$flow/known.tsv" --json
says '"n":1,"mrr":0,"p1":0,"ndcg10":0,"recall10":0,"recall20":0,'
fails_with 3 tune --scorecard one --qrels "$flow/known.tsv"
tells "no solution passes the gates"
ok explain --scorecard one demand/d solution/a --what-if
says "no field alone gains a rank"

# Ten thousand equal ones stand by their ids, with any number of workers, and one text is of more than a megabyte, which takes part like others.
plugin <<'LUA'
polder.rule { name = "same", on = "pair", max = 3, needs = { solution = { "trl" }, demand = { "trl_min" } },
  score = function() return 2 end }
polder.rule { name = "words", max = 10, measure = polder.text("demand.description", "solution.description") }
polder.scorecard { name = "one", rules = { same = 1 } }
polder.rule { name = "lua", on = "pair", max = 10, needs = { solution = { "description" }, demand = { "description" } },
  score = function(solution, demand, ctx) return 10 * ctx.text(demand.description, solution.description) end }
polder.scorecard { name = "words", rules = { words = 1, lua = 1 } }
LUA
awk 'BEGIN { for (i = 9999; i >= 0; i--) printf "{\"id\":\"solution/t%04d\",\"title\":\"T\",\"description\":\"vervoer\"}\n", i }' >"$flow/ties.jsonl"
ok import "$flow/ties.jsonl"
for workers in 1 2; do
  ok match --scorecard one --top 10000 --no-keep --json --workers $workers
  grep -o '"rank":[0-9]*,"solution":"[^"]*"' "$out" >"$flow/ranks"
  [ "$(sed -n 1p "$flow/ranks")" = '"rank":1,"solution":"solution/a"' ] || fail "expected the lowest id first"
  [ "$(sed -n 11p "$flow/ranks")" = '"rank":11,"solution":"solution/t0000"' ] || fail "expected t0000 behind ten others"
  [ "$(sed -n '$p' "$flow/ranks")" = '"rank":10000,"solution":"solution/t9989"' ] || fail "expected t9989 last"
  [ "$(sort -t'"' -k6 "$flow/ranks" | cmp - "$flow/ranks" 2>&1)" = "" ] || fail "expected the order of ids"
done
ok match --scorecard one --stability --no-keep
says "of 10010 scored"
says "stays  100.0%  solution/a"

long() { # ID WORDS
  printf '{"id":"%s","title":"L","description":"' "$1"
  yes "$2" | head -c 1500000 | tr '\n' ' '
  printf '"}\n'
}
{
  long solution/long "sonar op een boot"
  long demand/long "sonar vindt drones"
} >"$flow/long.jsonl"
ok import "$flow/long.jsonl"
ok match --scorecard words --demand demand/long --top 2 --reasons
says "solution/long"
says "deelt met de vraag: sonar"
fits
ok replay last
ok explain --scorecard words demand/long solution/long --fields
fits
ok explain --scorecard words demand/long solution/long --json # a rule in Lua compares them as the measure does
[ "$(grep -o '"outcome":"points","value":[0-9.]*' "$out" | sort -u | wc -l)" = 1 ] || fail "expected two rules with the same points"
