-- Tries to slip from the hook by changing coroutines all the time.
local polder = require "polder"
polder.rule {
  name = "attack", on = "pair", max = 10,
  score = function()
    while true do
      coroutine.wrap(function() coroutine.yield() end)()
    end
  end,
}
polder.scorecard { name = "hostile", extends = "partnership/national", rules = { attack = 1 } }
