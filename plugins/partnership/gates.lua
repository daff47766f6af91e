-- National gates: what a demand insists on. Basis: the limits that the demand itself states, nothing else.
local polder = require "polder"

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
  gate = polder.member("solution.region", "demand.regions", { prefix = true }),
  reason = {
    full = "regio {value} valt binnen {terms}",
    none = "regio {value} valt buiten {other}",
    absent_demand = "de vraag staat open voor alle regio's",
    absent_solution = "regio niet opgegeven, terwijl de vraag regio's noemt",
  },
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

-- Open up to and including its last day.
polder.rule {
  name = "deadline",
  title = { nl = "Vraag nog open", en = "Demand still open" },
  gate = polder.dates("today", "demand.deadline", { curve = { { -1, 0 }, { 0, 1 } } }),
  reason = {
    full = "de vraag is open tot en met {other}",
    none = "de vraag sloot op {other}",
    absent_demand = "de vraag heeft geen sluitdatum",
  },
}
