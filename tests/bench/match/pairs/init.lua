-- The benchmark's card with eight rules in Lua that are all asked of pairs, also delivery and dual-use, which look at a
-- solution alone. Basis: none, all is made up.
local polder = require "polder"
local min <const> = math.min

polder.rule {
  name = "delivery", on = "pair", max = 10,
  needs = { solution = { "delivery_days" } },
  score = function(solution)
    local days = solution.delivery_days
    if not days then return nil, "levertijd niet opgegeven" end
    if days <= 90 then return 10, "levert binnen 90 dagen" end
    return 10 * (90 / days), "levert later dan in 90 dagen"
  end,
}

polder.rule {
  name = "dual-use", on = "pair", max = 10,
  needs = { solution = { "civil_use", "military_use" } },
  score = function(solution)
    local civil, military = solution.civil_use, solution.military_use
    if not civil and not military then return nil, "gebruik niet beschreven" end
    return 5 * min(1, #(civil or "") / 80) + 5 * min(1, #(military or "") / 80), "zo ver het gebruik beschreven is"
  end,
}

polder.scorecard {
  name = "pairs", extends = "bench/bench",
  rules = { ["bench/delivery"] = 0, ["bench/dual-use"] = 0, ["delivery"] = 1, ["dual-use"] = 1 },
}
