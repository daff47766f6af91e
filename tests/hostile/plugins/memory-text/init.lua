-- Tries to eat memory outside Lua through ctx.text.
local polder = require "polder"
polder.rule {
  name = "attack", on = "pair", max = 10,
  needs = { solution = { "description" } },
  score = function(solution, _, ctx)
    local words = {}
    for i = 1, 100000 do words[i] = "w" .. i end
    local text, n = table.concat(words, " "), 0
    while true do
      n = n + 1
      ctx.text(text .. n, solution.description)
    end
  end,
}
polder.scorecard { name = "hostile", extends = "partnership/national", rules = { attack = 1 } }
