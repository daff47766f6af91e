#!/bin/sh
# Where all must be scored again, for a rule, a weight, a setting or a plugin changed, rules in Lua that are the same as before aren't
# asked again about pairs of records that are; and what was kept for that can be thrown away, all or in part, at any time: the bytes
# stay the same. SEED=N takes other changes than the suite's.
. "$(dirname "$0")/lib.sh"
here=$(cd "$(dirname "$0")" 2>/dev/null && pwd) || here=
[ -n "$here" ] || fail "expected to find the records, by the whole path of this file"
command -v lua5.4 >/dev/null || { echo "skipped: no lua5.4"; exit 77; }
make() { lua5.4 "$here/rerun.lua" "$@"; }
seed=${SEED:-1}
asked="match, again and again with SEED=$seed"

ok init .
mkdir plugins/own plugins/other
printf '%s\n' '{"name":"own","version":"1.0.0","api":1,"requires":{"partnership":">=1.0"},"settings":{"share":{"type":"number","default":0.5,"minimum":0,"maximum":1}}}' >plugins/own/plugin.json
printf '%s\n' '{"name":"other","version":"1.0.0","api":1}' >plugins/other/plugin.json
cat >plugins/other/init.lua <<'LUA'
local polder = require "polder"
polder.rule { name = "long", on = "pair", max = 9, needs = { demand = { "title" }, solution = { "description" } },
  score = function(solution, demand) return #(solution.description or "") * #(demand.title or "") % 90 / 10, "lang" end }
LUA
cat >plugins/own/words.lua <<'LUA'
local polder = require "polder"
polder.rule { name = "words", on = "pair", max = 9, needs = { demand = { "title" }, solution = { "description", "trl" } },
  score = function(solution, demand, ctx)
    return 5 + 4 * ctx.text(demand.title, solution.description), "woorden"
  end }
LUA
cat >plugins/own/init.lua <<'LUA'
local polder = require "polder"
require "words"
local calls = 0
polder.rule { name = "ready", gate = polder.number("solution.trl", { at_least = "demand.trl_min" }) }
polder.rule { name = "themes", max = 5, measure = polder.overlap("demand.themes", "solution.themes", { as = "share" }) }
polder.rule { name = "near", on = "pair", max = 5, needs = { demand = { "description" }, solution = { "description", "trl" } },
  score = function(solution, demand, ctx)
    local length = #(solution.description or "")
    if length % 17 == 3 then return nil, "onbekend" end
    return ctx.settings.share * 5 * math.abs(math.sin(length * #demand.description)), "bij elkaar"
  end }
polder.rule { name = "often", on = "pair", max = 1, needs = { demand = {}, solution = { "title", "trl" } },
  score = function(solution) return calls / 1000, "vaak" end }
polder.scorecard { name = "own", gates = { "ready" },
  rules = { words = 20, themes = 1, near = 2, often = 0.5, ["other/long"] = 2 } }
LUA
make all "$seed" 1200 12 >rows.jsonl
ok import rows.jsonl
match() { ok match --scorecard own --top 8 --today 2026-11-24 --seed 3 "$@"; }
SAID="answers of rules in Lua about pairs"
taken() { match --no-keep && says "$SAID" && sed -n "s/.*match: \([0-9]*\) $SAID/\1/p" "$out"; }

match
says_not "$SAID"
# A weight: all rules of the plugin are the same; that of another isn't taken, for a worker may be broken by any plugin in it, so that
# what was kept counts beside the same others. Then one rule that changed, and is asked.
sed -i 's/near = 2/near = 3/' plugins/own/init.lua
all=$(taken)
fits
sed -i 's/5 + 4/4 + 5/' plugins/own/words.lua
some=$(taken)
[ "$some" -gt 1000 ] && [ "$some" -lt "$all" ] || fail "expected $some answers, of the rules that are the same, to be fewer than $all"
# A setting may be read by any rule of the plugin.
echo 'return { settings = { own = { share = 0.25 } } }' >polder.lua
match --no-keep
says_not "$SAID"
echo '-- another' >>plugins/other/init.lua
match --no-keep
says "$SAID"
# What changes a plugin's state may answer otherwise next time, so nothing is kept of that plugin, nor taken of what was.
sed -i 's/return calls \/ 1000/calls = calls + 1 return #solution.title \/ 1000/' plugins/own/init.lua
match --no-keep
says_not "$SAID"
match --no-keep
sed -i 's/words = 20/words = 21/' plugins/own/init.lua
match --no-keep
says_not "$SAID"
sed -i 's/calls = calls + 1 //' plugins/own/init.lua

# Throws away all, one file or none of what was kept, or spoils one.
lose() {
  case $(make pick "$1" 12) in
    1) rm -rf .cache ;;
    2) find .cache -type f | head -n 1 | xargs rm -f ;;
    3) find .cache -type f | tail -n 1 | xargs rm -f ;;
    4) for file in .cache/*; do printf 'x' | dd of="$file" bs=1 seek=200 conv=notrunc 2>/dev/null; done ;;
    *) ;;
  esac
}

step=0
while [ "$step" -lt 16 ]; do
  step=$((step + 1))
  case $(make pick $((seed * 100 + step)) 7) in
    1) sed -i "s/near = [0-9.]*/near = $step/" plugins/own/init.lua ;;
    2) sed -i "s/length % [0-9]*/length % $((10 + step))/" plugins/own/init.lua ;;
    3) sed -i "s/% [0-9]* \/ 10/% $((60 + step)) \/ 10/" plugins/other/init.lua ;;
    4) sed -i "s/share = 0.[0-9]*/share = 0.$step/" polder.lua ;;
    5) sed -i "s/max = 5, measure/max = $step, measure/" plugins/own/init.lua ;;
    6) echo "-- $step" >>plugins/own/words.lua ;;
    *) sed -i "s/words = [0-9]*/words = $((15 + step))/" plugins/own/init.lua ;;
  esac
  if [ $((step % 3)) -ne 0 ]; then
    make changes $((seed * 1000 + step)) 1200 $((1 + step % 5)) >changes
    grep -v '^-' changes | awk -F'"' '!had[$4]++' >some.jsonl
    ok import some.jsonl
    sed -n 's/^- //p' changes | sort -u | while read -r id; do "$POLDER" delete "$id" >/dev/null 2>&1 || true; done
  fi
  lose $((seed * 1000 + step))
  rm -rf "$flow/cache"
  [ ! -d .cache ] || cp -r .cache "$flow/cache"
  match --no-keep
  ! grep -q "$SAID" "$out" || echo "$step" >>taken
  rm -rf .cache
  [ ! -d "$flow/cache" ] || mv "$flow/cache" .cache
  match --no-keep --json --workers $((1 + step % 2))
  cp "$out" "$flow/rerun"
  rm -rf "$flow/cache"
  [ ! -d .cache ] || mv .cache "$flow/cache"
  match --no-keep --json
  cmp -s "$out" "$flow/rerun" || fail "expected the same bytes with what was kept as without (step $step)"
  rm -rf .cache
  [ ! -d "$flow/cache" ] || mv "$flow/cache" .cache
  [ $((step % 5)) -ne 0 ] || match
done
[ "$(wc -l <taken)" -ge 3 ] || fail "expected something to be taken from what was kept"
