-- Tries to drown and to paint the terminal with its reason.
local polder = require "polder"
polder.rule {
  name = "attack", on = "pair", max = 10,
  score = function()
    return 10, "\27[31mred\r\npolder: all is well\0" .. ("\u{1F4A3}"):rep(1 << 18) .. "\xff"
  end,
}
polder.scorecard { name = "hostile", extends = "partnership/national", rules = { attack = 1 } }
