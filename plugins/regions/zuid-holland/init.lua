-- Zuid-Holland: its rules and its scorecard. Basis: the test field for uncrewed systems at Valkenburg, the space
-- cluster of Noordwijk and the security cluster of The Hague (README.md).
local polder = require "polder"
require "trial"
require "space"
require "security"
require "nearby"
require "report"

polder.scorecard {
  name = "zuid-holland",
  title = { nl = "Zuid-Holland", en = "Zuid-Holland" },
  extends = "partnership/national",
  rules = {
    trial = 5,
    space = 4,
    security = 4,
    nearby = 2,
    -- Who can try a thing out around the corner need not be ripe yet, nor quick.
    ["partnership/trl-margin"] = 0,
    ["partnership/delivery"] = 0,
  },
}
