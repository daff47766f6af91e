-- Tries to hold memory outside Lua: titles of 2 MiB, kept by the host's code.
local polder = require "polder"

local long <const> = ("t"):rep(1 << 21)
for i = 1, 1000 do
  polder.rule { name = "r" .. i, title = long, on = "solution", max = 1, score = print } -- HERE
end

polder.rule {
  name = "attack", on = "pair", max = 10,
  score = function()
    return 10
  end,
}
polder.scorecard { name = "hostile", extends = "partnership/national", rules = { attack = 1 } }
