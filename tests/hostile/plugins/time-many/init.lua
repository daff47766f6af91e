-- Tries to hold everybody up with forty rules that each run into their deadline.
local polder = require "polder"
local rules = {}
for i = 1, 40 do
  polder.rule { name = "attack" .. i, on = "pair", max = 10, score = function() while true do end end } -- HERE
  rules["attack" .. i] = 1
end
polder.scorecard { name = "hostile", extends = "partnership/national", rules = rules }
