-- Numbers, money, days and times as the reader's language writes them, as the reports of Polder do. t is ctx.say.
-- Basis: Taaladvies, "Getallen": point between thousands, comma before decimals; English the other way round.
local written = {}

local MONTHS <const> = {
  { "januari", "January" }, { "februari", "February" }, { "maart", "March" }, { "april", "April" }, { "mei", "May" },
  { "juni", "June" }, { "juli", "July" }, { "augustus", "August" }, { "september", "September" },
  { "oktober", "October" }, { "november", "November" }, { "december", "December" },
}

-- As many decimals as are asked for; without: those that it has.
function written.number(value, t, decimals)
  local text = (decimals and "%." .. decimals .. "f" or "%.10g"):format(value)
  local sign, whole, rest = text:match "^(%-?)(%d+)%.?(%d*)$"
  if not whole then return text end
  local between = t(".", ",")
  whole = whole:reverse():gsub("(%d%d%d)", "%1" .. between):reverse():gsub("^%" .. between, "")
  return sign .. whole .. (rest ~= "" and t(",", ".") .. rest or "")
end

-- { amount = 310000, currency = "EUR" } → "€ 310.000,00", in English "€310,000.00"
function written.money(money, t)
  local text = written.number(money.amount, t, 2)
  if money.currency ~= "EUR" then return money.currency .. " " .. text end
  return t("€ ", "€") .. text
end

-- "2026-07-01" → "1 juli 2026", in English "1 July 2026"
function written.date(iso, t)
  local year, month, day = (iso or ""):match "^(%d%d%d%d)%-(%d%d)%-(%d%d)"
  local name = MONTHS[tonumber(month)]
  return name and ("%d %s %s"):format(tonumber(day), t(name[1], name[2]), year) or iso or t("onbekend", "unknown")
end

-- "2026-06-24T09:12:00Z" → "24 juni 2026, 09:12 UTC"
function written.time(text, t)
  local hour, zone = (text or ""):match "T(%d+:%d+)[:.%d]*(.*)$"
  if not hour then return written.date(text, t) end
  return ("%s, %s %s"):format(written.date(text, t), hour, zone == "Z" and "UTC" or zone)
end

return written
