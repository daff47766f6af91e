-- Zeeland: its rules and its scorecard. Basis: the province's public strengths: seaports, delta, logistics,
-- energy (README.md).
local polder = require "polder"
require "port"
require "supply"
require "outdoors"
require "delta"
require "report"

polder.scorecard {
  name = "zeeland",
  title = { nl = "Zeeland", en = "Zeeland" },
  extends = "partnership/national",
  rules = {
    port = 6,
    supply = 5,
    outdoors = 2,
    delta = 2,
    -- What has to work at sea must be ripe: readiness counts more than being fast.
    ["partnership/trl-margin"] = 2,
    ["partnership/delivery"] = 0,
  },
}
