-- Noord-Brabant: its rules and its scorecard. Basis: the letter of intent of 2 March 2023 between Defence, the
-- province, BOM and Brainport Development, and the region's place in NATO's programme DIANA (README.md).
local polder = require "polder"
require "hightech"
require "upkeep"
require "civil"
require "nearby"
require "report"

polder.scorecard {
  name = "noord-brabant",
  title = { nl = "Noord-Brabant", en = "Noord-Brabant" },
  extends = "partnership/national",
  rules = {
    hightech = 5,
    upkeep = 4,
    civil = 4,
    nearby = 2,
    -- Young civil technology is still on its way: readiness above the limit doesn't count, evidence of both uses does.
    ["partnership/trl-margin"] = 0,
    ["partnership/dual-use"] = 3,
  },
}
