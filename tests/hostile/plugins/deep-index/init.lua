-- Tries to overflow C's stack with a chain of __index, and one that ends in itself.
local polder = require "polder"
polder.rule {
  name = "attack", on = "pair", max = 10,
  score = function()
    local t = {}
    for _ = 1, 10000 do t = setmetatable({}, { __index = t }) end
    assert(not pcall(function() return t.x end), "a chain of 10000")
    local last = setmetatable({}, {})
    getmetatable(last).__index = last
    return last.points -- HERE
  end,
}
polder.scorecard { name = "hostile", extends = "partnership/national", rules = { attack = 1 } }
