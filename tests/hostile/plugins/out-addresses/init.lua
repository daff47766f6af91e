-- Tries to learn addresses, which differ from run to run.
local polder = require "polder"
polder.rule {
  name = "attack", on = "pair", max = 10,
  score = function(_, _, ctx)
    local t = setmetatable({}, { __name = "0xshown" })
    for _, format in ipairs { "%s", "\0%s", "%%%s", "\0%p", "%p", "%5.3s", "%20s", "%q" } do
      for _, item in ipairs { {}, print, coroutine.create(print), function() end, ctx } do
        local ok, text = pcall(string.format, format, item)
        assert(not ok or not text:find("0x", 1, true), ("%q"):format(format))
      end
    end
    for _, item in ipairs { {}, print, coroutine.create(print) } do
      assert(not tostring(item):find("0x", 1, true), "tostring")
      local _, message = pcall(error, item)
      assert(not tostring(message):find("0x", 1, true), "error")
    end
    assert(tostring(t) == "0xshown")
    return 10
  end,
}
polder.scorecard { name = "hostile", extends = "partnership/national", rules = { attack = 1 } }
