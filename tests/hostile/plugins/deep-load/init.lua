-- Tries to overflow C's stack in the parser.
local polder = require "polder"
polder.rule {
  name = "attack", on = "pair", max = 10,
  score = function()
    for _, open in ipairs { "(", "{", "- ", "not ", "function() return ", "if 1 then ", "a.b[", "f(" } do
      assert(not load("return " .. open:rep(100000)), open)
    end
    return 10
  end,
}
polder.scorecard { name = "hostile", extends = "partnership/national", rules = { attack = 1 } }
