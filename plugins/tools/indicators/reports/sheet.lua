-- `polder report indicator`: one indicator over the years by region. Basis: figures.lua; every value with its source.
local polder = require "polder"
local figures = require "figures"
local quantity = require "quantity"
local records = require "records"
local written = require "written"

-- How values are written: type, decimals.
local function form_of(indicator)
  if quantity.currency(indicator) then return "money", 0 end
  return quantity.is_percent(indicator) and "percentage" or "number"
end

-- A value as that type wants it: percentages are parts of 1.
local function cell(indicator, value)
  return quantity.is_percent(indicator) and value / 100 or value
end

-- Regions of the series by name: { { id, name } }; what names no region comes last.
local function regions_of(s, w)
  local list = {}
  for n, id in ipairs(s.regions) do list[n] = { id = id, name = records.name_of(id, "observation", w) } end
  table.sort(list, function(a, b)
    if (a.id == "") ~= (b.id == "") then return b.id == "" end
    return a.name < b.name
  end)
  return list
end

local function lines_of(report, sheet, regions, w)
  local s, lines = sheet.series, {}
  if #s.periods < 2 then return end
  for n, region in ipairs(regions) do
    local values = {}
    for period, o in pairs(s.at[region.id]) do values[period] = cell(sheet.indicator, o.value) end
    lines[n] = { title = region.name, values = values }
  end
  local kind, decimals = form_of(sheet.indicator)
  report:lines {
    caption = w:t("Verloop naar regio", "Over time, by region"), label = w:t("Regio", "Region"), x = s.periods,
    series = lines, type = kind, decimals = decimals,
  }
end

local function columns(sheet, first, last, w)
  local kind, whole = form_of(sheet.indicator)
  local list = {
    { name = "region", title = w:t("Regio", "Region") },
    { name = "value", title = w:t("Waarde", "Value"), type = kind, decimals = whole },
  }
  local function add(name, title, type, decimals)
    list[#list + 1] = { name = name, title = title, type = type, decimals = decimals }
  end
  if first ~= last and quantity.has_growth(sheet.quantity) then
    add("growth", w:t("Groei sinds ", "Growth since ") .. first, "percentage")
  elseif first ~= last then
    local unit = quantity.difference(sheet.indicator, w)
    local decimals = quantity.is_percent(sheet.indicator) and 1 or nil
    add("difference", w:t("Verschil met ", "Difference from ") .. first .. ", " .. unit, "number", decimals)
  end
  if quantity.adds_up(sheet.quantity) then
    add("share", w:t("Aandeel", "Share"), "percentage")
    if not sheet.itself then
      add("per", w:t("Per 100.000 inwoners", "Per 100,000 inhabitants"), kind, whole or 1)
      add("people", w:t("Inwoners van", "Inhabitants of"))
    end
  end
  return list
end

-- All regions together: only where each has its share, for else the sum is not whole.
local function together(all, w)
  local sum = 0
  for _, f in ipairs(all) do
    if not f.share then return nil end
    sum = sum + f.value
  end
  return { region = w:t("Samen", "Together"), value = sum, share = 1 }
end

local function table_of(report, sheet, regions, w)
  local s, rows, all = sheet.series, {}, {}
  local first, last, incomplete = s.periods[1], s.periods[#s.periods], false
  for _, region in ipairs(regions) do
    if s.at[region.id][last] then
      local f = figures.at(sheet, region.id, last, first)
      if first == last then f.why.growth, f.why.difference = nil, nil end
      if sheet.itself then f.why.per = nil end
      incomplete = incomplete or next(f.why) ~= nil
      all[#all + 1] = f
      rows[#rows + 1] = {
        region = region.name, value = cell(sheet.indicator, f.value), growth = f.growth, difference = f.difference,
        share = f.share, per = f.per, people = f.people and f.people.period,
      }
    end
  end
  local sum, notes = together(all, w), {}
  if sum then
    notes[1] = w:t("Het aandeel is dat van de regio's samen.", "The share is that of the regions together.")
  end
  if incomplete then
    notes[#notes + 1] = w:t("Wat leeg is, is niet bekend.", "What is empty is not known.")
  end
  report:table {
    caption = w:t("Stand in ", "As of ") .. last, columns = columns(sheet, first, last, w), rows = rows,
    total = sum,
    note = #notes > 0 and table.concat(notes, " ") or nil,
  }
  return all
end

-- What is not computed, and why.
local function refused(report, sheet, all, w)
  local list = quantity.refusals(sheet.indicator, figures.unit(sheet.indicator, w), w)
  for _, more in ipairs { figures.left_out(all, w), figures.not_counted(sheet, w) } do
    table.move(more, 1, #more, #list + 1, list)
  end
  if #list == 0 then return end
  report:section(w:t("Wat er niet staat, en waarom", "What is not there, and why"))
  report:list(list)
end

local function sources(report, sheet, observations, all, w)
  local used = table.move(observations, 1, #observations, 1, {})
  for _, f in ipairs(all) do used[#used + 1] = f.people end
  local items = {}
  for n, source in ipairs(records.sources(used)) do
    local r = source.record
    items[n] = {
      title = source.title, url = r.url, publisher = r.publisher, date = r.date, reliability = r.reliability,
    }
  end
  report:section(w:t("Bronnen", "Sources"))
  if #items == 0 then
    report:text(w:t("Bij deze waarden is geen bron genoemd.", "No source is named for these values."))
  else
    report:sources(items)
  end
  if not sheet.itself and quantity.adds_up(sheet.quantity) and #sheet.inhabitants.periods > 0 then
    report:text(w:t(
      "De inwoners zijn die van dezelfde regio en hetzelfde jaar, of van het naaste jaar dat bekend is; de tabel noemt "
        .. "het jaar.",
      "The inhabitants are those of the same region and year, or of the nearest year that is known; the table names "
        .. "the year."))
  end
end

polder.report {
  name = "indicator",
  title = { nl = "Indicatorblad", en = "Indicator sheet" },
  args = {
    { name = "indicator", type = "record", kind = "indicator", required = true,
      title = { nl = "Indicator", en = "Indicator" } },
    { name = "period", type = "choice", choices = { "year", "quarter", "month" }, default = "year",
      title = { nl = "Soort periode", en = "Kind of period" } },
  },
  write = function(report, args, ctx)
    local w, indicator = written.new(ctx.lang), polder.get(args.indicator)
    if not indicator then error(records.missing(args.indicator, w), 0) end
    local sheet = records.sheet(indicator, args.period, ctx.settings)
    local about = w.lang == "en" and indicator.description_en or indicator.description
    report:title(w:title(indicator), w:t("Indicatorblad", "Indicator sheet"))
    report:text(about and about .. ". " or "", w:t("Eenheid: ", "Unit: "), figures.unit(indicator, w), ".")
    local regions, observations = regions_of(sheet.series, w), {}
    if #regions == 0 then
      report:text(w:t("Er is niets waargenomen.", "Nothing is observed."))
      return
    end
    for _, region in ipairs(regions) do
      for _, period in ipairs(sheet.series.periods) do
        observations[#observations + 1] = sheet.series.at[region.id][period]
      end
    end
    if records.made_up({ indicator }, observations) then
      report:note(w:t("Deze cijfers zijn verzonnen, als voorbeeld.", "These figures are made up, as an example."))
    end
    lines_of(report, sheet, regions, w)
    local all = table_of(report, sheet, regions, w)
    refused(report, sheet, all, w)
    sources(report, sheet, observations, all, w)
  end,
}
