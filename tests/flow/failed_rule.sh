#!/bin/sh
# A rule that fails is named on stderr and in the document; it is never 0 points, and the other rules still count.
. "$(dirname "$0")/lib.sh"

ok init region --demo
cd region || exit 1
mkdir plugins/mine
cat >plugins/mine/plugin.json <<'END'
{ "name": "mine", "version": "1.0.0", "api": 1, "requires": { "partnership": ">=1.0" } }
END
cat >plugins/mine/init.lua <<'END'
local polder = require "polder"

polder.rule {
  name = "broken", title = { nl = "Kapot", en = "Broken" }, on = "pair", max = 10,
  needs = { solution = { "trl" } },
  score = function(solution)
    return solution.trl.nothing.there, "never"
  end,
}

polder.scorecard {
  name = "mine", title = { nl = "Eigen", en = "Own" }, extends = "partnership/national",
  rules = { broken = 1 },
}
END
fails_with 1 match --scorecard mine --top 1 --reasons --demand demand/dijk-en-kust-bewaken --today 2026-11-24
tells "plugin mine"
tells "mine/broken"
tells "mine/init.lua:7"
says "failed"
says "partnership/themes"
fails_with 1 match --scorecard mine --top 1 --json --demand demand/dijk-en-kust-bewaken --today 2026-11-24
says '"failed_rules":[{'
says '"rule":"mine/broken","outcome":"failed","value":null'
tells '{"error":{"code":"partial"'
[ "$(wc -l <"$err")" -eq 1 ] || fail "expected one line of JSON on stderr"

# Explained, the pair says which line to mend; a gate that fails keeps nobody out, and is shown to have failed.
cat >>plugins/mine/init.lua <<'END'

polder.rule {
  name = "stuck", title = { nl = "Vast", en = "Stuck" }, on = "pair",
  needs = { solution = { "trl" } },
  gate = function()
    error("stuck")
  end,
}

polder.scorecard {
  name = "stuck", title = { nl = "Vast", en = "Stuck" }, gates = { "stuck" }, rules = { broken = 1 },
}
END
run explain --scorecard mine/stuck demand/dijk-en-kust-bewaken solution/dijkvoeler --today 2026-11-24
says "stuck (mine/init.lua:20)"
says "(mine/init.lua:7)"
says "mine/stuck  failed"
fails_with 1 match --scorecard mine/stuck --top 1 --demand demand/dijk-en-kust-bewaken --today 2026-11-24
says "60 scored, 0 excluded"
says "  1      -        0%  "
