-- Midden-Nederland (Utrecht): its rules and its scorecard. Basis: the article of 23 February 2026 on the region's
-- network, and reports of ROM Utrecht Region (README.md).
local polder = require "polder"
require "society"
require "network"
require "play"
require "nearby"
require "report"

polder.scorecard {
  name = "midden-nederland",
  title = { nl = "Midden-Nederland", en = "Midden-Nederland" },
  extends = "partnership/national",
  rules = {
    society = 5,
    network = 4,
    play = 3,
    nearby = 2,
    -- The region's three themes are asked by a rule of its own.
    ["partnership/themes"] = 2,
  },
}
