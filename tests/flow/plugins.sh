#!/bin/sh
# Plugins: list, info, check, test; a broken one says where and why and leaves the others alone. And the registry.
. "$(dirname "$0")/lib.sh"

ok init .
ok plugin list
says "partnership"
says "enabled"
fits
ok plugin list --json
for key in name version api state title path contributions error; do
  says "\"$key\":"
done
says '"error":null'
ok plugin info zeeland
says "hash"
says "port_bonus"
says "scorecard"
ok plugin info zeeland --json
says '"manifest":{"name":"zeeland"'
ok plugin check zeeland
says "is good"
fails_with 4 plugin info zeland
tells 'did you mean "zeeland"?'

# A plugin of one's own, in the workspace.
mkdir plugins/mine
printf '{ "name": "mine", "version": "1.0.0", "api": 1,\n  "titel": "Mine" }\n' >plugins/mine/plugin.json
: >plugins/mine/init.lua
fails_with 3 plugin check mine
tells "plugin.json:2"
tells 'did you mean "title"?'
ok plugin list
says "failed"
says "zeeland"
tr -s ' \n' ' ' <"$out" | grep -qF 'did you mean "title"?' || fail "expected the hint in the list"

printf '{ "name": "mine", "version": "1.0.0", "api": 1 }\n' >plugins/mine/plugin.json
cat >plugins/mine/init.lua <<'END'
local polder = require "polder"
polder.rule { name = "plain", title = { nl = "Gewoon", en = "Plain" }, on = "solution", max = 10,
  needs = { solution = { "trl" } },
  score = function(solution)
    if not solution.trl then return nil, "onbekend" end
    return solution.trl, "TRL"
  end }
polder.scorecard { name = "mine", title = { nl = "Eigen", en = "Own" }, rules = { plan = 1 } }
END
cat >plugins/mine/test.lua <<'END'
local test = require "polder.test"
test.case("the readiness gives as many points", function()
  test.equal(test.rule("plain", { solution = { trl = 7 } }), 7)
end)
END
fails_with 3 plugin check mine # as a match does
says "warning: no README.md"
says 'wrong:   init.lua:8: scorecard "mine": there is no rule "plan"'
says_not "is good"
tells "the plugin mine has 1 fault in its scorecards: no match takes them"
fails_with 4 match --scorecard mine
tells 'there is no rule "plan"'
fails_with 3 plugin check mine --json
says '"faults":["init.lua:8: scorecard'
sed -i 's/plan = 1/plain = 1/' plugins/mine/init.lua
ok plugin check mine
says "warning: no README.md"
says "mine 1.0.0 is good"
ok plugin check mine --json
says '"state":"enabled"'
says '"warnings":["'
says '"faults":[]'
ok plugin test mine
says "ok      mine: the readiness gives as many points"
says "1 passed, 0 failed"
ok plugin test ./plugins/mine --json
says '"passed":true'
sed -i 's/, 7)/, 8)/' plugins/mine/test.lua
fails_with 1 plugin test mine
says "FAILED  mine: the readiness"
says "mine/test.lua:3"
tells "1 of 1 test failed"

# Tests that can't even begin don't keep those of the others from running.
printf 'error("stuck")\n' >plugins/mine/test.lua
fails_with 3 plugin test mine
tells "mine: stuck"
fails_with 1 plugin test
says "FAILED  mine: test.lua"
says "ok      zeeland: "
tells "1 of "

# What loads but can't work: a field that no kind has, scorecards that don't fit together.
cp plugins/mine/init.lua "$flow/good.lua"
cat >>plugins/mine/init.lua <<'END'
polder.rule { name = "typo", title = { nl = "Fout", en = "Typo" }, on = "solution", max = 10,
  needs = { solution = { "id", "trll" } }, score = function() return 1, "x" end }
polder.scorecard { name = "round", title = { nl = "Rond", en = "Round" }, extends = "round", rules = { plain = 1 } }
polder.scorecard { name = "mixed", title = { nl = "Door elkaar", en = "Mixed" }, gates = { "plain" }, rules = {} }
END
fails_with 3 plugin check mine --json
says 'needs solution.trll, which no plugin declares; did you mean \"trl\"?'
says_not "solution.id"
says '"init.lua:11: scorecard mine/round extends itself in a circle"'
says "mine/plain is a rule that gives points, but stands among the gates"
tells "2 faults in its scorecards"
# Of a plugin that is there every name must be; what another may bring, which isn't there, is told and no fault.
cp "$flow/good.lua" plugins/mine/init.lua
cat >>plugins/mine/init.lua <<'END'
polder.scorecard { name = "far", title = { nl = "Ver", en = "Far" }, extends = "drenthe/drenthe", rules = { ["drenthe/soon"] = 1 } }
END
ok plugin check mine
says 'warning: init.lua:9: scorecard "far": there is no scorecard "drenthe/drenthe"'
says 'there is no rule "drenthe/soon"'
says "is good"
sed -i 's/drenthe/zeeland/g' plugins/mine/init.lua
fails_with 3 plugin check mine
says 'wrong:   init.lua:9: scorecard "far": there is no rule "zeeland/soon"'
says_not 'no scorecard'
printf 'return { disabled = { "zeeland" } }\n' >polder.lua
ok plugin check mine
says "plugin zeeland is not enabled"
printf 'return {}\n' >polder.lua
cp "$flow/good.lua" plugins/mine/init.lua
# Handlers and checks that nothing ever asks.
printf '{ "name": "mine", "version": "1.0.0", "api": 1, "capabilities": { "records": { "read": ["*"] } } }\n' >plugins/mine/plugin.json
cat >>plugins/mine/init.lua <<'END'
polder.on { name = "deaf", event = "record.*", kind = "solutoin", after = { "nope/*", "mine/seen" }, handler = function() end }
polder.on { name = "seen", event = "record.*", kind = "solution", handler = function() end }
polder.check { name = "idle", kind = "nokind", check = function() return true end }
END
ok plugin check mine --json
says 'handler \"deaf\": there is no kind \"solutoin\": it is never asked; did you mean'
says 'handler \"deaf\": after \"nope/*\": no other handler is called so'
says 'check \"idle\": there is no kind \"nokind\": it is never asked'
says_not 'after \"mine/seen\"'
says_not 'handler \"seen\"'
# Handlers that wait for each other in a circle.
cat >>plugins/mine/init.lua <<'END'
polder.on { name = "one", event = "record.*", after = { "mine/t*" }, handler = function() end }
polder.on { name = "two", event = "record.*", after = { "mine/one" }, handler = function() end }
END
fails_with 3 plugin check mine
tells "mine/one is after mine/two, which is after mine/one"
says_not "is good"
ok put demand/rond title=Rond
cp "$flow/good.lua" plugins/mine/init.lua
printf 'return { disabled = { "mine" } }\n' >polder.lua
fails_with 5 plugin check mine
tells "the plugin mine is disabled in polder.lua"
fails_with 4 match --scorecard plain
tells "plugin mine is not enabled: disabled in polder.lua"
printf 'return {}\n' >polder.lua

# A folder that is in no workspace.
mkdir "$flow/away"
cp -r plugins/mine "$flow/away/"
rm -r plugins/mine
cd "$flow/away" || exit 1
ok plugin check mine/
says "mine 1.0.0 is good"
ok plugin check ./mine
echo 'polder.rule {}' >>mine/init.lua
fails_with 3 plugin check ./mine
tells "mine/init.lua:9"
mkdir empty
fails_with 4 plugin check ./empty
tells "no plugin.json"
fails_with 4 plugin check ./none

cd "$flow/home" || exit 1
ok registry
says "kind"
ok registry rule
says "zeeland/port"
says_not "scorecard"
fits
ok registry scorecard --json
for key in type name plugin file line; do
  says "\"$key\":"
done
ok registry rule --format csv
says "rule,port,zeeland,port.lua,"
