-- Tries to stand in the way of names that people use without their plugin.
local polder = require "polder"
polder.rule { name = "port", on = "pair", max = 1, score = function() return 1 end }
polder.rule { name = "technologies", on = "pair", max = 1, score = function() return 1 end }
for _, name in ipairs { "zeeland", "noord-holland", "national", "text", "hostile" } do
  polder.scorecard { name = name, extends = "partnership/national", rules = { port = 1 } }
end
