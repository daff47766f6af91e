-- Tries to get 1 GiB at once.
local polder = require "polder"
polder.rule {
  name = "attack", on = "pair", max = 10,
  score = function()
    local ok, text = pcall(string.rep, "x", 1 << 30) -- HERE
    return ok and #text or 10
  end,
}
polder.scorecard { name = "hostile", extends = "partnership/national", rules = { attack = 1 } }
