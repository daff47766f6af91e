-- Tries what should be huge: table.unpack, string.byte, select.
local polder = require "polder"
polder.rule {
  name = "attack", on = "pair", max = 10,
  score = function()
    assert(not pcall(table.unpack, {}, 1, 1 << 40))
    assert(not pcall(table.unpack, {}, math.mininteger, math.maxinteger))
    assert(not pcall(select, math.mininteger))
    assert(not pcall(string.byte, ("x"):rep(1 << 22), 1, -1))
    return 10
  end,
}
polder.scorecard { name = "hostile", extends = "partnership/national", rules = { attack = 1 } }
