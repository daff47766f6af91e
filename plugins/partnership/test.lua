-- The partnership: every gate, rule and outcome. Basis: what gates.lua and rules.lua say they do.
local test = require "polder.test"
local budget = require "budget"
local terms = require "terms"
local words = require "words"

-- Runs a rule or gate on one pair; `more` may hold settings and today.
local function run(name, solution, demand, more)
  local given = { solution = solution, demand = demand }
  for key, value in pairs(more or {}) do
    given[key] = value
  end
  return test.rule(name, given)
end

-- Each row: solution, demand, expected points or answer, a part of the reason.
local function all(name, rows, more)
  for i, row in ipairs(rows) do
    local got, reason = run(name, row[1], row[2], more)
    local place = ("row %d: %s, %s"):format(i, tostring(got), tostring(reason))
    if row[3] == "nil" then
      test.ok(got == nil, place)
    elseif type(row[3]) == "number" then
      test.ok(type(got) == "number" and math.abs(got - row[3]) < 1e-9, place)
    else
      test.ok(got == row[3], place)
    end
    test.ok(tostring(reason):find(row[4]) ~= nil, place)
  end
end

test.case("min-trl: a lower limit must be met and known to be met", function()
  all("min-trl", {
    { { trl = 3 }, {}, true, "geen ondergrens" },
    { {}, {}, true, "geen ondergrens" },
    { { trl = 6 }, { trl_min = 6 }, true, "TRL 6" },
    { { trl = 5 }, { trl_min = 6 }, false, "TRL 5, gevraagd is minstens 6" },
    { {}, { trl_min = 6 }, false, "niet opgegeven, gevraagd is minstens TRL 6" },
  })
end)

test.case("region-limits: a NUTS code lies within what it begins with", function()
  all("region-limits", {
    { {}, {}, true, "alle regio's" },
    { { region = "NL342" }, { regions = { "NL41", "NL34" } }, true, "NL342 valt binnen NL34" },
    { { region = "NL32" }, { regions = { "NL34" } }, false, "buiten NL34" },
    { { region = "NL3" }, { regions = { "NL34" } }, false, "buiten" },
    { {}, { regions = { "NL34" } }, false, "niet opgegeven" },
  })
end)

test.case("delivery-limit: too late is refused, unknown is asked", function()
  all("delivery-limit", {
    { { delivery_days = 400 }, {}, true, "geen uiterste levertijd" },
    { {}, { delivery_days_max = 90 }, true, "navragen" },
    { { delivery_days = 90 }, { delivery_days_max = 90 }, true, "90 dagen" },
    { { delivery_days = 91 }, { delivery_days_max = 90 }, false, "levert in 91 dagen" },
  })
end)

test.case("deadline: a demand is open up to and including its last day", function()
  local day = { today = "2026-11-24" }
  all("deadline", {
    { nil, {}, true, "geen sluitdatum" },
    { nil, { deadline = "2026-11-24" }, true, "tot en met 24 november 2026" },
    { nil, { deadline = "2026-11-23" }, false, "sloot op 23 november 2026" },
  }, day)
end)

test.case("technologies: the share that is answered; narrower counts whole, wider half", function()
  all("technologies", {
    { { technologies = { "drones", "radar" } }, { technologies = { "drones", "radar" } }, 10, "2 van 2" },
    { { technologies = { "computer_vision" } }, { technologies = { "artificial_intelligence" } }, 10, "kunstmatige" },
    { { technologies = { "uncrewed_systems" } }, { technologies = { "drones" } }, 5, "drones %(deels%)" },
    { { technologies = { "drones" } }, { technologies = { "drones", "quantum" } }, 5, "1 van 2" },
    { { technologies = { "medical" } }, { technologies = { "drones" } }, 0, "geen van de 1" },
    { { technologies = { "drones" } }, {}, "nil", "vraag noemt geen" },
    { {}, { technologies = { "drones" } }, "nil", "oplossing noemt geen" },
  })
end)

test.case("themes: the share that is answered", function()
  all("themes", {
    { { themes = { "cyber" } }, { themes = { "cyber" } }, 10, "digitale weerbaarheid" },
    { { themes = { "training" } }, { themes = { "human_technology_interaction", "cyber" } }, 5, "mens en technologie" },
    { { themes = { "safety" } }, { themes = { "critical_infrastructure" } }, 5, "deels" },
    { { themes = { "health" } }, { themes = { "logistics" } }, 0, "geen van de 1" },
    { { themes = { "cyber" } }, {}, "nil", "vraag noemt geen" },
    { {}, { themes = { "cyber" } }, "nil", "oplossing noemt geen" },
  })
end)

local QUESTION <const> = { title = "Drones bij de haven", description = "Een drone bewaakt schepen in de haven." }

test.case("text: shared words give points, none give 0, no description does not apply", function()
  local points = run("text", { description = "Deze drone bewaakt de haven en haar schepen." }, QUESTION)
  test.ok(points > 0, "shared words gave no points")
  all("text", {
    { { description = "Quantum clocks" }, QUESTION, 0, "geen woorden" },
    { { description = "Quantum clocks" }, {}, "nil", "vraag heeft geen omschrijving" },
    { {}, QUESTION, "nil", "geen omschrijving" },
  })
end)

test.case("text-match: likeness alone, with no description it does not apply", function()
  local likeness, reason = run("text-match", { description = "Deze drone bewaakt de haven." }, QUESTION)
  test.ok(likeness > 0, "shared words gave no likeness")
  test.match(reason, "tekstgelijkenis %d+%%: drone, haven en bewaakt")
  all("text-match", {
    { { description = "Quantum clocks" }, QUESTION, 0, "geen woorden" },
    { {}, QUESTION, "nil", "geen omschrijving" },
  })
end)

test.case("text-match: the title of a solution is not looked at", function()
  test.equal((run("text-match", { title = QUESTION.title, description = "Quantum clocks" }, QUESTION)), 0)
end)

test.case("trl-margin: more readiness, more points", function()
  all("trl-margin", {
    { { trl = 6 }, { trl_min = 6 }, 6, "minstens 6" },
    { { trl = 7 }, { trl_min = 6 }, 8, "TRL 7, gevraagd is minstens 6" },
    { { trl = 9 }, { trl_min = 4 }, 10, "ruim boven" },
    { { trl = 5 }, { trl_min = 6 }, 0, "onder" },
    { {}, { trl_min = 6 }, "nil", "niet opgegeven" },
    { { trl = 6 }, {}, "nil", "geen ondergrens" },
  })
end)

test.case("dual-use: evidence of both uses; leaving it out earns nothing", function()
  all("dual-use", {
    { { civil_use = "politie", military_use = "wacht" }, nil, 10, "allebei" },
    { { civil_use = "politie" }, nil, 4, "alleen civiel" },
    { { military_use = "wacht" }, nil, 4, "alleen militair" },
    { {}, nil, 0, "noch" },
  })
end)

test.case("delivery: half the term or sooner gets all points", function()
  all("delivery", {
    { { delivery_days = 45 }, { delivery_days_max = 90 }, 10, "levert in 45 dagen, uiterlijk gevraagd 90" },
    { { delivery_days = 90 }, { delivery_days_max = 90 }, 5, "90 dagen" },
    { { delivery_days = 0 }, { delivery_days_max = 0 }, 10, "0 dagen" },
    { { delivery_days = 90 }, {}, 10, "90 dagen" },
    { { delivery_days = 180 }, {}, 5, "180 dagen" },
    { {}, { delivery_days_max = 90 }, "nil", "niet opgegeven" },
  })
end)

test.case("delivery: the settings say what is soon when the demand does not", function()
  all("delivery", { { { delivery_days = 60 }, {}, 5, "60 dagen" } }, { settings = { soon_days = 30 } })
end)

local function euro(amount)
  return { amount = amount, currency = "EUR" }
end

test.case("budget: all points with room to spare, none far above", function()
  all("budget", {
    { { price = euro(80000) }, { budget = euro(100000) }, 10, "kost € 80.000 bij een budget van € 100.000" },
    { { price = euro(75000) }, { budget = euro(100000) }, 10, "75.000" },
    { { price = euro(90000) }, { budget = euro(100000) }, 7.5, "90.000" },
    { { price = euro(100000) }, { budget = euro(100000) }, 5, "100.000" },
    { { price = euro(125000) }, { budget = euro(100000) }, 2.5, "125.000" },
    { { price = euro(200000) }, { budget = euro(100000) }, 0, "200.000" },
    { {}, { budget = euro(100000) }, "nil", "prijs niet" },
    { { price = euro(1) }, {}, "nil", "geen budget" },
    { { price = euro(1) }, { budget = euro(0) }, "nil", "niet te vergelijken" },
    { { price = { amount = 1, currency = "USD" } }, { budget = euro(1) }, "nil", "niet te vergelijken" },
  })
end)

test.case("budget: the settings say how far above it points run out", function()
  local price, limit = { price = euro(125000) }, { budget = euro(100000) }
  test.near(budget.fit(1.5)(price, limit), 0.25)
  test.equal((budget.fit(1.25)(price, limit)), 0)
end)

test.case("certificates: the share that is held; what is missing is named", function()
  all("certificates", {
    { { certificates = { "CE", "IP67" } }, { certificates = { "IP67" } }, 10, "heeft alle" },
    { { certificates = { "CE" } }, { certificates = { "CE", "IP67" } }, 5, "mist IP67" },
    { {}, { certificates = { "CE", "IP67", "ATEX" } }, 0, "mist CE, IP67 en ATEX" },
    { { certificates = { "CE" } }, {}, "nil", "eist geen" },
  })
end)

test.case("words: days and dates read as in a council paper", function()
  test.equal(words.days(1), "1 dag")
  test.equal(words.date("2026-02-03"), "3 februari 2026")
  test.equal(words.date("binnenkort"), "binnenkort")
end)

test.case("terms: names are unique, titles given in both languages, parents exist", function()
  for _, list in ipairs { terms.technologies, terms.themes, terms.organisation_types } do
    local known = {}
    for _, term in ipairs(list) do
      test.ok(not known[term.name], term.name .. " stands twice")
      test.ok(term.nl and term.en, term.name .. " lacks a title")
      test.ok(not term.parent or known[term.parent], term.name .. " stands before its parent, or has none")
      known[term.name] = true
    end
  end
end)

test.case("codes: registers' own forms are accepted, others not", function()
  local codes = require "checks.codes"
  for _, row in ipairs {
    { codes.register_number, "12345678", true },
    { codes.register_number, "1234567", false },
    { codes.register_number, "12345678a", false },
    { codes.nuts, "NL", true },
    { codes.nuts, "NL34", true },
    { codes.nuts, "NL32B", true },
    { codes.nuts, "NL3421", false },
    { codes.nuts, "nl34", false },
    { codes.cpv, "35613000", true },
    { codes.cpv, "35613000-8", true },
    { codes.cpv, "3561300", false },
    { codes.period, "2025", true },
    { codes.period, "2025-Q4", true },
    { codes.period, "2025-12", true },
    { codes.period, "2025-Q5", false },
    { codes.period, "2025-13", false },
    { codes.period, "vorig jaar", false },
  } do
    test.equal(row[1](row[2]), row[3], row[2])
  end
  test.is_nil(codes.wrong(nil, codes.nuts))
  test.is_nil(codes.wrong({ "NL34" }, codes.nuts))
  test.equal(codes.wrong({ "NL34", "Zeeland" }, codes.nuts), "Zeeland")
end)

test.case("vocabularies: names are unique, titles given in both languages", function()
  for _, list in pairs(require "vocabularies") do
    local known = {}
    for _, term in ipairs(list) do
      test.ok(not known[term.name], term.name .. " stands twice")
      test.ok(term.nl and term.en, term.name .. " lacks a title")
      known[term.name] = true
    end
  end
end)
