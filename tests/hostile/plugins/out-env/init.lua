-- Tries to get at the real globals through load, _ENV and functions of the host.
local polder = require "polder"
polder.rule {
  name = "attack", on = "pair", max = 10,
  score = function()
    local _, G = pairs(_G)
    assert(rawequal(G, _G) or G == nil, "pairs gives what is behind _G")
    assert(not pcall(rawset, _G, "leak", 1), "rawset on _G")
    assert(not pcall(load("leak = 1")), "a new global")
    assert(not pcall(load("print = 1")), "print replaced")
    assert(not pcall(load("string.format = print")), "string.format replaced")
    assert(not pcall(rawset, string, "format", print), "rawset on string")
    assert(not pcall(table.insert, string, 1), "table.insert into string")
    assert(not pcall(table.move, { 1 }, 1, 1, 1, math), "table.move into math")
    assert(not pcall(setmetatable, _G, {}), "a metatable for _G")
    assert(not pcall(setmetatable, string, {}), "a metatable for string")
    assert(getmetatable("") == false, "the metatable of strings")
    assert(getmetatable(_G) == false, "the metatable of _G")
    assert(load("return ...", "x", "t", {})(5) == 5)
    return 10
  end,
}
polder.scorecard { name = "hostile", extends = "partnership/national", rules = { attack = 1 } }
