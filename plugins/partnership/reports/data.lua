-- What the reports of this folder read, and how they name it. Basis: the kinds of this plugin.
local polder = require "polder"

local data = {}

-- Every record of a kind that fits; a report is about all of them.
function data.all(kind, where, order)
  return polder.query { kind = kind, where = where, order = order, limit = "all" }
end

-- id → name or title, of every record of the kinds
function data.names(...)
  local names = {}
  for _, kind in ipairs { ... } do
    for record in polder.each { kind = kind } do
      names[record.id] = record.name or record.title
    end
  end
  return setmetatable(names, {
    __index = function(_, id)
      return id -- a record that is not there: its id says which
    end,
  })
end

-- term → what people read
function data.titles(terms, lang)
  local titles = {}
  for _, term in ipairs(terms) do
    titles[term.name] = term[lang]
  end
  return titles
end

function data.list(ids, names)
  local found = {}
  for i, id in ipairs(ids or {}) do
    found[i] = names[id] or id
  end
  return table.concat(found, ", ")
end

-- {"a", "b", "c"} → "a, b en c"
function data.join(items, last)
  local n = #items
  if n < 2 then return items[1] or "" end
  return table.concat(items, ", ", 1, n - 1) .. (last or " en ") .. items[n]
end

-- Euros of a list of records; other currencies are left out.
function data.euros(records, field)
  local sum = 0
  for _, record in ipairs(records) do
    local money = record[field]
    if money and money.currency == "EUR" then sum = sum + money.amount end
  end
  return sum
end

function data.has(list, item)
  for _, one in ipairs(list or {}) do
    if one == item then return true end
  end
  return false
end

-- Is a NUTS code (NL342) in one of a region's provinces (NL34)?
function data.in_region(code, region)
  for _, province in ipairs(region.nuts or {}) do
    if code and code:sub(1, #province) == province then return true end
  end
  return false
end

function data.organisation_in(organisation, region)
  for _, code in ipairs(organisation.regions or {}) do
    if data.in_region(code, region) then return true end
  end
  return false
end

-- Those for which `keep` is true.
function data.where(records, keep)
  local kept = {}
  for _, record in ipairs(records) do
    if keep(record) then kept[#kept + 1] = record end
  end
  return kept
end

function data.any_fictitious(...)
  for _, records in ipairs { ... } do
    for _, record in ipairs(records) do
      if record.fictitious then return true end
    end
  end
  return false
end

-- What of the figures is made up, as the records themselves say; nil when nothing is. Groups: { records, nl, en }.
function data.made_up(t, groups)
  local parts = {}
  for _, group in ipairs(groups) do
    local records = group[1]
    local count = #data.where(records, function(record) return record.fictitious end)
    if count > 0 then
      parts[#parts + 1] = t("%s (%d van %d)", "%s (%d of %d)"):format(t(group[2], group[3]), count, #records)
    end
  end
  if #parts == 0 then return nil end
  return t("Verzonnen, als voorbeeld: ", "Made up, as an example: ") .. data.join(parts, t(" en ", " and ")) .. "."
end

-- The records of kind source that state these, with no one twice.
function data.sources(records)
  local seen, sources = {}, {}
  for _, record in ipairs(records) do
    local id = record.source
    local source = id and not seen[id] and polder.get(id)
    if source then
      seen[id] = true
      sources[#sources + 1] = {
        title = source.title, url = source.url, publisher = source.publisher, date = source.date,
        reliability = source.reliability,
      }
    end
  end
  return sources
end

-- "2026-11-24" plus whole years, for "within a year"
function data.years_on(day, years)
  local year = tonumber(day:sub(1, 4)) + years
  return ("%04d%s"):format(year, day:sub(5) == "-02-29" and "-02-28" or day:sub(5))
end

return data
