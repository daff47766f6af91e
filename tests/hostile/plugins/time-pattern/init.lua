-- Tries to run for ever inside C: a pattern that goes back and forth.
local polder = require "polder"
polder.rule {
  name = "attack", on = "pair", max = 10,
  score = function()
    return #(("a"):rep(60):match(("a-"):rep(40) .. "b") or "") -- HERE
  end,
}
polder.scorecard { name = "hostile", extends = "partnership/national", rules = { attack = 1 } }
