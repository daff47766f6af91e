-- Investments against budgets, by programme, theme and region. Works on records only. Basis: every euro of a budget
-- and of an investment has one place in each division, so all three add up to the same; what is only proposed uses
-- nothing yet; amounts in different currencies are never added.
local budgets = {}

-- What has no place of its own in a division.
budgets.NONE = ""            -- names none
budgets.SEVERAL = "several"  -- an investment of several themes that no allotment decides between

local function only(list)
  return list and #list == 1 and list[1] or nil
end

-- Parts of budgets: { programme, theme, region, amount, currency, allotment }. An allotment is a part for a theme, a
-- region or both; what a programme has not allotted is a part too. A programme of one theme, or one region, is wholly
-- for that one.
function budgets.parts(programmes, allotments)
  local of, parts = {}, {}
  for _, allotment in ipairs(allotments) do
    of[allotment.programme] = of[allotment.programme] or {}
    table.insert(of[allotment.programme], allotment)
  end
  for _, programme in ipairs(programmes) do
    local theme, region = only(programme.themes), only(programme.regions)
    local budget, rest = programme.budget, programme.budget and programme.budget.amount
    local function add(part, amount)
      parts[#parts + 1] = {
        programme = programme.id, theme = part.theme or theme or budgets.NONE,
        region = part.region or region or budgets.NONE, amount = amount, currency = budget.currency,
        allotment = part.id and part or nil,
      }
    end
    for _, allotment in ipairs(budget and of[programme.id] or {}) do
      add(allotment, allotment.amount.amount)
      rest = rest - allotment.amount.amount
    end
    if budget and rest ~= 0 then add({}, rest) end
  end
  return parts
end

-- Investments at their one place: { programme, theme, region, state, amount, currency, date }: the one of the
-- allotment that an investment is charged to, else its own, else the programme's only one.
function budgets.charges(investments, programmes, allotments)
  local charges, by_id = {}, {}
  for _, list in ipairs { programmes, allotments } do
    for _, record in ipairs(list) do by_id[record.id] = record end
  end
  for n, investment in ipairs(investments) do
    local allotment, programme = by_id[investment.allotment or ""] or {}, by_id[investment.programme or ""] or {}
    local themes = investment.themes or {}
    charges[n] = {
      programme = investment.programme or budgets.NONE,
      theme = allotment.theme or only(themes) or only(programme.themes)
        or #themes > 1 and budgets.SEVERAL or budgets.NONE,
      region = allotment.region or investment.region or only(programme.regions) or budgets.NONE,
      state = investment.status or "proposed", amount = investment.amount.amount,
      currency = investment.amount.currency, date = investment.date,
    }
  end
  return charges
end

-- Those that have all of `wanted`, such as { region = "region/zeeland", year = 2026 }; only charges have a year.
function budgets.where(list, wanted)
  local kept = {}
  for _, one in ipairs(list) do
    local fits = not wanted.year or (one.date or ""):sub(1, 4) == ("%04d"):format(wanted.year)
    for _, field in ipairs { "programme", "theme", "region" } do
      fits = fits and (not wanted[field] or one[field] == wanted[field])
    end
    if fits then kept[#kept + 1] = one end
  end
  return kept
end

local function finish(row)
  row.used = row.committed + row.paid
  if row.budget then
    row.left = row.budget - row.used
    row.share = row.budget > 0 and row.used / row.budget or nil
    row.over = row.left < 0
  end
  return row
end

local function new_row(key, currency)
  return { key = key, currency = currency, proposed = 0, committed = 0, paid = 0, count = 0 }
end

-- Rows by key, then currency: { key, currency, budget (nil: none), used, left, share, over, proposed, committed,
-- paid, count }. `keys` have a row, in euros, also when nothing is theirs.
function budgets.rows(parts, charges, by, keys)
  local rows, at = {}, {}
  local function row_of(key, currency)
    local id = key .. " " .. currency
    if not at[id] then
      at[id] = new_row(key, currency)
      rows[#rows + 1] = at[id]
    end
    return at[id]
  end
  for _, part in ipairs(parts) do
    local row = row_of(part[by], part.currency)
    row.budget = (row.budget or 0) + part.amount
  end
  for _, charge in ipairs(charges) do
    local row = row_of(charge[by], charge.currency)
    row[charge.state] = row[charge.state] + charge.amount
    row.count = row.count + 1
  end
  local any = {}
  for _, row in ipairs(rows) do any[row.key] = true end
  for _, key in ipairs(keys or {}) do
    if not any[key] then row_of(key, "EUR") end
  end
  for _, row in ipairs(rows) do finish(row) end
  table.sort(rows, function(a, b) return a.key < b.key or a.key == b.key and a.currency < b.currency end)
  return rows
end

-- The sum of the rows, one for each currency.
function budgets.total(rows)
  local list, at = {}, {}
  for _, row in ipairs(rows) do
    local sum = at[row.currency]
    if not sum then
      sum = new_row("", row.currency)
      at[row.currency] = sum
      list[#list + 1] = sum
    end
    for _, field in ipairs { "proposed", "committed", "paid", "count" } do sum[field] = sum[field] + row[field] end
    if row.budget then sum.budget = (sum.budget or 0) + row.budget end
  end
  for _, sum in ipairs(list) do finish(sum) end
  table.sort(list, function(a, b) return a.currency < b.currency end)
  return list
end

return budgets
