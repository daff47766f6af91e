#!/bin/sh
# The same bytes whatever the number of workers, also from rules that keep something between calls, draw numbers, or fail.
. "$(dirname "$0")/lib.sh"

ok init region --demo
cd region || exit 1
mkdir plugins/mine
cat >plugins/mine/plugin.json <<'END'
{ "name": "mine", "version": "1.0.0", "api": 1, "requires": { "partnership": ">=1.0" } }
END
cat >plugins/mine/init.lua <<'END'
local polder = require "polder"
local first, seen = nil, {}

polder.rule {
  name = "keeps-first", title = "Keeps", on = "pair", max = 10, needs = { demand = { "id" } },
  score = function(_, demand)
    first = first or demand.id
    return first == demand.id and 10 or 0
  end,
}
polder.rule {
  name = "keeps-all", title = "Keeps", on = "demand", max = 1000, needs = { demand = { "id" } },
  score = function(demand)
    seen[demand.id] = true
    local count = 0
    for _ in pairs(seen) do count = count + 1 end
    return count
  end,
}
polder.rule { name = "draws", title = "Draws", on = "pair", max = 1, score = function() return math.random() end }
polder.rule {
  name = "fails", title = "Fails", on = "pair", max = 1, needs = { solution = { "trl" } },
  score = function(solution)
    if solution.trl == 5 then error("five") end
    return 1
  end,
}
polder.rule {
  name = "counts", title = "Counts", on = "solution", max = 1000000,
  needs = { solution = { "id" } },
  score = function()
    first = (tonumber(first) or 0) + 1
    return first
  end,
}
polder.scorecard {
  name = "mine", title = "Mine", extends = "partnership/national",
  rules = { ["keeps-first"] = 3, ["keeps-all"] = 1, draws = 2, fails = 1 },
}
polder.scorecard { name = "counts", title = "Counts", rules = { counts = 1, ["partnership/themes"] = 1 } }
END
for scorecard in mine counts zeeland; do
  for workers in 1 2 3 8; do
    run match --scorecard $scorecard --workers $workers --seed 7 --top 5 --today 2026-11-24 --no-keep --json
    cp "$out" "$flow/$scorecard-$workers"
    cmp -s "$flow/$scorecard-1" "$flow/$scorecard-$workers" || fail "expected the same bytes with 1 and $workers workers"
  done
done
grep -q '"rule":"mine/fails","plugin":"mine"' "$flow/mine-1" || fail "expected the failing rule to be named"
grep -q 'gave two answers for one pair' "$flow/counts-1" || fail "expected the counting rule to be told of"
