-- Tries to eat memory outside Lua: one text of more than 16 MiB in ctx.text.
local polder = require "polder"
polder.rule {
  name = "attack", on = "pair", max = 10,
  needs = { solution = { "description" } },
  score = function(solution, _, ctx)
    return ctx.text(("lange tekst "):rep(1400000), solution.description) -- HERE
  end,
}
polder.scorecard { name = "hostile", extends = "partnership/national", rules = { attack = 1 } }
