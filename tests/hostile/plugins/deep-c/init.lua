-- Tries to overflow C's stack: gsub within gsub.
local polder = require "polder"
polder.rule {
  name = "attack", on = "pair", max = 10,
  score = function()
    local function deeper(c) return (c:gsub(".", deeper)) end
    return deeper("x")
  end,
}
polder.scorecard { name = "hostile", extends = "partnership/national", rules = { attack = 1 } }
