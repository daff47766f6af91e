-- Numbers, shares, money, days and sentences in the language of the reader, as the reports of Polder write them.
-- Basis: Taaladvies, "Getallen": point between thousands, comma before decimals; English the other way round.
local written = {}

local MONTHS <const> = {
  nl = {
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
  },
  en = {
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
  },
}
local WIDTH <const> = 80

local words = {}
words.__index = words

-- The words of one language: everything below is called on it.
function written.new(lang)
  return setmetatable({ lang = lang == "en" and "en" or "nl" }, words)
end

-- w:t("Nederlands", "English")
function words:t(nl, en)
  return self.lang == "en" and en or nl
end

function words:number(value, decimals)
  local sign, whole, rest = ("%." .. (decimals or 0) .. "f"):format(value):match "^(%-?)(%d+)%.?(%d*)$"
  if tonumber(whole .. "." .. rest) == 0 then sign = "" end
  local between, before = self:t(".", ","), self:t(",", ".")
  whole = whole:reverse():gsub("(%d%d%d)", "%1" .. between):reverse()
  if whole:sub(1, 1) == between then whole = whole:sub(2) end
  return sign .. whole .. (rest ~= "" and before .. rest or "")
end

-- As many decimals as the values have, at most two: so that a column of them stands straight.
function written.decimals(values)
  local most = 0
  for _, value in ipairs(values) do
    while most < 2 and math.abs(tonumber(("%." .. most .. "f"):format(value)) - value) >= 0.005 do most = most + 1 end
  end
  return most
end

function words:percentage(share)
  return self:number(share * 100, 1) .. "%"
end

-- With its sign: a change.
function words:change(share)
  return (share > 0 and "+" or "") .. self:percentage(share)
end

-- Cents where there are any, or as many `decimals` as are asked for.
function words:money(amount, currency, decimals)
  local text = self:number(amount, decimals or amount == math.floor(amount) and 0 or 2)
  if currency ~= "EUR" then return currency .. " " .. text end
  if self.lang == "nl" then return "€ " .. text end
  return (amount < 0 and "-€" or "€") .. text:gsub("^%-", "")
end

function words:date(iso)
  local year, month, day = iso:match "^(%d%d%d%d)%-(%d%d)%-(%d%d)"
  return ("%.0f %s %s"):format(tonumber(day), MONTHS[self.lang][tonumber(month)], year)
end

-- w:count(1, "dag", "dagen", "day", "days"): "1 dag"
function words:count(n, one_nl, more_nl, one_en, more_en)
  local one, more = self:t(one_nl, one_en), self:t(more_nl, more_en)
  return self:number(n) .. " " .. (n == 1 and one or more)
end

function words:list(items)
  local n = #items
  if n < 2 then return items[1] or "" end
  return table.concat(items, ", ", 1, n - 1) .. self:t(" en ", " and ") .. items[n]
end

-- Of a record with a title in each language.
function words:title(record)
  return self.lang == "en" and record.title_en or record.title or record.name or record.id
end

-- A line no wider than a terminal, broken between words; what follows the first line stands in by two. An amount is
-- one word.
function written.wrap(text)
  local lines, line = {}, ""
  for word in text:gsub("€ ", "€\0"):gmatch "%S+" do
    word = word:gsub("\0", " ")
    local longer = line == "" and word or line .. " " .. word
    if line ~= "" and utf8.len(longer) > WIDTH then
      lines[#lines + 1] = line
      line = "  " .. word
    else
      line = longer
    end
  end
  lines[#lines + 1] = line
  return table.concat(lines, "\n")
end

return written
