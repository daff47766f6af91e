-- Tries to run for ever.
local polder = require "polder"
polder.rule {
  name = "attack", on = "pair", max = 10,
  score = function()
    while true do end -- HERE
  end,
}
polder.scorecard { name = "hostile", extends = "partnership/national", rules = { attack = 1 } }
