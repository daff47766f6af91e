-- National rules: how well a solution fits a demand. Basis: the aims of the agreements of February 2026 (dual use;
-- safety, human-technology interaction, sustainable digital society). Points and weights are illustrative.
local polder = require "polder"
local budget = require "budget"
local terms = require "terms"
local words = require "words"

-- A narrower term answers what is asked whole, the wider field it belongs to half.
local function answered(field, list)
  return polder.overlap("demand." .. field, "solution." .. field, {
    parents = terms.parents(list),
    wider = 0.5,
    titles = terms.titles(list),
  })
end

local function found(what)
  local some = "{found} van {asked} gevraagde " .. what .. ": {terms}"
  return {
    full = some,
    part = some,
    none = "sluit aan bij geen van de {asked} gevraagde " .. what,
    absent_demand = "de vraag noemt geen " .. what,
    absent_solution = "de oplossing noemt geen " .. what,
  }
end

polder.rule {
  name = "technologies",
  title = { nl = "Technologieën", en = "Technologies" },
  max = 10,
  measure = answered("technologies", terms.technologies),
  reason = found "technologieën",
}

polder.rule {
  name = "themes",
  title = { nl = "Thema's", en = "Themes" },
  max = 10,
  measure = answered("themes", terms.themes),
  reason = found "thema's",
}

-- The title says what a demand is about: its words count three times. Never title against title: a firm may have
-- copied it.
local QUERY <const> = { ["demand.title"] = 3, ["demand.description"] = 1 }
local NONE <const> = "de omschrijving deelt geen woorden met de vraag"

polder.rule {
  name = "text",
  title = { nl = "Omschrijving", en = "Description" },
  max = 10,
  measure = polder.text(QUERY, "solution.description", { full = polder.settings.text_full }),
  reason = {
    full = "de omschrijving komt sterk overeen met de vraag: {terms}",
    part = "de omschrijving deelt met de vraag: {terms}",
    none = NONE,
    absent_demand = "de vraag heeft geen omschrijving",
    absent_solution = "de oplossing heeft geen omschrijving",
  },
}

-- Ranks as plain text search does: nothing is cut off.
polder.rule {
  name = "text-match",
  title = { nl = "Alleen tekst", en = "Text alone" },
  max = 1,
  measure = polder.text(QUERY, "solution.description"),
  reason = {
    part = "tekstgelijkenis {share}: {terms}",
    none = NONE,
    absent_demand = "de vraag heeft geen omschrijving",
    absent_solution = "de oplossing heeft geen omschrijving",
  },
}

polder.rule {
  name = "trl-margin",
  title = { nl = "Rijpheid boven de ondergrens", en = "Readiness above the limit" },
  max = 10,
  -- 6 points at the limit itself, 10 from two levels above it.
  measure = polder.number("solution.trl", {
    of = "difference",
    with = "demand.trl_min",
    curve = { { -1, 0 }, { 0, 0.6 }, { 2, 1 } },
  }),
  reason = {
    full = "TRL {value}, ruim boven de gevraagde {other}",
    part = "TRL {value}, gevraagd is minstens {other}",
    none = "TRL {value} ligt onder de gevraagde {other}",
    absent_demand = "de vraag stelt geen ondergrens aan de rijpheid",
    absent_solution = "rijpheid niet opgegeven",
  },
}

-- What is measured is the evidence, so none is 0 points: else a firm would gain by leaving its answers out.
polder.rule {
  name = "dual-use",
  title = { nl = "Civiel en militair bruikbaar", en = "Dual use" },
  on = "solution",
  max = 10,
  needs = { solution = { "civil_use", "military_use" } },
  score = function(solution)
    local civil, military = solution.civil_use, solution.military_use
    if civil and military then return 10, "civiel en militair gebruik zijn allebei beschreven" end
    if civil then return 4, "alleen civiel gebruik is beschreven" end
    if military then return 4, "alleen militair gebruik is beschreven" end
    return 0, "civiel noch militair gebruik is beschreven"
  end,
}

polder.rule {
  name = "delivery",
  title = { nl = "Levertijd", en = "Delivery time" },
  on = "pair",
  max = 10,
  needs = { solution = { "delivery_days" }, demand = { "delivery_days_max" } },
  score = function(solution, demand, ctx)
    local days, most = solution.delivery_days, demand.delivery_days_max
    if not days then return nil, "levertijd niet opgegeven" end
    local soon = most and most / 2 or ctx.settings.soon_days
    local reason = "levert in " .. words.days(days)
    if most then reason = reason .. ", uiterlijk gevraagd " .. words.days(most) end
    if days <= soon then return 10, reason end
    return 10 * soon / days, reason
  end,
}

polder.rule {
  name = "budget",
  title = { nl = "Past in het budget", en = "Fits the budget" },
  max = 10,
  measure = budget.fit(polder.settings.budget_reach),
  reason = {
    full = "kost {value} bij een budget van {other}",
    part = "kost {value} bij een budget van {other}",
    none = "kost {value} bij een budget van {other}",
    absent_demand = "de vraag noemt geen budget",
    absent_solution = "prijs niet opgegeven",
    unlike = "een prijs van {value} is niet te vergelijken met een budget van {other}",
  },
}

polder.rule {
  name = "certificates",
  title = { nl = "Certificaten", en = "Certificates" },
  max = 10,
  measure = polder.overlap("demand.certificates", "solution.certificates", { without = { solution = 0 } }),
  reason = {
    full = "heeft alle gevraagde certificaten: {terms}",
    part = "mist {missing}",
    none = "mist {missing}",
    absent_demand = "de vraag eist geen certificaten",
    absent_solution = "mist {missing}",
  },
}
