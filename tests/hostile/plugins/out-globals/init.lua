-- Tries to find a global that leads out: files, processes, the debugger, C.
local polder = require "polder"
polder.rule {
  name = "attack", on = "pair", max = 10,
  score = function()
    for _, name in ipairs { "io", "os", "debug", "package", "dofile", "loadfile", "collectgarbage", "warn", "module",
      "ffi", "jit", "newproxy", "getfenv", "setfenv", "loadlib", "fork", "ptrace", "socket", "execve", "syscall" } do
      assert(not pcall(function() return _G[name] end), name)
      assert(rawget(_G, name) == nil, name)
      assert(not pcall(require, name), name)
      assert(not pcall(load("return " .. name)), name)
    end
    assert(not pcall(function() return string.dump end) or string.dump == nil, "string.dump")
    assert(not pcall(function() return math.randomseed end) or math.randomseed == nil, "randomseed")
    local known = { coroutine = 1, math = 1, string = 1, table = 1, utf8 = 1, _G = 1 }
    for name, item in pairs(_G) do
      assert(type(item) == "function" or type(item) == "string" or known[name], name)
    end
    return 10
  end,
}
polder.scorecard { name = "hostile", extends = "partnership/national", rules = { attack = 1 } }
