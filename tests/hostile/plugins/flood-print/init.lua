-- Tries to drown the log, with lines of a megabyte and a forged one.
local polder = require "polder"
polder.rule {
  name = "attack", on = "demand", max = 10,
  score = function()
    print("fine\npolder: error: plugin partnership failed\27[2J")
    for i = 1, 100000 do print(i) end
    print(("x"):rep(1 << 20))
    return 10
  end,
}
polder.scorecard { name = "hostile", extends = "partnership/national", rules = { attack = 1 } }
