-- Times of records (RFC 3339, with Z or an offset) as numbers that can be compared. Basis: RFC 3339, section 5.6.
local times = {}

-- Days since 1970-01-01 of a date (Hinnant's algorithm).
local function days(year, month, day)
  if month <= 2 then year = year - 1 end
  local era = year // 400
  local of_era = year - era * 400
  local of_year = (153 * (month + (month > 2 and -3 or 9)) + 2) // 5 + day - 1
  return era * 146097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year - 719468
end

-- Seconds since 1970; nil for what is no time.
function times.seconds(text)
  local y, mo, d, h, mi, s, zone = (text or ""):match "^(%d+)%-(%d+)%-(%d+)T(%d+):(%d+):(%d+)[.%d]*(.+)$"
  if not y then return nil end
  local whole = math.tointeger
  local seconds = days(whole(y), whole(mo), whole(d)) * 86400 + whole(h) * 3600 + whole(mi) * 60 + whole(s)
  local sign, zh, zm = zone:match "^([+-])(%d+):(%d+)$"
  if not sign then return seconds end
  return seconds - (sign == "+" and 1 or -1) * (whole(zh) * 3600 + whole(zm) * 60)
end

function times.before(a, b)
  local x, y = times.seconds(a), times.seconds(b)
  return x ~= nil and y ~= nil and x < y
end

return times
