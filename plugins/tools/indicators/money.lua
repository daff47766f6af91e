-- Investments against budgets: by programme, theme and region. Works on records only. Basis: an investment that is only
-- proposed takes nothing of a budget yet; amounts in different currencies are never added.
local money = {}

-- An investment of two themes counts in full for each: sums over themes are more than the whole, and say so.
local function groups_of(investment, by)
  if by == "theme" then return investment.themes and #investment.themes > 0 and investment.themes or { "" } end
  return { investment[by] or "" }
end

local function new_row(key, currency)
  return { key = key, currency = currency, proposed = 0, committed = 0, paid = 0, count = 0 }
end

-- Rows by key, then currency: { key, currency, proposed, committed, paid, count }.
function money.sums(investments, by)
  local rows, at = {}, {}
  for _, investment in ipairs(investments) do
    for _, key in ipairs(groups_of(investment, by)) do
      local currency = investment.amount.currency or "EUR"
      local id = key .. " " .. currency
      if not at[id] then
        at[id] = new_row(key, currency)
        rows[#rows + 1] = at[id]
      end
      local state = investment.status or "proposed"
      at[id][state] = at[id][state] + investment.amount.amount
      at[id].count = at[id].count + 1
    end
  end
  table.sort(rows, function(a, b) return a.key < b.key or a.key == b.key and a.currency < b.currency end)
  return rows
end

-- The same by programme, with its budget: also those without investments. `used` is the share committed or paid.
function money.against_budget(investments, programmes)
  local rows, has = money.sums(investments, "programme"), {}
  for _, row in ipairs(rows) do has[row.key .. " " .. row.currency] = row end
  for _, programme in ipairs(programmes) do
    local currency = programme.budget and programme.budget.currency or "EUR"
    local row = has[programme.id .. " " .. currency]
    if not row then
      row = new_row(programme.id, currency)
      rows[#rows + 1] = row
    end
    row.budget = programme.budget and programme.budget.amount
    if row.budget then
      row.left = row.budget - row.committed - row.paid
      row.used = row.budget > 0 and (row.committed + row.paid) / row.budget or nil
      row.over = row.left < 0
    end
  end
  table.sort(rows, function(a, b) return a.key < b.key or a.key == b.key and a.currency < b.currency end)
  return rows
end

return money
