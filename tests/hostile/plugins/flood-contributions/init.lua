-- Tries to fill the registry.
local polder = require "polder"
local n = 0
while true do
  n = n + 1
  polder.rule { name = "r" .. n, on = "pair", max = 1, score = print } -- HERE
end
