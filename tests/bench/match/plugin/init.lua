-- The benchmark's kinds, gates, rules and scorecard, written as a region would. Basis: none, all is made up.
local polder = require "polder"
require "kinds"
require "rules"

polder.rule {
  name = "min-trl", on = "pair",
  needs = { solution = { "trl" }, demand = { "trl_min" } },
  gate = function(solution, demand)
    local least, trl = demand.trl_min, solution.trl
    if not least then return true, "de vraag stelt geen ondergrens" end
    if not trl then return false, "rijpheid niet opgegeven" end
    return trl >= least, "rijpheid tegen de ondergrens"
  end,
}

polder.rule {
  name = "region-limits", on = "pair",
  needs = { solution = { "region" }, demand = { "regions" } },
  gate = function(solution, demand)
    local limits = demand.regions
    if #limits == 0 then return true, "de vraag geldt overal" end
    return limits[solution.region] == true, "regio tegen die van de vraag"
  end,
}

polder.scorecard {
  name = "bench",
  gates = { "min-trl", "region-limits" },
  rules = {
    ["budget"] = 2, ["delivery"] = 1, ["distance"] = 1.5, ["dual-use"] = 1, ["technologies"] = 3, ["text"] = 4,
    ["themes"] = 2, ["trl-margin"] = 1,
  },
}

-- All eight rules are asked of pairs.
polder.scorecard {
  name = "pairs", extends = "bench",
  rules = { ["delivery"] = 0, ["dual-use"] = 0, ["pair-delivery"] = 1, ["pair-dual-use"] = 1 },
}
