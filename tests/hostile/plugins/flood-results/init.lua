-- Tries to return more than anybody takes.
local polder = require "polder"
polder.rule {
  name = "attack", on = "demand", max = 10,
  score = function()
    local t = {}
    for i = 1, 200000 do t[i] = i end
    return 10, "fine", table.unpack(t)
  end,
}
polder.scorecard { name = "hostile", extends = "partnership/national", rules = { attack = 1 } }
