-- Tries to eat all memory with a text that doubles.
local polder = require "polder"
polder.rule {
  name = "attack", on = "pair", max = 10,
  score = function()
    local text = "twice the size each time"
    while true do text = text .. text end -- HERE
  end,
}
polder.scorecard { name = "hostile", extends = "partnership/national", rules = { attack = 1 } }
