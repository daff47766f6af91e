-- Calendars that mail programs and telephones read. Basis: RFC 5545 (iCalendar): 3.1 folding, 3.3.11 texts, 3.6.1
-- events.
local ics = {}

local OCTETS <const> = 75

local function escape(text)
  return (text:gsub("[\\;,]", "\\%0"):gsub("\r?\n", "\\n"):gsub("%c", " "))
end

-- A line end goes between characters, never inside one.
local function fold(line)
  local parts, from, room = {}, 1, OCTETS
  while #line - from + 1 > room do
    local to = from + room
    while line:byte(to) & 0xC0 == 0x80 do to = to - 1 end
    parts[#parts + 1] = line:sub(from, to - 1)
    from, room = to, OCTETS - 1
  end
  parts[#parts + 1] = line:sub(from)
  return table.concat(parts, "\r\n ") .. "\r\n"
end

-- Days since 1970-01-01 of a proleptic Gregorian date, and back (Hinnant's algorithms).
local function days_of(year, month, day)
  if month <= 2 then year = year - 1 end
  local era = year // 400
  local of_era = year - era * 400
  local of_year = (153 * (month + (month > 2 and -3 or 9)) + 2) // 5 + day - 1
  return era * 146097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year - 719468
end

local function date_of(days)
  days = days + 719468
  local era = days // 146097
  local of_era = days - era * 146097
  local year = (of_era - of_era // 1460 + of_era // 36524 - of_era // 146096) // 365
  local of_year = of_era - (365 * year + year // 4 - year // 100)
  local shifted = (5 * of_year + 2) // 153
  local day = of_year - (153 * shifted + 2) // 5 + 1
  local month = shifted < 10 and shifted + 3 or shifted - 9
  return year + era * 400 + (month <= 2 and 1 or 0), month, day
end

-- Seconds since 1970 of an RFC 3339 time.
function ics.seconds(text)
  local y, mo, d, h, mi, s, zone = text:match "^(%d+)%-(%d+)%-(%d+)T(%d+):(%d+):(%d+)[.%d]*(.+)$"
  if not y then return nil end
  local whole = math.tointeger
  local seconds = days_of(whole(y), whole(mo), whole(d)) * 86400 + whole(h) * 3600 + whole(mi) * 60 + whole(s)
  local sign, zh, zm = zone:match "^([+-])(%d+):(%d+)$"
  if not sign then return seconds end
  return seconds - (sign == "+" and 1 or -1) * (whole(zh) * 3600 + whole(zm) * 60)
end

local function parts(seconds)
  local y, mo, d = date_of(seconds // 86400)
  local rest = seconds % 86400
  return y, mo, d, rest // 3600, rest // 60 % 60, rest % 60
end

-- "2027-03-18T08:25:00Z"
function ics.time(seconds)
  return ("%04d-%02d-%02dT%02d:%02d:%02dZ"):format(parts(seconds))
end

local function stamp(text)
  return ("%04d%02d%02dT%02d%02d%02dZ"):format(parts(ics.seconds(text)))
end

local function event(e, now)
  local lines = {
    "BEGIN:VEVENT", "UID:" .. escape(e.uid), "DTSTAMP:" .. stamp(now), "SEQUENCE:" .. (e.sequence or 0),
    "DTSTART:" .. stamp(e.starts), "DTEND:" .. stamp(e.ends), "SUMMARY:" .. escape(e.summary),
  }
  if e.where then lines[#lines + 1] = "LOCATION:" .. escape(e.where) end
  if e.text then lines[#lines + 1] = "DESCRIPTION:" .. escape(e.text) end
  lines[#lines + 1] = "STATUS:" .. (e.cancelled and "CANCELLED" or "CONFIRMED")
  lines[#lines + 1] = "END:VEVENT"
  return lines
end

-- events: list of { uid, starts, ends (RFC 3339), summary, where, text, sequence, cancelled }; `now` stamps them.
function ics.calendar(events, now)
  local out = {}
  local product <const> = "PRODID:-//Polder//matchmaking 1.0//NL"
  local head <const> = { "BEGIN:VCALENDAR", "VERSION:2.0", product, "METHOD:PUBLISH" }
  for _, line in ipairs(head) do out[#out + 1] = fold(line) end
  for _, e in ipairs(events) do
    for _, line in ipairs(event(e, now)) do out[#out + 1] = fold(line) end
  end
  out[#out + 1] = fold "END:VCALENDAR"
  return table.concat(out)
end

return ics
