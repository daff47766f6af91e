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

test.case("words: money has cents where there are any", function()
  test.equal(words.money(1234.5), "€ 1.234,50")
  test.equal(words.money(1000000), "€ 1.000.000")
  test.equal(words.money(-100), "€ -100")
end)

-- A record put beside `records`: the reason against it, or "fine". `found` is what queries find.
local function put(check, id, record, records, found)
  record.id = id
  local allowed, reason = test.check(check, { id = id, after = record, records = records, found = found or {} })
  return allowed and "fine" or reason
end

local PROGRAMME <const> = {
  budget = euro(1000), regions = { "region/zeeland" }, starts = "2025-01-01", ends = "2026-12-31",
}
local BESIDE <const> = {
  ["programme/p"] = PROGRAMME, ["programme/none"] = { title = "Zonder budget" },
  ["allotment/other"] = {
    programme = "programme/p", region = "region/zeeland", amount = euro(700), starts = "2025-01-01",
    ends = "2025-12-31",
  },
}

test.case("allotment: positive, for something, in a period", function()
  local function allot(more)
    local record = { programme = "programme/p", theme = "cyber", amount = euro(1) }
    for key, value in pairs(more) do record[key] = value end
    return put("allotment", "allotment/new", record, {})
  end
  test.equal(allot {}, "fine")
  test.match(allot { amount = euro(0) }, "hoger dan 0")
  test.match(allot { theme = false }, "noem een thema of een regio")
  test.match(allot { starts = "2026-02-01", ends = "2026-01-01" }, "eindigt vóór het begint")
end)

test.case("allotment-programme: together within the budget, the term and the regions", function()
  local function allot(amount, more)
    local record = { programme = "programme/p", theme = "cyber", amount = euro(amount) }
    for key, value in pairs(more or {}) do record[key] = value end
    return put("allotment-programme", "allotment/new", record, BESIDE, { "allotment/other" })
  end
  test.equal(allot(300), "fine")
  test.match(allot(301), "programme/p heeft een budget van € 1.000, en toegedeeld is dan € 1.001")
  test.equal(allot(9000, { programme = "programme/later" }), "fine")
  test.match(allot(1, { programme = "programme/none" }), "heeft geen budget")
  test.equal(allot(1, { starts = "2025-01-01", ends = "2026-12-31", region = "region/zeeland" }), "fine")
  test.match(allot(1, { region = "region/limburg" }), "is voor region/limburg, en programme/p werkt daar niet")
  test.match(allot(1, { starts = "2024-12-31" }), "begint op 31 december 2024, en het programma op 1 januari 2025")
  test.match(allot(1, { ends = "2027-01-01" }), "eindigt op 1 januari 2027, en het programma op")
end)

test.case("programme-budget: not below what is allotted of it, nor a term that leaves it out", function()
  local function programme(more)
    for key, value in pairs(PROGRAMME) do
      if more[key] == nil then more[key] = value end
    end
    return put("programme-budget", "programme/p", more, BESIDE, { "allotment/other" })
  end
  test.equal(programme { budget = euro(700) }, "fine")
  test.match(programme { budget = euro(699) }, "budget van € 699, en toegedeeld is dan € 700")
  test.match(programme { budget = false }, "geen budget, en er is € 700 van toegedeeld")
  test.match(programme { ends = "2025-06-30" }, "allotment/other eindigt op 31 december 2025, en het programma op 30")
  test.equal(put("programme-budget", "programme/p", { budget = euro(-1) }, {}), "een budget is niet lager dan 0")
end)

test.case("investment-charged: to an allotment of the same programme and region, in its period", function()
  local function invest(more)
    local record = { programme = "programme/p", allotment = "allotment/other", amount = euro(1), date = "2025-05-01" }
    for key, value in pairs(more) do record[key] = value end
    return put("investment-charged", "investment/new", record, BESIDE)
  end
  test.equal(invest {}, "fine")
  test.equal(invest { amount = euro(10000) }, "fine") -- too much is told, not refused
  test.equal(invest { allotment = false, programme = "programme/none" }, "fine")
  test.equal(invest { allotment = "allotment/later" }, "fine")
  test.match(invest { programme = "programme/none" }, "is van programme/none, en allotment/other van programme/p")
  test.match(invest { region = "region/limburg" }, "is voor region/limburg, en allotment/other voor region/zeeland")
  test.match(invest { date = "2026-01-01" }, "is van 1 januari 2026, en allotment/other eindigt op 31 december 2025")
  test.match(invest { date = "2024-01-01" }, "is van 1 januari 2024, en allotment/other begint op 1 januari 2025")
end)

test.case("allotment-charged: what is charged to it must still fit", function()
  local beside = {
    ["investment/i"] = {
      programme = "programme/p", allotment = "allotment/a", region = "region/zeeland", amount = euro(1),
      date = "2025-05-01",
    },
  }
  local function allot(more)
    more.programme = more.programme or "programme/p"
    return put("allotment-charged", "allotment/a", more, beside, { "investment/i" })
  end
  test.equal(allot { region = "region/zeeland" }, "fine")
  test.match(allot { region = "region/limburg" }, "investment/i is voor region/zeeland, en allotment/a voor")
  test.match(allot { starts = "2025-06-01" }, "investment/i is van 1 mei 2025, en allotment/a begint op 1 juni 2025")
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
