-- Midden-Nederland: the theme sheet: what the region's three themes ask and get. Basis: the scorecard of the region.
local polder = require "polder"

local THEMES <const> = {
  { nl = "Veiligheid", en = "Safety", terms = { "safety", "situational_awareness", "critical_infrastructure" } },
  { nl = "Mens en technologie", en = "People and technology",
    terms = { "human_technology_interaction", "training", "health" } },
  { nl = "Duurzame digitale samenleving", en = "Sustainable digital society",
    terms = { "sustainable_digital_society", "cyber", "energy_supply" } },
}

local function names_one(record, terms)
  for _, theme in ipairs(record.themes or {}) do
    for _, term in ipairs(terms) do
      if theme == term then return true end
    end
  end
  return false
end

local function row_of(matched, demand, say)
  local first = matched.ranked[1]
  local solution = first and polder.get(first.solution)
  return {
    demand = demand.title,
    solution = solution and solution.title or say("geen oplossing voldoet", "no solution meets it"),
    score = first and first.score, people = solution and solution.employees,
  }
end

polder.report {
  name = "themas",
  title = { nl = "Themablad", en = "Theme sheet" },
  write = function(report, _, ctx)
    local say = ctx.say
    report:title(say("Themablad Midden-Nederland", "Theme sheet of Midden-Nederland"),
      say("Wat Defensie op de drie thema's van de regio vraagt, en wie er het best bij past",
        "What Defence asks on the region's three themes, and who fits best"))
    if #polder.query { kind = "solution", where = "fictitious == true", limit = 1 } > 0 then
      report:note(say("Er staan fictieve vragen en oplossingen tussen.", "Some demands and solutions are fictitious."))
    end
    local run = polder.match { scorecard = "midden-nederland/midden-nederland", top = 1, today = ctx.today }
    for _, theme in ipairs(THEMES) do
      local rows = {}
      for _, matched in ipairs(run.demands) do
        local demand = polder.get(matched.demand)
        if names_one(demand, theme.terms) then rows[#rows + 1] = row_of(matched, demand, say) end
      end
      report:section(say(theme.nl, theme.en))
      if #rows == 0 then
        report:text(say("Er is geen vraag op dit thema.", "There is no demand on this theme."))
      else
        report:table {
          caption = say(theme.nl, theme.en)
            .. say(": elke vraag met haar beste oplossing", ": each demand with its best solution"),
          columns = {
            { name = "demand", title = say("Vraag", "Demand") },
            { name = "solution", title = say("Beste oplossing", "Best solution") },
            { name = "people", title = say("Medewerkers", "Employees"), type = "number" },
            { name = "score", title = "Score", type = "number", decimals = 1 },
          },
          rows = rows,
        }
      end
    end
  end,
}
