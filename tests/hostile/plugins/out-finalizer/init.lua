-- Tries to have a finalizer added where it is not looked for.
local polder = require "polder"
polder.rule {
  name = "attack", on = "pair", max = 10,
  score = function()
    local late = setmetatable({}, {})
    getmetatable(late).__gc = function() while true do end end
    setmetatable({}, { __index = { __gc = function() while true do end end } })
    assert(not pcall(setmetatable, {}, { __gc = print }), "__gc")
    assert(not pcall(setmetatable, {}, { __gc = false }), "__gc = false")
    late = nil
    for i = 1, 20000 do late = { i } end
    return late and 10
  end,
}
polder.scorecard { name = "hostile", extends = "partnership/national", rules = { attack = 1 } }
