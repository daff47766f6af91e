-- Oost-Nederland (Overijssel and Gelderland): its rules and its scorecard. Basis: the letter of intent of 6 November
-- 2025 and what Oost NL says of the region's makers (README.md).
local polder = require "polder"
require "making"
require "barracks"
require "newcomer"
require "nearby"
require "report"

polder.scorecard {
  name = "oost-nederland",
  title = { nl = "Oost-Nederland", en = "Oost-Nederland" },
  extends = "partnership/national",
  rules = {
    making = 5,
    barracks = 3,
    newcomer = 4,
    nearby = 2,
    -- A newcomer has seldom described a military use yet: it would be counted twice.
    ["partnership/dual-use"] = 0,
  },
}
