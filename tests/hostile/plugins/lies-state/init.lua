-- Tries to keep state between calls: one point more each time.
local polder = require "polder"
local calls <const> = { 0 }
polder.rule {
  name = "attack", on = "pair", max = 10,
  score = function()
    calls[1] = calls[1] + 1
    return calls[1] / 1e6
  end,
}
polder.scorecard { name = "hostile", extends = "partnership/national", rules = { attack = 1 } }
