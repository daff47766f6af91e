-- Tries to confuse table.sort with comparisons that contradict each other.
local polder = require "polder"
polder.rule {
  name = "attack", on = "pair", max = 10,
  score = function()
    local t = {}
    for i = 1, 500 do t[i] = i * 7919 % 503 end
    table.sort(t, function() return true end)
    table.sort(t, function(a, b) return a ~= b end)
    return #t == 500 and 10
  end,
}
polder.scorecard { name = "hostile", extends = "partnership/national", rules = { attack = 1 } }
