-- A letter to a province's council on how the partnership goes, in Dutch. Basis: what its region recorded. Dates,
-- addressee and signature are for the province to complete.
local polder = require "polder"
local data = require "reports.data"
local money = require "reports.money"
local words = require "vocabularies"

-- What this region has of everything.
local function gather(region)
  local ours = {}
  for _, organisation in ipairs(data.all("organisation")) do
    if data.organisation_in(organisation, region) then ours[organisation.id] = true end
  end
  local function with_us(record)
    for _, id in ipairs(record.organisations or {}) do
      if ours[id] then return true end
    end
    return false
  end
  local function here(record)
    return data.has(record.regions, region.id)
  end
  local m = money.read()
  return {
    agreements = data.where(data.all("agreement", nil, "date"), here),
    solutions = data.where(data.all("solution"), function(x) return data.in_region(x.region, region) end),
    meetings = data.where(data.all("meeting", nil, "starts"), with_us),
    introductions = data.where(data.all("introduction", nil, "date"), with_us),
    programmes = data.where(m.programmes, here),
    calls = data.where(data.all("call", nil, "deadline"), function(x) return here(x) or #(x.regions or {}) == 0 end),
    investments = money.investments(m, region.id),
    budget = money.budget(m, region.id),
  }
end

local function opening(report, ctx, region, found, names)
  report:text("Aan: Provinciale Staten van ", data.join(region.provinces or { region.name }))
  report:text("Datum: ", report:date(ctx.today))
  report:text("Onderwerp: voortgang van het Defensie-innovatiepartnerschap in ", region.name)
  report:text("Geachte leden van Provinciale Staten,")
  report:section("Aanleiding")
  local signed
  for _, agreement in ipairs(found.agreements) do -- the region's own, of those that are no example
    local own = not signed or #agreement.regions < #signed.regions
    if own and not agreement.fictitious then signed = agreement end
  end
  if signed then
    report:text(
      "Onze regio doet mee aan het partnerschap tussen Defensie en de regionale ontwikkelingsmaatschappijen, met de ",
      "overeenkomst ", report:strong(signed.title), signed.date and ", getekend op " or "",
      signed.date and report:date(signed.date) or "",
      signed.date and ". Deze brief zegt wat er sindsdien is gebeurd." or ". Deze brief zegt hoe het ervoor staat."
    )
  else
    report:text("Onze regio heeft nog geen overeenkomst in dit partnerschap.")
  end
  if region.rom then report:text("De uitvoering ligt bij ", names[region.rom], ".") end
end

-- As the vocabulary has them, but more than one: "2 proeven".
local PLURAL <const> = {
  contact = "contacten", follow_up = "vervolggesprekken", pilot = "proeven", contract = "opdrachten",
}

local function outcomes(found)
  local count = {}
  for _, list in ipairs { found.meetings, found.introductions } do
    for _, one in ipairs(list) do
      if one.outcome then count[one.outcome] = (count[one.outcome] or 0) + 1 end
    end
  end
  local parts = {}
  for _, term in ipairs(words.outcomes) do
    local times = term.name ~= "nothing" and count[term.name]
    if times then parts[#parts + 1] = ("%d %s"):format(times, times > 1 and PLURAL[term.name] or term.nl) end
  end
  return parts
end

local function progress(report, found)
  local budget, spent = found.budget, money.used(found.investments)
  report:section("Stand van zaken")
  report:numbers {
    { title = "oplossingen van bedrijven en instellingen uit de regio", value = #found.solutions },
    { title = "gesprekken met Defensie en partners", value = #found.meetings },
    { title = "introducties", value = #found.introductions },
    { title = "toegezegd en betaald", value = spent, type = "money", decimals = 0,
      note = budget > 0 and { report:percentage(spent / budget, 0), " van het budget van ", report:money(budget, 0) }
        or nil },
  }
  local came = outcomes(found)
  if #came > 0 then report:text("De gesprekken en introducties leidden tot ", data.join(came), ".") end
end

local function ahead(report, ctx, found)
  local open = data.where(found.calls, function(call) return call.status == "open" end)
  local soon = data.where(found.agreements, function(a)
    return a.valid_until and a.valid_until >= ctx.today and a.valid_until <= data.years_on(ctx.today, 1)
  end)
  report:section("Vooruitblik")
  local items = {}
  for _, call in ipairs(open) do
    local last = report:date(call.deadline:sub(1, 10))
    items[#items + 1] = { "De oproep ", report:strong(call.title), " sluit op ", last, "." }
  end
  for _, agreement in ipairs(soon) do
    local last = report:date(agreement.valid_until)
    items[#items + 1] = { report:strong(agreement.title), " loopt af op ", last, ": dan is een vervolg nodig." }
  end
  if #items > 0 then
    report:list(items)
  else
    report:text("Er staan geen oproepen open en er loopt het komende jaar geen overeenkomst af.")
  end
end

local function annex(report, found, names)
  local states, rows = data.titles(words.investment_states, "nl"), {}
  for i, investment in ipairs(found.investments) do
    rows[i] = {
      title = investment.title, to = investment.organisation and names[investment.organisation],
      state = states[investment.status], date = investment.date, amount = investment.amount,
    }
  end
  report:page()
  report:section("Bijlage: investeringen")
  report:table {
    caption = "Investeringen in de regio",
    columns = {
      { name = "title", title = "Investering" },
      { name = "to", title = "Ontvanger" },
      { name = "state", title = "Stand" },
      { name = "date", title = "Datum", type = "date" },
      { name = "amount", title = "Bedrag", type = "money" },
    },
    rows = rows,
    total = { title = "Samen", amount = data.euros(found.investments, "amount") },
    note = "Wat is voorgesteld telt hier mee, en niet bij toegezegd en betaald.",
  }
end

polder.report {
  name = "council",
  lang = "nl",
  title = { nl = "Statenbrief van een regio", en = "Letter to a region's council (in Dutch)" },
  args = {
    { name = "region", type = "record", kind = "region", required = true, title = { nl = "Regio", en = "Region" } },
  },
  write = function(report, args, ctx)
    local region = polder.get(args.region)
    if not region then error("there is no " .. args.region .. ": `polder query region` lists them", 0) end
    local found, names = gather(region), data.names("organisation")
    report:title("Brief aan Provinciale Staten", "Voortgang van het partnerschap in " .. region.name)
    local made_up = data.made_up(ctx.say, {
      { found.solutions, "oplossingen" }, { found.meetings, "gesprekken" },
      { found.introductions, "introducties" }, { found.programmes, "programma's" },
      { found.investments, "investeringen" },
    })
    if made_up then report:note("Ontwerp. ", made_up) end
    opening(report, ctx, region, found, names)
    progress(report, found)
    ahead(report, ctx, found)
    report:text("Hoogachtend,")
    report:text("Gedeputeerde Staten van ", data.join(region.provinces or { region.name }))
    annex(report, found, names)
  end,
}
