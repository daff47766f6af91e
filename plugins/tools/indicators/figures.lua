-- The figures of one indicator: what may be computed of it is, what may not is refused with the reason. Works on
-- records only. Basis: quantity.lua (what the unit allows) and series.lua (what is observed).
local quantity = require "quantity"
local series = require "series"

local figures = {}

local REASONS <const> = {
  no_before = { "de eerdere waarde is niet bekend", "the earlier value is not known" },
  from_nothing = { "de eerdere waarde is niet hoger dan 0", "the earlier value is not above 0" },
  no_region = {
    "een waarde zonder regio is geen deel van een geheel", "a value without a region is no part of a whole",
  },
  overlap = { "de regio's overlappen elkaar", "the regions overlap" },
  not_whole = {
    "niet elke regio heeft een waarde voor die periode", "not every region has a value for that period",
  },
  below_nothing = { "een waarde is lager dan 0, of alle samen 0", "a value is below 0, or all together are 0" },
  alone = { "er is maar één regio met waarden", "there is one region only with values" },
  no_inhabitants = { "van die regio zijn geen inwoners bekend", "of that region no inhabitants are known" },
  itself = { "dit zijn de inwoners zelf", "these are the inhabitants themselves" },
}
local WHAT <const> = {
  growth = { "groei", "growth" }, difference = { "verschil", "difference" }, share = { "aandeel", "share" },
  per = { "getal per inwoner", "number per inhabitant" },
}

-- The indicator, its observations, those of the inhabitants, and the regions with their NUTS codes. `kind` is year,
-- quarter or month.
function figures.sheet(indicator, observations, kind, inhabitants, regions)
  local s = series.make(observations, kind, indicator.unit)
  local lists = {}
  for _, region in ipairs(regions) do
    if s.at[region.id] then lists[#lists + 1] = region.nuts or {} end
  end
  return {
    indicator = indicator, series = s, quantity = quantity.of(indicator), overlap = series.overlap(lists),
    inhabitants = series.make(inhabitants.observations, "year"), itself = inhabitants.id == indicator.id,
  }
end

-- Of one region and period: { value, growth, difference, share, per, people, why = { what → reason } }. `before`: the
-- period to grow from; one year before when left out. What the unit forbids is in neither.
function figures.at(sheet, region, period, before)
  local s, f = sheet.series, { why = {} }
  f.value = series.value(s, region, period)
  if quantity.has_growth(sheet.quantity) then
    f.growth, f.why.growth = series.growth(s, region, period, before)
  else
    f.difference, f.why.difference = series.difference(s, region, period, before)
  end
  if quantity.adds_up(sheet.quantity) then
    f.share, f.why.share = series.share(s, region, period, sheet.overlap)
    if sheet.itself then
      f.why.per = "itself"
    else
      local per, people = series.per_inhabitant(s, region, period, sheet.inhabitants)
      f.per, f.people, f.why.per = per, per and people or nil, not per and people or nil
    end
  end
  return f
end

function figures.reason(key, w)
  return w:t(REASONS[key][1], REASONS[key][2])
end

-- What was left out of these figures, and why: sentences, each reason once with how often.
function figures.left_out(list, w)
  local count, sentences = {}, {}
  for _, f in ipairs(list) do
    for what, key in pairs(f.why) do
      local id = what .. " " .. key
      count[id] = (count[id] or 0) + 1
    end
  end
  for id, times in pairs(count) do
    local what, key = id:match "^(%S+) (%S+)$"
    sentences[#sentences + 1] = w:t("Geen %s (%s): %s.", "No %s (%s): %s."):format(
      w:t(WHAT[what][1], WHAT[what][2]), w:count(times, "keer", "keer", "once", "times"):gsub("^1 once$", "once"),
      figures.reason(key, w))
  end
  table.sort(sentences)
  return sentences
end

-- What was not counted among the observations: sentences.
function figures.not_counted(sheet, w)
  local list = {}
  for _, two in ipairs(sheet.series.doubled) do
    list[#list + 1] = w:t("Let op: %s telt niet mee, want %s is er ook.",
      "Mind: %s does not count, for there is %s too."):format(two.left_out, two.counts)
  end
  for _, one in ipairs(sheet.series.unlike) do
    list[#list + 1] = w:t("Let op: %s telt niet mee, want de eenheid is %s en niet %s.",
      "Mind: %s does not count, for its unit is %s and not %s."):format(one.left_out, one.unit, sheet.indicator.unit)
  end
  return list
end

-- The unit as people read it.
function figures.unit(indicator, w)
  return w.lang == "en" and indicator.unit_en or indicator.unit
end

-- A value of the indicator as a table shows it.
function figures.shown(sheet, value, decimals, w)
  local currency = quantity.currency(sheet.indicator)
  if currency then return w:money(value, currency, decimals > 0 and 2 or 0) end
  return w:number(value, decimals) .. (quantity.is_percent(sheet.indicator) and "%" or "")
end

-- For each 100,000 inhabitants: small numbers with a decimal.
function figures.per_shown(sheet, per, w)
  local currency = quantity.currency(sheet.indicator)
  return currency and w:money(per, currency, 0) or w:number(per, math.abs(per) < 1000 and 1 or 0)
end

return figures
