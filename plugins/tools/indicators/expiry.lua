-- Agreements that end. Works on records only. Basis: `valid_until` is the last day on which an agreement holds; a
-- successor names it in `predecessor`.
local expiry = {}

-- Days since 1970-01-01 of an ISO date (Hinnant's algorithm).
function expiry.day(iso)
  local y, m, d = (iso or ""):match "^(%d%d%d%d)%-(%d%d)%-(%d%d)"
  if not y then return nil end
  y, m, d = math.tointeger(tonumber(y)), math.tointeger(tonumber(m)), math.tointeger(tonumber(d))
  if m <= 2 then y = y - 1 end
  local era = y // 400
  local of_era = y - era * 400
  local of_year = (153 * (m + (m > 2 and -3 or 9)) + 2) // 5 + d - 1
  return era * 146097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year - 719468
end

local CLOSED <const> = { ended = true, in_preparation = true }

-- { rows = { agreement, days, successor }, soonest first; open_ended = number without an end date }
function expiry.find(agreements, today, within)
  local found, successor = { rows = {}, open_ended = 0 }, {}
  for _, agreement in ipairs(agreements) do
    for _, before in ipairs(agreement.predecessor or {}) do successor[before] = agreement.id end
  end
  for _, agreement in ipairs(agreements) do
    local last = expiry.day(agreement.valid_until)
    if not CLOSED[agreement.status or ""] then
      local days = last and last - expiry.day(today)
      if not last then
        found.open_ended = found.open_ended + 1
      elseif days <= within then
        table.insert(found.rows, { agreement = agreement, days = days, successor = successor[agreement.id] })
      end
    end
  end
  table.sort(found.rows, function(a, b)
    return a.days < b.days or a.days == b.days and a.agreement.id < b.agreement.id
  end)
  return found
end

return expiry
