-- Tries to run for ever: table.concat of 2^62 empty texts.
local polder = require "polder"
polder.rule {
  name = "attack", on = "pair", max = 10,
  score = function()
    local t = setmetatable({}, { __index = function() return "" end })
    return #table.concat(t, "", 1, 1 << 62)
  end,
}
polder.scorecard { name = "hostile", extends = "partnership/national", rules = { attack = 1 } }
