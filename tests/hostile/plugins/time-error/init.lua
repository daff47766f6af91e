-- Tries to run for ever when its error is shown.
local polder = require "polder"
polder.rule {
  name = "attack", on = "pair", max = 10,
  score = function()
    error(setmetatable({}, { __tostring = function() while true do end end })) -- HERE
  end,
}
polder.scorecard { name = "hostile", extends = "partnership/national", rules = { attack = 1 } }
