-- National gates: what a demand insists on. Basis: the limits that the demand itself states, nothing else.
local polder = require "polder"
local words = require "words"

-- TRL is the supplier's own, easily given figure: who leaves it out can't be held against a lower limit.
polder.rule {
  name = "min-trl",
  title = { nl = "Rijp genoeg", en = "Mature enough" },
  gate = polder.number("solution.trl", { at_least = "demand.trl_min" }),
  reason = {
    full = "TRL {value}, gevraagd is minstens {other}",
    none = "TRL {value}, gevraagd is minstens {other}",
    absent_demand = "de vraag stelt geen ondergrens aan de rijpheid",
    absent_solution = "rijpheid niet opgegeven, gevraagd is minstens TRL {other}",
  },
}

-- A NUTS code lies within another that it begins with: NL342 in NL34.
polder.rule {
  name = "region-limits",
  title = { nl = "Uit de gevraagde regio", en = "From a region asked for" },
  on = "pair",
  needs = { solution = { "region" }, demand = { "regions" } },
  gate = function(solution, demand)
    local region, asked = solution.region, demand.regions
    if #asked == 0 then return true, "de vraag staat open voor alle regio's" end
    if not region then return false, "regio niet opgegeven, terwijl de vraag regio's noemt" end
    for _, code in ipairs(asked) do
      if region:sub(1, #code) == code then return true, ("regio %s valt binnen %s"):format(region, code) end
    end
    return false, ("regio %s valt buiten %s"):format(region, table.concat(asked, ", "))
  end,
}

-- Unlike TRL, a delivery time depends on the order: an unknown one is a question to ask, not a no.
polder.rule {
  name = "delivery-limit",
  title = { nl = "Op tijd te leveren", en = "Can be delivered in time" },
  gate = polder.number("solution.delivery_days", { at_most = "demand.delivery_days_max", without = { solution = 1 } }),
  reason = {
    full = "levert in {value dag|dagen}, uiterlijk gevraagd {other dag|dagen}",
    none = "levert in {value dag|dagen}, uiterlijk gevraagd {other dag|dagen}",
    absent_demand = "de vraag noemt geen uiterste levertijd",
    absent_solution = "levertijd niet opgegeven: navragen",
  },
}

-- ISO dates compare as text.
polder.rule {
  name = "deadline",
  title = { nl = "Vraag nog open", en = "Demand still open" },
  on = "demand",
  needs = { demand = { "deadline" } },
  gate = function(demand, ctx)
    local deadline = demand.deadline
    if not deadline then return true, "de vraag heeft geen sluitdatum" end
    if ctx.today > deadline then return false, "de vraag sloot op " .. words.date(deadline) end
    return true, "de vraag is open tot en met " .. words.date(deadline)
  end,
}
