-- Tries to blame another plugin with the name of a chunk.
local polder = require "polder"
polder.rule {
  name = "attack", on = "pair", max = 10,
  score = function()
    return load("error('broken')", "@partnership/rules.lua")() -- HERE
  end,
}
polder.scorecard { name = "hostile", extends = "partnership/national", rules = { attack = 1 } }
