-- Tries to break others' scorecards from a card of its own: circles, gates among rules, rules that are not there.
local polder = require "polder"
polder.scorecard { name = "circle", extends = "hostile" }
polder.scorecard { name = "hostile", extends = "circle" }
polder.scorecard { name = "mixed", rules = { ["partnership/min-trl"] = 1 } }
polder.scorecard { name = "absent", rules = { ["partnership/nothing"] = 1 } }
