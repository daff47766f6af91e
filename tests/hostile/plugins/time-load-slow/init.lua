-- Tries to load for longer than a call may take: loading has a limit of its own.
local polder = require "polder"

local n = 0
for i = 1, 2000000 do n = n + i % 7 end

polder.rule {
  name = "attack", on = "pair", max = 10,
  score = function()
    return 10
  end,
}
polder.scorecard { name = "hostile", rules = { attack = 1 } }
