-- Tries numbers at the edge of what a number can hold.
local polder = require "polder"
polder.rule { name = "big", on = "pair", max = 1e308, score = function() return 1e308 end }
polder.rule { name = "half", on = "pair", max = 1e308, score = function() return 1e154 end }
polder.rule { name = "nothing", on = "pair", max = 0, score = function() return 0 end }
polder.rule { name = "tiny", on = "pair", max = 5e-324, score = function() return 5e-324 end }
polder.scorecard { name = "hostile", rules = { big = 1e308, half = 1e300, nothing = 1, tiny = 5e-324 } }
