-- All regions side by side, for the ministry. Basis: what the regions recorded; per inhabitant by CBS.
local polder = require "polder"
local data = require "reports.data"
local money = require "reports.money"

local function inhabitants()
  local people = {}
  for _, o in ipairs(data.all("observation", "indicator == \"indicator/inhabitants\"", "period")) do
    if o.region then people[o.region] = o.value end
  end
  return people
end

-- One row a region, and the sum of each column.
local function network_of(regions, people)
  local organisations, solutions = data.all("organisation"), data.all("solution")
  local meetings, introductions = data.all("meeting"), data.all("introduction")
  local rows, total = {}, {}
  for i, region in ipairs(regions) do
    local ours = {}
    for _, organisation in ipairs(organisations) do
      if data.organisation_in(organisation, region) then ours[organisation.id] = true end
    end
    local function with_us(record)
      for _, id in ipairs(record.organisations or {}) do
        if ours[id] then return true end
      end
      return false
    end
    rows[i] = {
      region = region.name, inhabitants = people[region.id],
      organisations = #data.where(organisations, function(x) return ours[x.id] end),
      solutions = #data.where(solutions, function(x) return data.in_region(x.region, region) end),
      meetings = #data.where(meetings, with_us), introductions = #data.where(introductions, with_us),
    }
    for name, number in pairs(rows[i]) do
      if math.type(number) then total[name] = (total[name] or 0) + number end
    end
  end
  for _, row in ipairs(rows) do
    if not row.inhabitants then total.inhabitants = nil end -- then the sum is not whole
  end
  total.meetings, total.introductions = #meetings, #introductions
  return rows, total
end

-- The same for money; what no region has alone is in the sum only.
local function money_of(regions)
  local m, rows = money.read(), {}
  local function row(budget, invested)
    local known = budget > 0
    return { budget = known and budget or nil, invested = invested, part = known and invested / budget or nil }
  end
  for i, region in ipairs(regions) do
    rows[i] = row(money.budget(m, region.id), money.used(money.investments(m, region.id)))
    rows[i].region = region.name
  end
  return rows, row(money.budget_of_all(m), money.used(m.investments))
end

local function against_budget(report, t, rows, total)
  report:table {
    caption = t("Tegenover het budget", "Against the budget"),
    columns = {
      { name = "region", title = t("Regio", "Region") },
      { name = "budget", title = t("Budget", "Budget"), type = "money", decimals = 0 },
      { name = "invested", title = t("Toegezegd en betaald", "Committed and paid"), type = "money", decimals = 0 },
      { name = "part", title = t("Van het budget", "Of the budget"), type = "percentage" },
    },
    rows = rows, total = total,
    note = t(
      "Budget dat een programma van meer regio's aan geen ervan heeft toegedeeld, staat alleen in de som.",
      "Budget that a programme of several regions allotted to none of them is in the sum only."
    ),
  }
end

local function per_person(report, t, regions, people, rows)
  local bars = {}
  for i, region in ipairs(regions) do
    local here = people[region.id]
    if here then bars[#bars + 1] = { title = region.name, value = rows[i].invested / here * 1000 } end
  end
  report:bars {
    caption = t("Toegezegd en betaald per 1.000 inwoners", "Committed and paid per 1,000 inhabitants"),
    label = t("Regio", "Region"), measure = t("Bedrag", "Amount"), type = "money", decimals = 0, items = bars,
  }
end

local function made_up_of(t)
  return data.made_up(t, {
    { data.all("organisation"), "organisaties", "organisations" },
    { data.all("solution"), "oplossingen", "solutions" },
    { data.all("meeting"), "gesprekken", "meetings" },
    { data.all("introduction"), "introducties", "introductions" },
    { data.all("programme"), "programma's", "programmes" },
    { data.all("investment"), "investeringen", "investments" },
    { data.all("observation", "indicator == \"indicator/inhabitants\""), "inwonertallen", "numbers of inhabitants" },
  })
end

polder.report {
  name = "ministry",
  title = { nl = "Landelijk overzicht voor het ministerie", en = "National overview for the ministry" },
  write = function(report, _, ctx)
    local t = ctx.say
    local regions = data.all("region", nil, "name")
    local people = inhabitants()
    local rows, total = network_of(regions, people)
    local euros, all_euros = money_of(regions)
    total.region, all_euros.region = t("Samen", "Together"), t("Samen", "Together")
    report:title(
      t("De regio's naast elkaar", "The regions side by side"),
      t("Landelijk overzicht voor het ministerie", "National overview for the ministry")
    )
    local made_up = made_up_of(t)
    if made_up then report:note(made_up) end
    report:numbers {
      { title = t("regio's", "regions"), value = #regions },
      { title = t("oplossingen uit de regio's", "solutions from the regions"), value = total.solutions },
      { title = t("gesprekken", "meetings"), value = total.meetings },
      { title = t("toegezegd en betaald", "committed and paid"), value = all_euros.invested, type = "money",
        decimals = 0 },
      { title = t("van het budget", "of the budget"), type = "percentage", value = all_euros.part },
    }
    report:section(t("Per regio", "By region"))
    report:table {
      caption = t("Netwerk", "Network"),
      columns = {
        { name = "region", title = t("Regio", "Region") },
        { name = "inhabitants", title = t("Inwoners", "Inhabitants"), type = "number" },
        { name = "organisations", title = t("Organisaties", "Organisations"), type = "number" },
        { name = "solutions", title = t("Oplossingen", "Solutions"), type = "number" },
        { name = "meetings", title = t("Gesprekken", "Meetings"), type = "number" },
        { name = "introductions", title = t("Introducties", "Introductions"), type = "number" },
      },
      rows = rows, total = total,
      note = t(
        "Een gesprek of introductie tussen twee regio's telt in beide, en in de som één keer.",
        "A meeting or introduction between two regions counts in both, and once in the sum."
      ),
    }
    report:section(t("Investeringen", "Investments"))
    against_budget(report, t, euros, all_euros)
    per_person(report, t, regions, people, euros)
    report:section(t("Bronnen", "Sources"))
    report:sources(data.sources(data.all("observation", "indicator == \"indicator/inhabitants\"")))
  end,
}
