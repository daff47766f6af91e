-- Tries to ask for a million fields.
local polder = require "polder"
local needs = {}
for i = 1, 300000 do needs[i] = "f" .. i end
polder.rule { name = "attack", on = "solution", max = 1, needs = { solution = needs }, score = print } -- HERE
