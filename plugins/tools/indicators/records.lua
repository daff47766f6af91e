-- What commands and reports share: records and what people call them. Basis: the kinds of partnership/kinds.
local polder = require "polder"
local budgets = require "budgets"
local figures = require "figures"

local records = {}

-- Every record of a kind that fits, by id: a sum over a part of them would be wrong without a word.
function records.all(kind, where)
  return polder.query { kind = kind, where = where, limit = "all" }
end

function records.observations(indicator)
  return records.all("observation", ("indicator == \"%s\""):format(indicator))
end

-- Why a record that was asked for can't be had; nil when it is there, or when none was asked for.
function records.missing(id, w)
  if not id or polder.get(id) then return nil end
  return w:t("%s is er niet: `polder query %s` geeft ze", "%s is not there: `polder query %s` lists them"):format(
    id, id:match "^[^/]+")
end

-- What people call a record; a record that isn't there by its id.
function records.name(id, w)
  local record = polder.get(id)
  return record and w:title(record) or id
end

function records.names(ids, w)
  local list = {}
  for n, id in ipairs(ids or {}) do list[n] = records.name(id, w) end
  return table.concat(list, ", ")
end

-- By "programme", "theme", "region", or "observation" for its region; of "" too, which names none.
function records.name_of(key, by, w)
  if key == budgets.SEVERAL then return w:t("meer thema's, niet toegedeeld", "several themes, not allotted") end
  if key ~= budgets.NONE then return records.name(by == "theme" and "theme/" .. key or key, w) end
  if by == "programme" then return w:t("zonder programma", "no programme") end
  if by == "observation" then return w:t("zonder regio", "no region") end
  return by == "theme" and w:t("aan geen thema toegedeeld", "allotted to no theme")
    or w:t("aan geen regio toegedeeld", "allotted to no region")
end

-- The sheet of figures.lua for an indicator.
function records.sheet(indicator, kind, settings)
  return figures.sheet(indicator, records.observations(indicator.id), kind,
    { id = settings.inhabitants, observations = records.observations(settings.inhabitants) }, records.all "region")
end

-- Sources in the order in which they are first cited: { id, nr, title, values, record }, and by id.
function records.sources(observations)
  local list, at = {}, {}
  for _, o in ipairs(observations) do
    local id = o.source
    if id and not at[id] then
      local record = polder.get(id)
      at[id] = { id = id, nr = #list + 1, title = record and record.title or id, values = 0, record = record or {} }
      list[#list + 1] = at[id]
    end
    if id then at[id].values = at[id].values + 1 end
  end
  return list, at
end

-- Is anything of these made up, as the records themselves say?
function records.made_up(...)
  for _, list in ipairs { ... } do
    for _, record in ipairs(list) do
      if record.fictitious then return true end
    end
  end
  return false
end

-- All there is on money: { programmes, allotments, investments, parts, charges }.
function records.money()
  local m = { programmes = records.all "programme", allotments = records.all "allotment" }
  m.investments = records.all "investment"
  m.parts = budgets.parts(m.programmes, m.allotments)
  m.charges = budgets.charges(m.investments, m.programmes, m.allotments)
  return m
end

-- The rows of one division by the names of what they are about, as people look for them; what names none comes last.
-- With `wanted` (budgets.where) only what is there, else every programme, theme or region that there is.
function records.division(m, by, wanted, w)
  local keys = {}
  for n, record in ipairs(next(wanted) and {} or records.all(by)) do
    keys[n] = by == "theme" and record.id:match "/(.+)" or record.id
  end
  local parts = wanted.year and {} or budgets.where(m.parts, wanted)
  local rows = budgets.rows(parts, budgets.where(m.charges, wanted), by, keys)
  for _, row in ipairs(rows) do row.name = records.name_of(row.key, by, w) end
  local function named(row) return row.key ~= budgets.NONE and row.key ~= budgets.SEVERAL end
  table.sort(rows, function(a, b)
    if named(a) ~= named(b) then return named(a) end
    if a.name ~= b.name then return a.name < b.name end
    return a.currency < b.currency
  end)
  return rows
end

return records
