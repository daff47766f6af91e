-- Tries to hold everybody up with a gate that never answers.
local polder = require "polder"
polder.rule {
  name = "attack", on = "pair",
  gate = function()
    while true do end -- HERE
  end,
}
polder.scorecard { name = "hostile", extends = "partnership/national", gates = { "attack" } }
