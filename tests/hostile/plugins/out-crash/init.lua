-- Tries code that Lua 5.4 releases are known to crash on.
local polder = require "polder"
polder.rule {
  name = "attack", on = "pair", max = 10,
  needs = { solution = { "themes" } },
  score = function(solution)
    load("local _ENV <const> = 1; local function f() return x end; return f")
    load("local _ENV <const> = {}; for i = 1, 3 do x = i end")
    pcall(load, ("a = {"):rep(250) .. ("}"):rep(250))
    pcall(load("local a <const> = nil; return a.b.c.d"))
    pcall(load("return (function(...) return select('#', ...) end)(" .. ("1,"):rep(240) .. "1)"))
    pcall(string.format, "%" .. ("0"):rep(500) .. "d", 1)
    pcall(string.format, "%99.99f", 1e308)
    pcall(string.pack, "i17", 1)
    pcall(string.unpack, "s8", ("\255"):rep(8))
    pcall(utf8.char, 0x7FFFFFFF)
    pcall(utf8.codepoint, "\xF8\x88\x80\x80\x80", 1, -1, true)
    pcall(string.gsub, "x", "(" .. ("()"):rep(40) .. ")", "%1")
    pcall(string.find, "x", "%f")
    pcall(string.find, "x", "[%")
    pcall(string.rep, "x", -1)
    pcall(table.concat, { {} })
    pcall(next, {}, "absent")
    for _, walk in ipairs { (pairs({ 1, 2 })), (pairs({ a = 1 })), (pairs(solution.themes)), (ipairs({})),
      (pairs(solution)), (utf8.codes("x")), ("x"):gmatch("x") } do
      for _, first in ipairs { 0x41414141, 0.5, true, "text", print, {}, coroutine.create(print), solution, _G } do
        for _, second in ipairs { 0, -1, 1 << 62, math.maxinteger, math.mininteger, 0.5, "x", {} } do
          pcall(walk, first, second)
        end
      end
    end
    local co
    co = coroutine.wrap(function() return pcall(co) end)
    pcall(co)
    pcall(coroutine.close, coroutine.running())
    return 10
  end,
}
polder.scorecard { name = "hostile", extends = "partnership/national", rules = { attack = 1 } }
