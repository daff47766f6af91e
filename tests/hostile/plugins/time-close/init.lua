-- Tries to run for ever while a coroutine is closed.
local polder = require "polder"
polder.rule {
  name = "attack", on = "pair", max = 10,
  score = function()
    local co = coroutine.create(function()
      local _ <close> = setmetatable({}, { __close = function() while true do end end }) -- HERE
      coroutine.yield()
    end)
    coroutine.resume(co)
    return coroutine.close(co) and 10
  end,
}
polder.scorecard { name = "hostile", extends = "partnership/national", rules = { attack = 1 } }
