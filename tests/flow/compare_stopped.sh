#!/bin/sh
# Solutions that one scorecard ranks and another doesn't are asked about one after the other. A rule that never comes to an end for one
# of them is left out there, and says what it has to say of the next.
. "$(dirname "$0")/lib.sh"

ok init .
mkdir plugins/own
printf '%s\n' '{"name":"own","version":"1.0.0","api":1,"requires":{"partnership":">=1.0"},"capabilities":{"call_ms":200}}' >plugins/own/plugin.json
cat >plugins/own/init.lua <<'END'
local polder = require "polder"
polder.rule { name = "ripe", max = 10, measure = polder.number("solution.trl", { full = 9, zero = 1 }) }
polder.rule { name = "quick", max = 10, measure = polder.number("solution.delivery_days", { of = "distance", with = "demand.trl_min", full = 0, zero = 400 }) }
polder.rule { name = "light", on = "pair", max = 1, needs = { solution = { "title" } },
  score = function(solution)
    while solution.title == "loop" do end
    return 1, "licht"
  end }
polder.scorecard { name = "ripe", rules = { ripe = 1 } }
polder.scorecard { name = "quick", rules = { quick = 10, light = 1 } }
END
# Two are ripe and slow to come, so quick looks at neither; 300 are quick.
{
  echo '{"id":"solution/a","title":"loop","trl":9,"delivery_days":390}'
  echo '{"id":"solution/b","title":"b","trl":8,"delivery_days":390}'
  awk 'BEGIN { for (i = 100; i < 400; i++) printf "{\"id\":\"solution/c%d\",\"title\":\"c%d\",\"trl\":2,\"delivery_days\":%d}\n", i, i, i - 95 }'
} >rows.jsonl
ok import rows.jsonl --kind solution
ok put demand/d title=d trl_min=1
ok match --scorecard quick --top 2 --no-keep
ok compare --scorecards ripe,quick --top 2 --json
lua5.4 - "$out" <<'END' || fail "expected what light adds to b, and not to a"
local text = io.open(arg[1]):read("a")
local function added(solution)
  local block = text:match('"solution":"' .. solution .. '".-"rules":(%b[])')
  return block:match('"rule":"own/light","adds":%[([^%]]*)%]')
end
os.exit((not added("solution/a") or added("solution/a") == "null,null") and added("solution/b"):match("^null,%d") ~= nil)
END
