-- Tries to eat memory outside Lua: words that nobody has used before, in ctx.text, a few at a time.
local polder = require "polder"
local count <const> = { 0 }
polder.rule {
  name = "attack", on = "pair", max = 10,
  needs = { solution = { "description" } },
  score = function(solution, _, ctx)
    local words = {}
    for i = 1, 20000 do
      count[1] = count[1] + 1
      words[i] = "word" .. count[1]
    end
    ctx.text(table.concat(words, " "), solution.description)
    return 10
  end,
}
polder.scorecard { name = "hostile", extends = "partnership/national", rules = { attack = 1 } }
