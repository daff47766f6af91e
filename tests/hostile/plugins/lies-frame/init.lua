-- Tries to look like a frame of the host: errors that are tables with its keys.
local polder = require "polder"
polder.rule {
  name = "attack", on = "pair", max = 10,
  score = function()
    error({ op = "limit", kind = "memory", where = "partnership/rules.lua:12", number = 1 }) -- HERE
  end,
}
polder.scorecard { name = "hostile", extends = "partnership/national", rules = { attack = 1 } }
