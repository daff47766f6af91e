#!/bin/sh
# What would change a rank by fields that the kind doesn't declare or of which no value can be made up, from nothing to a number,
# and of which fields not every value was tried.
. "$(dirname "$0")/lib.sh"

COLUMNS=160
ok init .
own_plugin local
cat >plugins/local/init.lua <<'LUA'
local polder = require "polder"
local function rule(name, field, score)
  polder.rule { name = name, on = "solution", max = 10, needs = { solution = { field } },
    score = function(solution, ctx) return score(solution[field], ctx) end }
  polder.scorecard { name = name, rules = { [name] = 9, base = 1 } }
end
polder.rule { name = "base", on = "solution", max = 10, needs = { solution = { "employees" } },
  score = function(solution) return solution.employees end }
rule("since", "tested_on", function(day) return day and day >= "2026-03-15" and 10 or 0 end)
rule("steps", "maturity", function(level) return level and level >= 40 and 10 or 0 end)
rule("share", "reuse", function(share) return share and share > 0.3 and 10 or 0 end)
rule("shown", "demo", function(shown) return shown and 10 or 0 end)
rule("state", "state", function(state) return state == "in use" and 10 or 0 end)
rule("levels", "levels", function(levels) return levels and #levels > 2 and 10 or 0 end)
rule("specs", "specs", function(specs) return specs and specs.kg and specs.kg < 5 and 10 or 0 end)
rule("owner", "organisation", function(owner) return owner == "organisation/o" and 10 or 0 end)
rule("never", "manual", function(manual) return manual and 10 or 0 end)
rule("ripe", "trl", function(trl) return trl and trl >= 5 and trl or 0 end)
rule("soon", "delivery_days", function(days) return days and math.max(0, 10 - days / 20) or 0 end)
rule("price", "price", function(price) return price and price.amount <= 1234 and 10 or 0 end)
polder.rule { name = "due", max = 10,
  measure = polder.dates("today", "solution.ready_on", { full = 30, zero = 31, without = { solution = 0 } }) }
polder.scorecard { name = "due", rules = { due = 9, base = 1 } }
polder.rule { name = "low", on = "solution", max = 10, needs = { solution = { "maturity" } },
  score = function(solution) return solution.maturity and (solution.maturity < 12 and 12 - solution.maturity or 99) or 0 end }
polder.rule { name = "flag", on = "solution", max = 1, needs = { solution = { "fictitious" } }, score = function() return 1 end }
polder.scorecard { name = "fails", rules = { low = 1, flag = 1 } }
polder.scorecard { name = "yes", rules = { flag = 1 } }
polder.scorecard { name = "bare", rules = { never = 1 } }
polder.scorecard { name = "two", rules = { never = 9, state = 9, base = 1 } }
LUA
ok put organisation/o name=O
ok put demand/d title=Vraag
ok put solution/a title=A employees=1 tested_on=2026-03-15 maturity=45 reuse=0.5 demo=true state="in use" 'levels=[1,2,3]' \
  'specs={"kg":4}' organisation=organisation/o trl=9 delivery_days=20 'price={"amount":1000,"currency":"EUR"}' ready_on=2026-01-20
ok put solution/b title=B employees=2 tested_on=2026-02-01 maturity=10 reuse=0.2 demo=false state="on paper" 'levels=[1,2]' \
  'specs={"kg":40}' trl=3 delivery_days=300 'price={"amount":9000,"currency":"EUR"}' ready_on=2026-06-01
ok put solution/c title=C employees=4

# told CARD SOLUTION TEXT: that is what what-if says.
told() {
  ok explain --scorecard "local/$1" demand/d "solution/$2" --what-if --today 2026-01-01
  says "$3"
}
# Of fields that no kind declares the least is looked for, by what stands there.
told since b "solution.tested_on 2026-03-15 instead of 2026-02-01: rank 3 -> 1"
told steps b "solution.maturity 40 instead of 10: rank 3 -> 1"
told share b "solution.reuse 0.3001 instead of 0.2: rank 3 -> 1"
told shown b "solution.demo true instead of false: rank 3 -> 1"
told state b "solution.state in use instead of on paper: rank 3 -> 1"
told levels b "solution.levels also 3: rank 3 -> 1"
told specs b 'solution.specs {"kg":4} instead of {"kg":40}: rank 3 -> 1'
# The window is of days that a measure names, from today.
told due b "solution.ready_on 2026-01-31 instead of 2026-06-01: rank 3 -> 1"
# Nobody has it here, but others do; of a reference nothing can be made up.
told since c "solution.tested_on 2026-03-15 instead of nothing: rank 2 -> 1"
told owner b "solution.organisation organisation/o instead of nothing: rank 3 -> 1"

# From nothing the least is what gains with the lowest score: A has 82, and C 4 and 9 for each TRL; then A has 46.
told ripe c "solution.trl 9 instead of nothing: rank 2 -> 1"
ok put solution/a trl=5
told ripe c "solution.trl 5 instead of nothing: rank 2 -> 1"
# Also where nine is worth more: one rank is enough. Where less is better it is the largest: C needs more than 5, at 20 days a point less.
ok put solution/e title=E employees=9 trl=8
told ripe c "solution.trl 5 instead of nothing: rank 3 -> 2"
told soon c "solution.delivery_days 188 instead of nothing: rank 3 -> 2"
told price c "solution.price EUR 1234 instead of nothing: rank 3 -> 1"

# What nobody has can't be tried, so it isn't said that no field gains.
told bare b "no value that was tried gains a rank"
says "not every value was tried of:"
says "solution.manual: none, for nobody has one"
ok explain --scorecard local/bare demand/d solution/b --what-if --json
says '"changes":[],"untried":[{"field":"solution.manual","tried":0,"why":"unknown"}]'
LC_ALL=nl_NL.UTF-8
told bare b "geen enkele geprobeerde waarde geeft een betere rang"
says "niet elke waarde is geprobeerd van:"
says "solution.manual: geen enkele, want niemand heeft er een"
LC_ALL=C.UTF-8
# It stands beside what gains.
told two b "solution.state in use instead of on paper"
says "solution.manual: none, for nobody has one"
# The first has nothing to gain.
ok explain --scorecard local/bare demand/d solution/a --what-if --json
says '"changes":[],"untried":[]'
# Where all values were tried, that is said.
told yes b "no field alone gains a rank"
says_not "not every"

# A value with which a rule fails is no gain, though the rule then counts in neither sum: more than 10 points are too many.
ok put solution/a maturity=3
ok put solution/c maturity=13
told fails b "solution.maturity 2 instead of 10: rank 3 -> 1"
