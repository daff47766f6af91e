-- Tries to run bytecode, which can do anything.
local polder = require "polder"
polder.rule {
  name = "attack", on = "pair", max = 10,
  score = function()
    assert(not pcall(function() return string.dump(print) end), "string.dump")
    local code = "\27Lua\x54\0\x19\x93\r\n\x1a\n\4\8\8"
    for _, mode in ipairs { "b", "bt", "t" } do
      assert(not load(code, "x", mode), mode)
      assert(not load(code, "x", mode, {}), mode)
      local done = false
      assert(not load(function()
        if not done then done = true return code end
      end, "x", mode), "in pieces " .. mode)
    end
    return 10
  end,
}
polder.scorecard { name = "hostile", extends = "partnership/national", rules = { attack = 1 } }
