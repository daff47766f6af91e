-- Tries to eat memory where errors are handled.
local polder = require "polder"
polder.rule {
  name = "attack", on = "pair", max = 10,
  score = function()
    local function eat()
      local t = {}
      repeat t[#t + 1] = {} until #t == 0 -- HERE
    end
    xpcall(error, eat)
  end,
}
polder.scorecard { name = "hostile", extends = "partnership/national", rules = { attack = 1 } }
