-- Tries to swallow the time-out in a coroutine within a coroutine, each of which catches.
local polder = require "polder"
polder.rule {
  name = "attack", on = "pair", max = 10,
  score = function()
    local function forever() while true do end end -- HERE
    local function inner() while true do pcall(forever) end end
    while true do
      coroutine.wrap(function() pcall(coroutine.wrap(inner)) end)()
    end
  end,
}
polder.scorecard { name = "hostile", extends = "partnership/national", rules = { attack = 1 } }
