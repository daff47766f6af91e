-- Tries to run for ever inside C: table.move of 2^62 items that are not there.
local polder = require "polder"
polder.rule {
  name = "attack", on = "pair", max = 10,
  score = function()
    return #table.move({}, 1, 1 << 62, 2) -- HERE
  end,
}
polder.scorecard { name = "hostile", extends = "partnership/national", rules = { attack = 1 } }
