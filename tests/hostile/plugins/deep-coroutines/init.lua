-- Tries to overflow C's stack with coroutines inside each other.
local polder = require "polder"
polder.rule {
  name = "attack", on = "pair", max = 10,
  score = function()
    local function deeper() return coroutine.wrap(deeper)() end
    return deeper()
  end,
}
polder.scorecard { name = "hostile", extends = "partnership/national", rules = { attack = 1 } }
