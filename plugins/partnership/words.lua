-- Dutch wording for reasons. Basis: how a council paper writes days and dates.
local words = {}

-- 1 → "1 dag", 90 → "90 dagen"
function words.days(n)
  return ("%.0f %s"):format(n, n == 1 and "dag" or "dagen")
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

-- 1234.5 → "€ 1.234,50"; whole euros without cents
function words.money(amount)
  local whole, cents = ("%.2f"):format(amount):match "^(%-?%d+)%.(%d+)$"
  local digits = whole:reverse():gsub("(%d%d%d)", "%1."):reverse():gsub("^%.", ""):gsub("^%-%.", "-")
  return "€ " .. digits .. (cents ~= "00" and "," .. cents or "")
end

return words
