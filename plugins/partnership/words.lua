-- Dutch wording for reasons. Basis: how a council paper writes lists, days and euros.
local words = {}

-- {"a", "b", "c"} → "a, b en c"
function words.list(items)
  local n = #items
  if n < 2 then return items[1] or "" end
  return table.concat(items, ", ", 1, n - 1) .. " en " .. items[n]
end

-- 1 → "1 dag", 90 → "90 dagen"
function words.days(n)
  return ("%.0f %s"):format(n, n == 1 and "dag" or "dagen")
end

-- 1234500 → "€ 1.234.500": whole euros, with points between the thousands
function words.euro(amount)
  local digits = ("%.0f"):format(amount)
  local grouped = digits:reverse():gsub("(%d%d%d)", "%1."):reverse():gsub("^%.", "")
  return "€ " .. grouped
end

-- "2026-02-23" → "23 februari 2026"; any other text stays as it is
local MONTHS <const> = {
  "januari", "februari", "maart", "april", "mei", "juni",
  "juli", "augustus", "september", "oktober", "november", "december",
}

function words.date(iso)
  local year, month, day = iso:match("^(%d%d%d%d)%-(%d%d)%-(%d%d)")
  local name = month and MONTHS[tonumber(month)]
  return name and ("%d %s %s"):format(tonumber(day), name, year) or iso
end

return words
