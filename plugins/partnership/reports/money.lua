-- What of the programmes' money is for a region, and what went there. Basis: the allotments of budgets; the same euros
-- as `polder indicators investments by=region` tells.
local data = require "reports.data"

local money = {}

local function only(list)
  return list and #list == 1 and list[1] or nil
end

-- { programmes, allotments, investments }, and by id.
function money.read()
  local m = { by_id = {} }
  for _, kind in ipairs { "programme", "allotment", "investment" } do
    m[kind .. "s"] = data.all(kind, nil, kind == "investment" and "date" or nil)
    for _, record in ipairs(m[kind .. "s"]) do m.by_id[record.id] = record end
  end
  return m
end

-- In euros: all of a programme that works in this region only, and what the others allotted to it.
function money.budget(m, region)
  local sum = 0
  for _, programme in ipairs(m.programmes) do
    if only(programme.regions) == region then sum = sum + data.euros({ programme }, "budget") end
  end
  for _, allotment in ipairs(m.allotments) do
    local programme = m.by_id[allotment.programme]
    local apart = programme and not only(programme.regions)
    if apart and allotment.region == region then sum = sum + data.euros({ allotment }, "amount") end
  end
  return sum
end

-- In euros: of all programmes, each once.
function money.budget_of_all(m)
  return data.euros(m.programmes, "budget")
end

-- The investments in a region: by their allotment, by themselves, or by a programme that works in one region only.
function money.investments(m, region)
  return data.where(m.investments, function(investment)
    local allotment = m.by_id[investment.allotment or ""] or {}
    local programme = m.by_id[investment.programme or ""] or {}
    return (allotment.region or investment.region or only(programme.regions)) == region
  end)
end

-- In euros: committed or paid of these.
function money.used(investments)
  return data.euros(data.where(investments, function(investment)
    return investment.status == "committed" or investment.status == "paid"
  end), "amount")
end

return money
