-- Tries to swallow the time-out with pcall.
local polder = require "polder"
polder.rule {
  name = "attack", on = "pair", max = 10,
  score = function()
    local function forever() while true do end end -- HERE
    while true do pcall(forever) end
  end,
}
polder.scorecard { name = "hostile", extends = "partnership/national", rules = { attack = 1 } }
