-- Tries to run for ever in a comparison of table.sort.
local polder = require "polder"
polder.rule {
  name = "attack", on = "pair", max = 10,
  score = function()
    table.sort({ 2, 1 }, function() while true do end end) -- HERE
  end,
}
polder.scorecard { name = "hostile", extends = "partnership/national", rules = { attack = 1 } }
