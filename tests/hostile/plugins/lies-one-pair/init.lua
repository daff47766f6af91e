-- Tries to fail where nobody looks: for one solution only.
local polder = require "polder"
polder.rule {
  name = "attack", on = "pair", max = 10,
  needs = { solution = { "id" } },
  score = function(solution)
    if solution.id == "solution/dijkvoeler" then error("only here") end -- HERE
    return 5, "fine"
  end,
}
polder.scorecard { name = "hostile", extends = "partnership/national", rules = { attack = 1 } }
