-- Numbers, shares, money and dates as a Dutch council paper writes them. Basis: Taaladvies, "Getallen" (point between
-- thousands, comma before decimals).
local dutch = {}

local MONTHS <const> = {
  "januari", "februari", "maart", "april", "mei", "juni",
  "juli", "augustus", "september", "oktober", "november", "december",
}

function dutch.number(value, decimals)
  if not value then return "onbekend" end
  local text = ("%." .. (decimals or 0) .. "f"):format(value)
  local sign, whole, rest = text:match "^(%-?)(%d+)%.?(%d*)$"
  whole = whole:reverse():gsub("(%d%d%d)", "%1."):reverse():gsub("^%.", "")
  return sign .. whole .. (rest ~= "" and "," .. rest or "")
end

-- "1 dag", "2 dagen".
function dutch.count(count, one, more)
  return ("%d %s"):format(count, count == 1 and one or more)
end

-- As many decimals as the value has, at most two.
function dutch.plain(value)
  if not value then return "onbekend" end
  local text = dutch.number(value, 2):gsub("0+$", ""):gsub(",$", "")
  return value == math.floor(value) and dutch.number(value) or text
end

function dutch.share(value)
  return value and dutch.number(value * 100, 1) .. " %" or "onbekend"
end

function dutch.growth(value)
  return value and (value > 0 and "+" or "") .. dutch.share(value) or "onbekend"
end

function dutch.money(amount, currency)
  if not amount then return "onbekend" end
  return (currency == "EUR" and "€ " or (currency or "") .. " ") .. dutch.number(amount)
end

function dutch.date(iso)
  local y, m, d = (iso or ""):match "^(%d%d%d%d)%-(%d%d)%-(%d%d)"
  return y and ("%d %s %s"):format(tonumber(d), MONTHS[tonumber(m)], y) or iso or "onbekend"
end

return dutch
