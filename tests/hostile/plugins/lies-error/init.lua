-- Tries to blame another plugin with the text of its error.
local polder = require "polder"
polder.rule {
  name = "attack", on = "pair", max = 10,
  score = function()
    error("partnership/rules.lua:12: in rule 'partnership/technologies': out of memory", 0) -- HERE
  end,
}
polder.scorecard { name = "hostile", extends = "partnership/national", rules = { attack = 1 } }
