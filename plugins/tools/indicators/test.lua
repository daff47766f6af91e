-- Indicators: growth, share, per inhabitant, what a unit forbids, budgets, expiry, what is not known. Basis: README.md.
local test = require "polder.test"
local budgets = require "budgets"
local expiry = require "expiry"
local figures = require "figures"
local quantity = require "quantity"
local series = require "series"
local written = require "written"

local nl, en = written.new "nl", written.new "en"

local function observed(text)
  local list = {}
  for region, period, value in text:gmatch "(%w+) ([%w%-]+) (%-?[%d.]+)" do
    list[#list + 1] = {
      id = ("observation/%s-%s-%d"):format(region, period, #list), region = "region/" .. region, period = period,
      value = tonumber(value),
    }
  end
  return list
end

-- value, or nil and the reason: as one text.
local function said(value, reason)
  return value and ("%.4g"):format(value) or reason
end

test.case("growth is from a year before, and not known where either is not", function()
  local s = series.make(observed "a 2023 100 a 2024 110 a 2026 50 b 2023 0 b 2024 5", "year")
  test.equal(said(series.growth(s, "region/a", "2024")), "0.1")
  test.equal(said(series.growth(s, "region/a", "2023")), "no_before")
  test.equal(said(series.growth(s, "region/a", "2026")), "no_before")
  test.equal(said(series.growth(s, "region/b", "2024")), "from_nothing")
  test.equal(said(series.growth(s, "region/a", "2026", "2023")), "-0.5")
end)

test.case("quarters and months grow from the same one of a year before", function()
  local s = series.make(observed "a 2024-Q3 10 a 2025-Q2 99 a 2025-Q3 15 a 2025 7", "quarter")
  test.near(series.growth(s, "region/a", "2025-Q3"), 0.5, 1e-12)
  test.equal(s.periods, { "2024-Q3", "2025-Q2", "2025-Q3" })
  test.equal(series.year_before "2025-03", "2024-03")
end)

test.case("mean growth is by the year, over what is known", function()
  local s = series.make(observed "a 2022 100 a 2025 133.1", "year")
  test.near(series.mean_growth(s, "region/a"), 0.1, 1e-9)
  test.equal(said(series.mean_growth(series.make(observed "a 2022 100", "year"), "region/a")), "no_before")
  s = series.make(observed "a 2024-Q1 100 a 2025-Q3 130", "quarter") -- no whole years apart
  test.equal(said(series.mean_growth(s, "region/a")), "no_before")
end)

test.case("a share is of the whole, and not known while the whole is not", function()
  local s = series.make(observed "a 2023 -1 b 2023 2 a 2024 30 b 2024 70 a 2025 30 b 2026 1", "year")
  test.equal(said(series.share(s, "region/a", "2024")), "0.3")
  test.equal(said(series.share(s, "region/a", "2025")), "not_whole")
  test.equal(said(series.share(s, "region/b", "2023")), "below_nothing")
  test.equal(said(series.share(s, "", "2024")), "no_region")
  test.equal(said(series.share(s, "region/a", "2024", true)), "overlap")
  test.equal(said(series.share(series.make(observed "a 2024 30", "year"), "region/a", "2024")), "alone")
end)

test.case("regions overlap when one lies in another", function()
  test.ok(series.overlap { { "NL34" }, { "NL21", "NL342" } })
  test.ok(not series.overlap { { "NL34" }, { "NL21", "NL22" } })
end)

test.case("per inhabitant takes the same region and the nearest year, and says which", function()
  local s = series.make(observed "a 2025 50 a 2020 2 b 2025 1", "year")
  local people = series.make(observed "a 2020 100000 a 2024 200000", "year")
  local per, by = series.per_inhabitant(s, "region/a", "2025", people)
  test.near(per, 25, 1e-12)
  test.equal(by.period, "2024")
  test.equal(select(2, series.per_inhabitant(s, "region/a", "2020", people)).period, "2020")
  test.equal(said(series.per_inhabitant(s, "region/b", "2025", people)), "no_inhabitants")
end)

test.case("of two values for one place and time one counts; another unit does not; both are told", function()
  local list = observed "a 2025 1 a 2025 2 a 2024 9"
  list[3].unit = "duizend"
  local sheet = figures.sheet({ id = "indicator/x", unit = "aantal" }, list, "year", { observations = {} }, {})
  test.equal(series.value(sheet.series, "region/a", "2025"), 1)
  test.is_nil(series.value(sheet.series, "region/a", "2024"))
  test.equal(figures.not_counted(sheet, nl), {
    "Let op: observation/a-2025-1 telt niet mee, want observation/a-2025-0 is er ook.",
    "Let op: observation/a-2024-2 telt niet mee, want de eenheid is duizend en niet aantal.",
  })
end)

test.case("a unit says what is counted, and the record goes before its unit", function()
  for _, row in ipairs {
    { "aantal", "count" }, { "FTE", "count" }, { "EUR", "amount" }, { "miljoen euro", "amount" }, { "dagen", "ratio" },
    { "%", "share" }, { "procent", "share" }, { "% van de omzet", "share" }, { "index", "index" },
    { "2015 = 100", "index" }, { "euro per inwoner", "ratio" }, { "km/u", "ratio" },
  } do
    test.equal(quantity.of { unit = row[1] }, row[2], row[1])
  end
  test.is_nil(quantity.of { unit = "frambozen" })
  test.equal(quantity.of { unit = "dagen", quantity = "count" }, "count")
end)

-- What is computed of two regions over two years with inhabitants, by unit.
local function computed(unit)
  local people = { id = "indicator/people", observations = observed "a 2025 1000 b 2025 1000" }
  local sheet = figures.sheet({ id = "indicator/x", unit = unit }, observed "a 2024 40 b 2024 40 a 2025 50 b 2025 60",
    "year", people, { { id = "region/a", nuts = { "NL34" } }, { id = "region/b", nuts = { "NL32" } } })
  local f, list = figures.at(sheet, "region/a", "2025"), {}
  for _, name in ipairs { "growth", "difference", "share", "per" } do
    if f[name] then list[#list + 1] = ("%s %.4g"):format(name, f[name]) end
  end
  test.is_nil(next(f.why))
  return table.concat(list, ", ")
end

test.case("growth, share and per inhabitant only of what they say something about", function()
  test.equal(computed "aantal", "growth 0.25, share 0.4545, per 5000")
  test.equal(computed "EUR", "growth 0.25, share 0.4545, per 5000")
  test.equal(computed "dagen", "growth 0.25")
  test.equal(computed "%", "difference 10")
  test.equal(computed "index", "difference 10")
  test.equal(computed "frambozen", "growth 0.25")
end)

test.case("each refusal says why, in the language of the reader", function()
  local function first(unit, w) return quantity.refusals({ id = "indicator/x", unit = unit }, unit, w) end
  test.equal(#first("aantal", nl), 0)
  test.equal(#first("EUR", nl), 0)
  test.match(first("%", nl)[1], "^Geen groei in procenten: een aandeel .* procentpunten%.$")
  test.match(first("%", en)[1], "^No growth in per cent: a share .* percentage points%.$")
  test.match(first("index", nl)[1], "^Geen groei in procenten: een index .* punten%.$")
  test.match(first("%", nl)[2], "aandelen tellen niet op")
  test.match(first("dagen", en)[1], "means, medians and ratios don't add up")
  test.match(first("frambozen", nl)[2], "^Zeg het zo: polder put indicator/x quantity=count")
end)

test.case("what is left out is told once for each reason", function()
  local list = { { why = { growth = "no_before" } }, { why = { growth = "no_before", per = "itself" } } }
  test.equal(figures.left_out(list, nl), {
    "Geen getal per inwoner (1 keer): dit zijn de inwoners zelf.",
    "Geen groei (2 keer): de eerdere waarde is niet bekend.",
  })
  test.match(figures.left_out(list, en)[2], "^No number per inhabitant %(once%)")
end)

local function euro(amount) return { amount = amount, currency = "EUR" } end

local function investment(amount, status, more)
  local record = { amount = euro(amount), status = status, programme = "programme/p" }
  for key, value in pairs(more or {}) do record[key] = value end
  return record
end

-- Rows as text: "key: budget 10, used 3, left 7".
local function division(by, programmes, allotments, investments, wanted)
  local charges = budgets.charges(investments, programmes, allotments)
  local parts, list = budgets.parts(programmes, allotments), {}
  local rows = budgets.rows(budgets.where(parts, wanted or {}), budgets.where(charges, wanted or {}), by)
  for n, row in ipairs(rows) do
    local budget = row.budget and ("%.0f"):format(row.budget) or "none"
    list[n] = ("%s: %s, used %.0f%s"):format(row.key:match "[^/]*$", budget, row.used, row.over and ", over" or "")
  end
  return list, budgets.total(rows)
end

local PROGRAMMES <const> = {
  { id = "programme/p", budget = euro(1000), themes = { "a", "b" }, regions = { "region/x", "region/y" } },
  { id = "programme/q", budget = euro(100), themes = { "a" }, regions = { "region/x" } },
  { id = "programme/r" },
}
local ALLOTMENTS <const> = {
  { id = "allotment/a", programme = "programme/p", theme = "a", region = "region/y", amount = euro(300) },
  { id = "allotment/b", programme = "programme/p", theme = "b", amount = euro(200) },
}
local INVESTMENTS <const> = {
  investment(350, "paid", { allotment = "allotment/a", themes = { "a", "b" }, region = "region/y" }),
  investment(50, "committed", { themes = { "b" }, region = "region/x" }),
  investment(20, "committed", { themes = { "a", "b" } }),
  investment(70, "proposed", { themes = { "a" } }),
  investment(10, "paid", { programme = "programme/q" }),
}

test.case("a budget is used by what is committed or paid, and what lies over it shows", function()
  local rows = division("programme", PROGRAMMES, ALLOTMENTS, INVESTMENTS)
  test.equal(rows, { "p: 1000, used 420", "q: 100, used 10" })
  rows = division("programme", { { id = "programme/p", budget = euro(10) } }, {}, { investment(11, "paid") })
  test.equal(rows, { "p: 10, used 11, over" })
end)

test.case("a theme has what was allotted to it, and all of a programme of that theme only", function()
  test.equal(division("theme", PROGRAMMES, ALLOTMENTS, INVESTMENTS), {
    ": 500, used 0", "a: 400, used 360", "b: 200, used 50", "several: none, used 20",
  })
end)

test.case("a region has what was allotted to it, and all of a programme of that region only", function()
  test.equal(division("region", PROGRAMMES, ALLOTMENTS, INVESTMENTS), {
    ": 700, used 20", "x: 100, used 60", "y: 300, used 350, over",
  })
end)

test.case("every euro counts once: all divisions add up to the same", function()
  local totals = {}
  for n, by in ipairs { "programme", "theme", "region" } do
    local _, total = division(by, PROGRAMMES, ALLOTMENTS, INVESTMENTS)
    totals[n] = ("%.0f %.0f %.0f"):format(total[1].budget, total[1].used, total[1].proposed)
  end
  test.equal(totals, { "1100 430 70", "1100 430 70", "1100 430 70" })
end)

test.case("a theme in one region is held against what is for both", function()
  local rows = division("theme", PROGRAMMES, ALLOTMENTS, INVESTMENTS, { region = "region/y" })
  test.equal(rows, { "a: 300, used 350, over" })
end)

test.case("currencies are not added", function()
  local rows = division("theme", {}, {}, {
    investment(5, "paid", { themes = { "a" } }),
    investment(7, "paid", { amount = { amount = 7, currency = "USD" }, themes = { "a" } }), investment(3, "paid"),
  })
  test.equal(rows, { ": none, used 3", "a: none, used 5", "a: none, used 7" })
end)

test.case("agreements that end soon or have ended, and their successors", function()
  local found = expiry.find({
    { id = "agreement/a", valid_until = "2026-12-31" }, { id = "agreement/b", valid_until = "2026-01-01" },
    { id = "agreement/c", valid_until = "2030-01-01" }, { id = "agreement/d" },
    { id = "agreement/e", valid_until = "2026-06-01", status = "ended" },
    { id = "agreement/f", predecessor = { "agreement/b" } },
  }, "2026-11-24", 365)
  test.equal(#found.rows, 2)
  test.equal(found.rows[1].days, -327)
  test.equal(found.rows[1].successor, "agreement/f")
  test.equal(found.rows[2].days, 37)
  test.equal(found.open_ended, 2)
  test.equal(expiry.day "1970-01-01", 0)
  test.equal(expiry.day "2024-02-29" + 1, expiry.day "2024-03-01")
end)

test.case("numbers, money and dates are written in Dutch and in English", function()
  test.equal(nl:number(1234567.891, 2), "1.234.567,89")
  test.equal(nl:number(-1234), "-1.234")
  test.equal(nl:number(-0.04, 1), "0,0")
  test.equal(en:number(123456), "123,456")
  test.equal(nl:percentage(0.1234), "12,3%")
  test.equal(nl:change(0.1234), "+12,3%")
  test.equal(nl:money(1234.5, "EUR"), "€ 1.234,50")
  test.equal(en:money(1234.5, "EUR"), "€1,234.50")
  test.equal(nl:money(-1000, "EUR"), "€ -1.000")
  test.equal(en:money(-1000, "EUR"), "-€1,000")
  test.equal(nl:money(1000, "USD"), "USD 1.000")
  test.equal(nl:date "2026-02-23", "23 februari 2026")
  test.equal(en:date "2026-02-23", "23 February 2026")
  test.equal(nl:count(1, "dag", "dagen", "day", "days"), "1 dag")
end)

test.case("a column has as many decimals as its values need", function()
  test.equal(written.decimals { 1, 20 }, 0)
  test.equal(written.decimals { 1, 2.5 }, 1)
  test.equal(written.decimals { 2.25, 1 / 3 }, 2)
end)

test.case("a long sentence is broken between words", function()
  local text = written.wrap(("woord "):rep(30))
  for line in text:gmatch "[^\n]+" do test.ok(utf8.len(line) <= 80, line) end
  test.match(text, "\n  woord")
  test.equal(written.wrap(("x"):rep(75) .. " € 1.000"), ("x"):rep(75) .. "\n  € 1.000")
end)
