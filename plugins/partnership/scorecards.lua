-- Scorecards: "national", which regions extend, and "text", which ranks by text alone to measure text search. Basis:
-- what the agreements ask (a fitting technology, dual use) weighs most; the weights are illustrative.
local polder = require "polder"

polder.scorecard {
  name = "national",
  title = { nl = "Landelijk", en = "National" },
  gates = { "min-trl", "region-limits", "delivery-limit", "deadline" },
  rules = {
    technologies = 6,
    text = 5,
    themes = 4,
    ["dual-use"] = 2,
    certificates = 2,
    budget = 2,
    delivery = 1,
    ["trl-margin"] = 1,
  },
}

polder.scorecard {
  name = "text",
  title = { nl = "Alleen tekst", en = "Text alone" },
  rules = { ["text-match"] = 1 },
}
