-- Checks on money: a programme's budget is divided once, within its term, and an investment is charged where it
-- belongs. They hold in whatever order records come. Spending more than a part of a budget is no mistake of a record:
-- it is kept, and `polder indicators` tells. Basis: budgets and allotments (kinds/indicators.lua).
local polder = require "polder"
local check = require "checks.check"
local words = require "words"

local function all(kind, field, id)
  return polder.query { kind = kind, where = ("%s == \"%s\""):format(field, id), limit = "all" }
end

local function has(list, item)
  for _, one in ipairs(list or {}) do
    if one == item then return true end
  end
  return false
end

-- The reason against an allotment that does not lie within its programme.
local function outside(allotment, programme)
  local regions = programme.regions or {}
  if allotment.region and #regions > 0 and not has(regions, allotment.region) then
    return ("is voor %s, en %s werkt daar niet"):format(allotment.region, programme.id)
  end
  local first, last = allotment.starts or allotment.ends, allotment.ends or allotment.starts
  if first and programme.starts and first < programme.starts then
    return ("begint op %s, en het programma op %s"):format(words.date(first), words.date(programme.starts))
  end
  if last and programme.ends and last > programme.ends then
    return ("eindigt op %s, en het programma op %s"):format(words.date(last), words.date(programme.ends))
  end
end

-- The reason against a sum of allotments.
local function too_much(budget, sum)
  if not budget then return ("heeft geen budget, en er is %s van toegedeeld"):format(words.money(sum)) end
  if sum <= budget.amount then return nil end
  return ("heeft een budget van %s, en toegedeeld is dan %s"):format(words.money(budget.amount), words.money(sum))
end

-- The reason against an investment that is charged to this allotment.
local function misfit(investment, allotment)
  if investment.programme ~= allotment.programme then
    return ("is van %s, en %s van %s"):format(investment.programme or "geen programma", allotment.id,
      allotment.programme)
  end
  if investment.region and allotment.region and investment.region ~= allotment.region then
    return ("is voor %s, en %s voor %s"):format(investment.region, allotment.id, allotment.region)
  end
  local date = investment.date
  if date and allotment.starts and date < allotment.starts then
    return ("is van %s, en %s begint op %s"):format(words.date(date), allotment.id, words.date(allotment.starts))
  end
  if date and allotment.ends and date > allotment.ends then
    return ("is van %s, en %s eindigt op %s"):format(words.date(date), allotment.id, words.date(allotment.ends))
  end
end

polder.check(check("programme-term", "programme", "Looptijd van een programma", "Term of a programme", function(p)
  if p.starts and p.ends and p.ends < p.starts then return "eindigt vóór het begint" end
end))

polder.check(check("programme-budget", "programme", "Budget van een programma", "Budget of a programme", function(p, id)
  if p.budget and p.budget.amount < 0 then return "een budget is niet lager dan 0" end
  local sum, allotments = 0, all("allotment", "programme", id)
  if #allotments == 0 then return nil end
  for _, allotment in ipairs(allotments) do
    local reason = outside(allotment, p)
    if reason then return allotment.id .. " " .. reason end
    sum = sum + allotment.amount.amount
  end
  return too_much(p.budget, sum)
end))

polder.check(check("allotment", "allotment", "Een toedeling zelf", "An allotment itself", function(allotment)
  local amount = allotment.amount
  if amount.amount <= 0 then return "een toedeling is hoger dan 0" end
  if not allotment.theme and not allotment.region then return "noem een thema of een regio waarvoor het is" end
  if allotment.starts and allotment.ends and allotment.ends < allotment.starts then return "eindigt vóór het begint" end
end))

polder.check(check("allotment-programme", "allotment", "Binnen het programma", "Within the programme", function(a, id)
  local programme = polder.get(a.programme)
  if not programme then return nil end -- when it comes it is held against what is allotted of it
  local sum = a.amount.amount
  for _, other in ipairs(all("allotment", "programme", programme.id)) do
    if other.id ~= id then sum = sum + other.amount.amount end
  end
  local reason = too_much(programme.budget, sum)
  return reason and programme.id .. " " .. reason or outside(a, programme)
end))

polder.check(check("allotment-charged", "allotment", "Wat ten laste komt", "What is charged to it", function(a, id)
  for _, investment in ipairs(all("investment", "allotment", id)) do
    local reason = misfit(investment, a)
    if reason then return ("%s %s"):format(investment.id, reason) end
  end
end))

polder.check(check("investment-charged", "investment", "Ten laste van", "Charged to", function(investment)
  local allotment = investment.allotment and polder.get(investment.allotment)
  return allotment and misfit(investment, allotment) or nil
end))
