-- Limburg: its rules and its scorecard. Basis: the partnership of Defence with the four Brightlands campuses, and
-- what the development company LIOF sees as the region's chances (README.md).
local polder = require "polder"
require "materials"
require "power"
require "production"
require "nearby"
require "report"

polder.scorecard {
  name = "limburg",
  title = { nl = "Limburg", en = "Limburg" },
  extends = "partnership/national",
  rules = {
    materials = 6,
    power = 4,
    production = 4,
    nearby = 2,
    -- Production lines are for what is finished: readiness counts double.
    ["partnership/trl-margin"] = 2,
  },
}
