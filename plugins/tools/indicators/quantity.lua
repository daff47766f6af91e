-- What may be computed of an indicator: that follows from what its unit counts. Basis: only amounts and counts add
-- up, so only they have a share of a whole and a number per inhabitant; a share or an index is a ratio already, and a
-- percentage of it says nothing that a reader would read right.
local quantity = {}

local UNITS <const> = {
  count = {
    "aantal", "aantallen", "stuks", "inwoners", "personen", "mensen", "fte", "fte's", "banen", "arbeidsplaatsen",
    "werknemers", "medewerkers", "bedrijven", "organisaties", "vestigingen", "start-ups", "startups", "scale-ups",
    "oplossingen", "vragen", "proeven", "gesprekken", "introducties", "octrooien", "patenten", "opdrachten",
    "projecten",
    "count", "number", "inhabitants", "people", "persons", "jobs", "employees", "companies", "firms", "organisations",
    "solutions", "demands", "trials", "meetings", "introductions", "patents", "contracts", "projects",
  },
  amount = {
    "eur", "euro", "euro's", "euros", "€", "mln euro", "miljoen euro", "mld euro", "miljard euro", "mln eur", "mld eur",
    "million euros", "usd",
  },
  ratio = {
    "dagen", "dag", "weken", "maanden", "uren", "uur", "days", "weeks", "months", "hours", "gemiddelde", "mediaan",
    "rapportcijfer", "average", "mean", "median",
  },
  share = { "%", "procent", "percentage", "percent", "aandeel", "share", "promille", "‰", "fractie", "fraction" },
  index = { "index", "indexcijfer", "indexpunten", "index points" },
}

-- Of other units, in this order: "% van de omzet", "2015 = 100", "euro per inwoner".
local FORMS <const> = {
  { "%%", "share" }, { "^procent", "share" }, { "^percent", "share" }, { "^aandeel", "share" }, { "index", "index" },
  { "^%d%d%d%d%s*=%s*100", "index" }, { " per ", "ratio" }, { "/", "ratio" },
}

local of_unit = {}
for kind, units in pairs(UNITS) do
  for _, unit in ipairs(units) do of_unit[unit] = kind end
end

-- "count", "amount", "ratio", "share", "index", or nil: not known. What the record says goes before its unit.
function quantity.of(indicator)
  if indicator.quantity then return indicator.quantity end
  local unit = (indicator.unit or ""):lower():match "^%s*(.-)%s*$"
  if of_unit[unit] then return of_unit[unit] end
  for _, row in ipairs(FORMS) do
    if unit:match(row[1]) then return row[2] end
  end
end

function quantity.adds_up(kind)
  return kind == "count" or kind == "amount"
end

function quantity.has_growth(kind)
  return kind ~= "share" and kind ~= "index"
end

-- Money to show with its sign; nil for other units.
function quantity.currency(indicator)
  local unit = (indicator.unit or ""):lower()
  return (unit == "eur" or unit == "euro" or unit == "€") and "EUR" or nil
end

function quantity.is_percent(indicator)
  local unit = (indicator.unit or ""):lower()
  return unit == "%" or unit == "procent" or unit == "percent" or unit == "percentage"
end

local WHAT <const> = {
  count = { "aantal", "count" }, amount = { "bedrag", "amount" }, ratio = { "verhouding", "ratio" },
  share = { "aandeel", "share" }, index = { "index", "index" },
}

local MORE <const> = {
  ratio = { "gemiddelden, medianen en verhoudingen", "means, medians and ratios" }, share = { "aandelen", "shares" },
  index = { "indexcijfers", "index numbers" },
}

-- "aantal", or "?" where it is not known.
function quantity.name(kind, w)
  return kind and w:t(WHAT[kind][1], WHAT[kind][2]) or "?"
end

-- Why something is not computed of this indicator at all: a list of sentences, none when all of it may be.
function quantity.refusals(indicator, unit, w)
  local kind, list = quantity.of(indicator), {}
  if not quantity.has_growth(kind) then
    list[1] = (kind == "share"
      and w:t("Geen groei in procenten: een aandeel is zelf een deel van iets. Het verschil staat in %s.",
        "No growth in per cent: a share is itself a part of something. The difference is in %s.")
      or w:t("Geen groei in procenten: een index is zelf een verhouding tot een basis. Het verschil staat in %s.",
        "No growth in per cent: an index is itself a ratio to a base. The difference is in %s.")
    ):format(quantity.difference(indicator, w))
  end
  if quantity.adds_up(kind) then return list end
  if kind then
    list[#list + 1] = w:t("Geen aandeel in het geheel en geen getal per inwoner: %s tellen niet op over regio's.",
      "No share of the whole and no number per inhabitant: %s don't add up over regions."):format(
      w:t(MORE[kind][1], MORE[kind][2]))
  else
    list[#list + 1] = w:t(
      "Geen aandeel in het geheel en geen getal per inwoner: van de eenheid \"%s\" is niet bekend of waarden optellen.",
      "No share of the whole and no number per inhabitant: it is not known whether values in \"%s\" add up."
    ):format(unit)
    list[#list + 1] = w:t("Zeg het zo: ", "Say so: ") .. "polder put " .. indicator.id .. " quantity=count"
  end
  return list
end

-- What a difference of two values is in, where growth in per cent would mislead.
function quantity.difference(indicator, w)
  if quantity.of(indicator) == "index" then return w:t("punten", "points") end
  if quantity.is_percent(indicator) then return w:t("procentpunten", "percentage points") end
  return w:t("de eenheid zelf", "the unit itself")
end

return quantity
