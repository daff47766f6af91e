-- Noord-Holland: its rules and its scorecard. Basis: what the article of 23 February 2026 says of the region
-- (README.md).
local polder = require "polder"
require "focus"
require "ecosystem"
require "proof"
require "report"

polder.scorecard {
  name = "noord-holland",
  title = { nl = "Noord-Holland", en = "Noord-Holland" },
  extends = "partnership/national",
  rules = {
    focus = 5,
    ecosystem = 3,
    proximity = 2,
    ["security-proof"] = 3,
    -- Acceleration is the region's aim, so soon counts double and a high price of a first product counts less.
    ["partnership/delivery"] = 2,
    ["partnership/budget"] = 1,
  },
}
