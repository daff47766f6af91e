-- The gates, rules and scorecard once more, as measures: one rule looks at a solution in Lua, one at a pair.
-- Basis: none, all is made up.
local polder = require "polder"
local min <const> = math.min

polder.rule { name = "min-trl", gate = polder.number("solution.trl", { at_least = "demand.trl_min" }) }
polder.rule { name = "region-limits", gate = polder.member("solution.region", "demand.regions") }
polder.rule { name = "nearby", gate = polder.member("solution.region", "demand.region") }

polder.rule {
  name = "budget", max = 10,
  measure = polder.number("solution.price.amount", {
    of = "ratio", with = "demand.budget.amount", curve = { { 0.8, 1 }, { 1, 0.5 }, { 2, 0 } },
  }),
}
polder.rule {
  name = "delivery", max = 10,
  measure = polder.value("solution.delivery_days", { full = 90, inverse = true }),
}
polder.rule {
  name = "distance", max = 10,
  measure = polder.place("solution.place", "demand.place", {
    full = 25, zero = 225, same = { "solution.region", "demand.region" },
  }),
}
polder.rule {
  name = "technologies", max = 10,
  measure = polder.overlap("demand.technologies", "solution.technologies"),
}
polder.rule {
  name = "text", max = 10,
  measure = polder.text("demand.description", "solution.description", { full = 0.3 }),
}
polder.rule {
  name = "themes", max = 10,
  measure = polder.overlap("demand.themes", "solution.themes", { as = "jaccard" }),
}

polder.rule {
  name = "dual-use", on = "solution", max = 10,
  needs = { solution = { "civil_use", "military_use" } },
  score = function(solution)
    local civil, military = solution.civil_use, solution.military_use
    if not civil and not military then return nil, "gebruik niet beschreven" end
    return 5 * min(1, #(civil or "") / 80) + 5 * min(1, #(military or "") / 80), "zo ver het gebruik beschreven is"
  end,
}

polder.rule {
  name = "trl-margin", on = "pair", max = 10,
  needs = { solution = { "trl" }, demand = { "trl_min" } },
  score = function(solution, demand)
    local trl, least = solution.trl, demand.trl_min
    if not trl or not least then return nil, "rijpheid niet opgegeven" end
    return min(10, 6 + 2 * (trl - least)), "rijpheid boven de ondergrens"
  end,
}

polder.scorecard {
  name = "measured",
  gates = { "min-trl", "region-limits" },
  rules = {
    ["budget"] = 2, ["delivery"] = 1, ["distance"] = 1.5, ["dual-use"] = 1, ["technologies"] = 3, ["text"] = 4,
    ["themes"] = 2, ["trl-margin"] = 1,
  },
}

polder.scorecard { name = "nearby", extends = "measured", gates = { "nearby" } }
