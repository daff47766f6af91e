-- Tries to run for ever in __tostring.
local polder = require "polder"
polder.rule {
  name = "attack", on = "pair", max = 10,
  score = function()
    return tostring(setmetatable({}, { __tostring = function() while true do end end })) -- HERE
  end,
}
polder.scorecard { name = "hostile", extends = "partnership/national", rules = { attack = 1 } }
