-- Tries to register while it scores.
local polder = require "polder"
polder.rule {
  name = "attack", on = "pair", max = 10,
  score = function()
    for _, name in ipairs { "rule", "kind", "scorecard" } do
      local ok, message = pcall(polder[name], { name = "late", on = "pair", max = 1, score = print })
      assert(not ok and message:find("only be called while", 1, true), name)
    end
    return 10
  end,
}
polder.scorecard { name = "hostile", extends = "partnership/national", rules = { attack = 1 } }
