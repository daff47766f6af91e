-- Tries require with paths, other plugins' files and what is not its own.
local polder = require "polder"
polder.rule {
  name = "attack", on = "pair", max = 10,
  score = function()
    for _, name in ipairs {
      "../partnership/terms", "/etc/passwd", "etc.passwd", "..", ".", "", "...", "terms", "partnership.terms",
      "partnership/terms", "plugins.partnership.terms", "init\0x", "polder.test", "a..b", ".init", "init.",
      ("a."):rep(1000) .. "a",
    } do
      local ok, message = pcall(require, name)
      assert(not ok, "required " .. name)
      assert(type(message) == "string" and not message:find("/etc", 1, true) or name:find("/etc", 1, true), message)
    end
    for _, name in ipairs { 1, 0 / 0, true, {}, print } do
      assert(not pcall(require, name), "required a " .. type(name))
    end
    return 10
  end,
}
polder.scorecard { name = "hostile", extends = "partnership/national", rules = { attack = 1 } }
