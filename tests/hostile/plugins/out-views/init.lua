-- Tries to write to what it was given, and to reach what it did not ask for.
local polder = require "polder"
polder.rule {
  name = "attack", on = "pair", max = 10,
  needs = { solution = { "themes", "trl" }, demand = { "themes" } },
  score = function(solution, demand, ctx)
    local function behind(view)
      local _, raw = pairs(view)
      if raw ~= nil then assert(not pcall(function() raw.leak = 1 end), "pairs gives what is behind a view") end
      local _, items = ipairs(view)
      assert(not pcall(function() items[1] = 1 end), "ipairs gives what is behind a view")
    end
    for _, view in ipairs { solution, demand, ctx, ctx.settings, polder.settings, solution.themes, polder } do
      assert(not pcall(function() view.leak = 1 end), "set")
      assert(not pcall(rawset, view, "leak", 1), "rawset")
      assert(not pcall(setmetatable, view, {}), "setmetatable")
      assert(not getmetatable(view), "getmetatable")
      assert(not pcall(table.insert, view, 1), "insert")
      assert(not pcall(table.remove, view, 1) or #view == 0, "remove")
      assert(not pcall(table.sort, view) or #view < 1, "sort")
      assert(not pcall(table.move, { "x" }, 1, 1, 1, view), "move")
      behind(view)
    end
    assert(solution.title == nil and solution.id == nil and demand.title == nil, "a field that needs does not name")
    for name in pairs(solution) do assert(name == "themes" or name == "trl", name) end
    return 10
  end,
}
polder.scorecard { name = "hostile", extends = "partnership/national", rules = { attack = 1 } }
