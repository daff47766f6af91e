-- Tries to yield out of a rule.
local polder = require "polder"
polder.rule {
  name = "attack", on = "pair", max = 10,
  score = function()
    coroutine.yield({ op = "done" }) -- HERE
    return 10
  end,
}
polder.scorecard { name = "hostile", extends = "partnership/national", rules = { attack = 1 } }
