-- Tries to swallow the time-out in a handler that handles for ever.
local polder = require "polder"
polder.rule {
  name = "attack", on = "pair", max = 10,
  score = function()
    local function handle() while true do end end -- HERE
    while true do xpcall(error, handle) end
  end,
}
polder.scorecard { name = "hostile", extends = "partnership/national", rules = { attack = 1 } }
