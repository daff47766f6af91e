-- Tries to overflow the stack with a function that calls itself.
local polder = require "polder"
polder.rule {
  name = "attack", on = "demand", max = 10,
  score = function()
    local function deeper(...) return deeper(...) + 1 end -- HERE
    return deeper(table.unpack({}, 1, 200))
  end,
}
polder.scorecard { name = "hostile", extends = "partnership/national", rules = { attack = 1 } }
