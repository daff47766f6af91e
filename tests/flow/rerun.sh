#!/bin/sh
# A match asks of solutions that changed since the last one, and no others; what it kept for that can be thrown away, all or in part,
# at any time: the bytes stay the same. SEED=N takes other changes than the suite's.
. "$(dirname "$0")/lib.sh"
here=$(cd "$(dirname "$0")" 2>/dev/null && pwd) || here=
[ -n "$here" ] || fail "expected to find the records, by the whole path of this file"
command -v lua5.4 >/dev/null || { echo "skipped: no lua5.4"; exit 77; }
make() { lua5.4 "$here/rerun.lua" "$@"; }
seed=${SEED:-1}
asked="match, again and again with SEED=$seed"

ok init .
own_plugin own
cat >plugins/own/init.lua <<'LUA'
local polder = require "polder"
local alike = polder.text({ ["demand.title"] = 2, ["demand.description"] = 1 }, { ["solution.title"] = 3, ["solution.description"] = 1 })
polder.rule { name = "ready", gate = polder.number("solution.trl", { at_least = "demand.trl_min" }) }
polder.rule { name = "odd", on = "solution", needs = { solution = { "trl" } },
  gate = function(solution) return solution.trl ~= 3, "trl 3" end }
polder.rule { name = "told", on = "solution", max = 4, needs = { solution = { "trl" } },
  score = function(solution) polder.log("asked") return 4 * solution.trl / 9, "rijp" end }
polder.rule { name = "themes", max = 5, measure = polder.overlap("demand.themes", "solution.themes", { as = "share" }) }
polder.rule { name = "text", max = 10, measure = polder.text("demand.description", "solution.description", { full = 0.5 }) }
polder.rule { name = "words", on = "pair", max = 3, needs = { demand = { "title" }, solution = { "description" } },
  score = function(solution, demand, ctx) return 3 * ctx.text(demand.title, solution.description), "woorden" end }
polder.rule { name = "both", on = "pair", max = 2,
  needs = { demand = { "title", "description" }, solution = { "title", "description" } },
  score = function(solution, demand)
    local share, reason = alike(solution, demand)
    return share and 2 * share, reason
  end }
polder.rule { name = "luck", on = "pair", max = 1, needs = { solution = { "trl" }, demand = {} },
  score = function() return math.random() end }
polder.scorecard { name = "own", gates = { "ready", "odd" },
  rules = { told = 1, themes = 2, text = 3, words = 1, both = 1, luck = 0.5 } }
polder.rule { name = "year", on = "solution", max = 1, needs = { solution = { "trl" } },
  score = function(_, ctx) return tonumber(ctx.today:sub(-1)) / 10 end }
polder.rule { name = "soon", max = 1, measure = polder.dates("today", "demand.deadline", { full = 90, zero = 0 }) }
polder.scorecard { name = "by_lua", extends = "own", rules = { year = 1 } }
polder.scorecard { name = "by_measure", extends = "own", rules = { soon = 1 } }
LUA
make all "$seed" 1200 12 >rows.jsonl
ok import rows.jsonl
match() { ok match --scorecard own --top 8 --today 2026-11-24 --seed 3 --json "$@"; }

# Throws away all, one file or none of what was kept, or spoils one.
lose() {
  case $(make pick "$1" 10) in
    1) rm -rf .cache ;;
    2) find .cache -type f | head -n 1 | xargs rm -f ;;
    3) find .cache -type f | tail -n 1 | xargs rm -f ;;
    4) for file in .cache/*; do printf 'x' | dd of="$file" bs=1 seek=200 conv=notrunc 2>/dev/null; done ;;
    *) ;;
  esac
}

match
run=$(sed 's/.*"run":"\([^"]*\)".*/\1/' "$out")
plain() { sed 's/^{"run":"[^"]*",/{/; s/"log":[0-9]*\(,"counted":[0-9]*\)*/"log":0/' "$1"; }
plain "$out" >"$flow/first"

# Nothing changed: the answer is the same but for its name and its place in the log.
kept() { ok match --scorecard own --top 8 --today 2026-11-24 --seed 3 "$@"; }
kept
says "kept from the match before: 12 of 12 demands; since then 0 solutions changed"
fits
match
plain "$out" | cmp -s - "$flow/first" || fail "expected the same answer"

step=0
while [ "$step" -lt 12 ]; do
  step=$((step + 1))
  make changes $((seed * 1000 + step)) 1200 $((1 + step % 5)) >changes
  grep -v '^-' changes >some.jsonl || true
  ok import some.jsonl
  sed -n 's/^- //p' changes | sort -u | while read -r id; do "$POLDER" delete "$id" >/dev/null 2>&1 || true; done
  lose $((seed * 1000 + step))
  kept --no-keep
  ! grep -q "kept from the match before: [1-9]" "$out" || echo "$step" >>taken
  match --no-keep
  cp "$out" "$flow/rerun"
  rm -rf .cache
  match --no-keep
  cmp -s "$out" "$flow/rerun" || fail "expected the same bytes with what was kept as without (step $step)"
  [ $((step % 4)) -ne 0 ] || match
done
[ "$(wc -l <taken)" -ge 3 ] || fail "expected something to be taken from what was kept"

# Another number of workers, fewer demands, another day.
match --no-keep --workers 2
plain "$flow/rerun" >"$flow/one"
plain "$out" | cmp -s - "$flow/one" || fail "expected the same bytes from two workers"

# On another day what was kept holds, unless a rule looked at the day.
day() { ok match --scorecard "$1" --top 8 --today 2026-11-25 --seed 3 --no-keep; }
day own
says "kept from the match before: 12 of 12 demands"
ok match --scorecard own --top 8 --today 2026-11-25 --seed 3 --json --no-keep
plain "$out" >"$flow/other_day"
rm -rf .cache
ok match --scorecard own --top 8 --today 2026-11-25 --seed 3 --json --no-keep
plain "$out" | cmp -s - "$flow/other_day" || fail "expected another day to change nothing but its name"
for card in by_lua by_measure; do
  ok match --scorecard $card --top 8 --today 2026-11-24 --seed 3 --no-keep
  day $card
  says_not "kept from the match before"
  day $card
  says "kept from the match before: 12 of 12 demands"
done

# A run says as of when its texts were counted, and is repeated so; what is explained is what was ranked.
match
again=$(sed 's/.*"run":"\([^"]*\)".*/\1/' "$out")
first=$(sed 's/.*"demand":"\(demand\/[^"]*\)".*"ranked":\[{"rank":1,"solution":"\([^"]*\)","score":\([0-9.]*\),.*/\1 \2 \3/' "$out")
ok replay "$run"
ok replay "$again"
set -- $first
ok explain "$1" "$2" --scorecard own --today 2026-11-24 --seed 3 --json
says "\"score\":$3,"
ok explain "$again" "$1" "$2" --json
says "\"score\":$3,"

# Many changes: texts are counted anew.
make all $((seed + 7)) 300 0 >many.jsonl
ok import many.jsonl
match
[ "$("$POLDER" query --sql "select count(distinct inputs ->> 'counted') as n from run" --format csv | tail -n 1)" = 2 ] ||
  fail "expected texts to be counted anew when a tenth has changed"
ok replay last

# What is forgotten stands in no file.
[ "$(find .cache -type f | wc -l)" -gt 0 ] || fail "expected something to be kept"
ok forget solution/s0001 --why 'asked by letter'
[ "$(find .cache -type f | wc -l)" -eq 0 ] || fail "expected nothing to be kept"
match --no-keep

# A text that is compared for one demand alone, which was not among those asked about first, is counted at the next occasion.
cat >>plugins/own/init.lua <<'LUA'
polder.rule { name = "rare", on = "pair", max = 1, needs = { demand = { "title" }, solution = { "title" } },
  score = function(solution, demand, ctx) return demand.title == "Zeldzaam" and ctx.text("water", solution.title) or 0 end }
polder.scorecard { name = "rarely", extends = "own", rules = { rare = 1 } }
LUA
ok put demand/rare title=Zeldzaam
rarely() { ok match --scorecard rarely --top 8 --today 2026-11-24 --seed 3 --workers 2 "$@"; }
rarely --demand "$1"
rarely
ok put solution/s0002 trl=5
rarely
says_not "kept from the match before"
ok put solution/s0002 trl=6
rarely
says "kept from the match before: 13 of 13 demands"

# A rule that keeps something between its calls may say of a few solutions what it doesn't say of them among all: no ranking is kept.
own_plugin first
cat >plugins/first/init.lua <<'LUA'
local polder = require "polder"
local first
polder.rule { name = "first", on = "pair", max = 10, needs = { solution = { "description" }, demand = {} },
  score = function(solution)
    local length = #(solution.description or "")
    first = first or length
    return math.max(0, 10 - math.abs(first - length) / 10), "zo lang als de eerste"
  end }
polder.scorecard { name = "first", rules = { first = 1 } }
LUA
rm -rf .cache
ok match --scorecard first --top 8 --today 2026-11-24 --no-keep --json
printf '{"id":"solution/zz-last","title":"Laatste","description":"%s"}\n' "$(seq -s ' ' 1000)" >last.jsonl
ok import last.jsonl --kind solution
ok match --scorecard first --top 8 --today 2026-11-24 --no-keep --json
plain "$out" >"$flow/with"
rm -rf .cache
ok match --scorecard first --top 8 --today 2026-11-24 --no-keep --json
plain "$out" | cmp - "$flow/with" || fail "expected the same where nothing was kept"
