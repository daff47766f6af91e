-- Tries to eat all memory with coroutines that sleep.
local polder = require "polder"
polder.rule {
  name = "attack", on = "pair", max = 10,
  score = function()
    local asleep = {}
    repeat
      local co = coroutine.create(function() coroutine.yield() end) -- HERE
      coroutine.resume(co)
      asleep[#asleep + 1] = co
    until #asleep == 0
  end,
}
polder.scorecard { name = "hostile", extends = "partnership/national", rules = { attack = 1 } }
