#!/bin/sh
# What would change a rank by fields of every type that a kind can declare and of which values can't be made up, and who is kept out
# by more gates than one field opens.
. "$(dirname "$0")/lib.sh"

COLUMNS=160
ok init .
# A partnership of our own, in the place of the bundled one.
mkdir plugins/partnership
printf '%s\n' '{"name":"partnership","version":"1.0.0","api":1}' >plugins/partnership/plugin.json
cat >plugins/partnership/init.lua <<'LUA'
local polder = require "polder"
local function f(name, kind, more)
  local field = { name = name, type = kind, title = { nl = name, en = name } }
  for key, value in pairs(more or {}) do field[key] = value end
  return field
end
local STATES = { { name = "new", nl = "nieuw", en = "new" }, { name = "old", nl = "oud", en = "old" } }
polder.kind { name = "demand", title = { nl = "Vraag", en = "Demand" }, fields = { f("title", "text") } }
polder.kind { name = "solution", title = { nl = "Oplossing", en = "Solution" }, fields = {
  f("title", "text"), f("seen", "time"), f("site", "url"), f("mail", "email", { personal = true }),
  f("sizes", "integer", { many = true }), f("links", "url", { many = true }), f("state", "term", { terms = STATES }) } }
local function rule(name, score)
  polder.rule { name = name, on = "solution", max = 10, needs = { solution = { name } },
    score = function(solution) return score(solution[name]) and 10 or 0 end }
  polder.scorecard { name = name, rules = { [name] = 1 } }
end
rule("seen", function(at) return at and at >= "2026-03-01T12:00:00Z" end)
rule("site", function(site) return site end)
rule("mail", function(mail) return mail end)
rule("sizes", function(sizes) return sizes and #sizes > 1 end)
rule("links", function(links) return links and #links > 0 end)
rule("state", function(state) return state == "none" end)
local function gate(name, ok)
  polder.rule { name = name .. "-gate", on = "solution", needs = { solution = { name } },
    gate = function(solution) return ok(solution[name]), name end }
end
gate("state", function(state) return state == "new" end)
gate("site", function(site) return site and site:find("a.example", 1, true) and true or false end)
polder.scorecard { name = "one-gate", gates = { "state-gate" }, rules = { site = 1 } }
polder.scorecard { name = "two-gates", gates = { "state-gate", "site-gate" }, rules = { site = 1 } }
LUA
ok put demand/d title=D
ok put solution/z title=Z seen=2026-03-01T13:00:00+01:00 site=https://a.example/x mail=a@b.example 'sizes=[3,4]' \
  'links=["https://b.example/y"]' state=new
ok put solution/m title=M seen=2026-02-01T12:00:00Z 'sizes=[3]' state=old
ok put solution/a title=A

told() {
  ok explain --scorecard "partnership/$1" demand/d solution/m --what-if
  says "$2"
}
told seen "solution.seen 2026-03-01T12:00:00Z instead of 2026-02-01T12:00:00Z: rank 3 -> 1 (score 100.0, partnership/seen"
told site "solution.site https://a.example/x instead of nothing: rank 3 -> 1"
told sizes "solution.sizes also 4: rank 3 -> 1"
told links "solution.links https://b.example/y instead of nothing: rank 3 -> 1"
# Nobody's personal value is told as what somebody else might have.
told mail "no value that was tried gains a rank"
says "solution.mail: not those of others, for they are personal"
says_not "a@b.example"
# All terms of a closed list were tried.
told state "no field alone gains a rank"
says_not "not every value"
# One gate opens by one field; two don't. Of fields that a shut gate doesn't read no value can gain, whatever rules say of them.
told one-gate "solution.state new instead of old: rank none -> 2 (score 0.0)"
says_not "solution.site"
told two-gates "no field alone gains a rank"
says_not "not every value"
says "the gates partnership/state-gate and partnership/site-gate keep it out"
LC_ALL=nl_NL.UTF-8
told two-gates "de poorten partnership/state-gate en partnership/site-gate houden het tegen"
