-- Indicators: growth, share, per inhabitant, budgets, expiry, and what is not known. Basis: README.md.
local test = require "polder.test"
local dutch = require "dutch"
local expiry = require "expiry"
local money = require "money"
local series = require "series"

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

test.case("growth is from a year before, and not known where either is not", function()
  local s = series.make(observed "a 2023 100 a 2024 110 a 2026 50 b 2023 0 b 2024 5", "year")
  test.near(series.growth(s, "region/a", "2024"), 0.1, 1e-12)
  test.is_nil(series.growth(s, "region/a", "2023"))
  test.is_nil(series.growth(s, "region/a", "2026"))
  test.is_nil(series.growth(s, "region/b", "2024")) -- from nothing
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
  test.is_nil(series.mean_growth(series.make(observed "a 2022 100", "year"), "region/a"))
end)

test.case("a share is of the whole, and not known while the whole is not", function()
  local s = series.make(observed "a 2024 30 b 2024 70 a 2025 30 b 2026 1", "year")
  test.near(series.share(s, "region/a", "2024"), 0.3, 1e-12)
  test.is_nil(series.share(s, "region/a", "2025"))
end)

test.case("per inhabitant takes the nearest year, and says which", function()
  local s = series.make(observed "a 2025 50 b 2025 1", "year")
  local people = series.make(observed "a 2020 1 a 2024 200000", "year")
  local per, year = series.per_inhabitant(s, "region/a", "2025", people)
  test.near(per, 25, 1e-12)
  test.equal(year, "2024")
  test.is_nil((series.per_inhabitant(s, "region/b", "2025", people)))
end)

test.case("of two values for one place and time one counts, and it is told", function()
  local s = series.make(observed "a 2025 1 a 2025 2", "year")
  test.equal(series.value(s, "region/a", "2025"), 1)
  test.equal(#s.doubled, 1)
end)

local function investment(amount, status, more)
  local record = { amount = { amount = amount, currency = "EUR" }, status = status, programme = "programme/p" }
  for key, value in pairs(more or {}) do record[key] = value end
  return record
end

test.case("a budget is used by what is committed or paid, not by proposals", function()
  local rows = money.against_budget(
    { investment(100, "proposed"), investment(200, "committed"), investment(50, "paid") },
    { { id = "programme/p", budget = { amount = 1000, currency = "EUR" } }, { id = "programme/empty" } })
  test.equal(#rows, 2)
  test.equal(rows[1].key, "programme/empty")
  test.is_nil(rows[1].used)
  test.near(rows[2].used, 0.25, 1e-12)
  test.equal(rows[2].left, 750)
  test.ok(not rows[2].over)
  local small = { id = "programme/p", budget = { amount = 10, currency = "EUR" } }
  rows = money.against_budget({ investment(11, "paid") }, { small })
  test.ok(rows[1].over)
end)

test.case("currencies are not added; two themes count in full each", function()
  local rows = money.sums({
    investment(10, "paid", { themes = { "a", "b" } }), investment(5, "paid", { themes = { "a" } }),
    investment(7, "paid", { amount = { amount = 7, currency = "USD" }, themes = { "a" } }), investment(3, "paid"),
  }, "theme")
  local text = {}
  for n, row in ipairs(rows) do text[n] = ("%s %s %d"):format(row.key, row.currency, row.paid) end
  test.equal(text, { " EUR 3", "a EUR 15", "a USD 7", "b EUR 10" })
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

test.case("numbers, money and dates are written in Dutch", function()
  test.equal(dutch.number(1234567.891, 2), "1.234.567,89")
  test.equal(dutch.number(-1234), "-1.234")
  test.equal(dutch.plain(12.5), "12,5")
  test.equal(dutch.count(1, "dag", "dagen") .. ", " .. dutch.count(2, "dag", "dagen"), "1 dag, 2 dagen")
  test.equal(dutch.plain(1000), "1.000")
  test.equal(dutch.share(0.256), "25,6 %")
  test.equal(dutch.growth(0.1), "+10,0 %")
  test.equal(dutch.money(1200, "EUR"), "€ 1.200")
  test.equal(dutch.date "2026-02-23", "23 februari 2026")
  test.equal(dutch.number(nil), "onbekend")
end)
