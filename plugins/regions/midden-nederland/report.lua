-- Midden-Nederland: the theme sheet: what the region's three themes ask and get. Basis: the scorecard of the region.
local polder = require "polder"

local THEMES <const> = {
  { nl = "Veiligheid", terms = { "safety", "situational_awareness", "critical_infrastructure" } },
  { nl = "Mens en technologie", terms = { "human_technology_interaction", "training", "health" } },
  { nl = "Duurzame digitale samenleving", terms = { "sustainable_digital_society", "cyber", "energy_supply" } },
}

local function names_one(record, terms)
  for _, theme in ipairs(record.themes or {}) do
    for _, term in ipairs(terms) do
      if theme == term then return true end
    end
  end
  return false
end

local function row_of(matched, demand)
  local first = matched.ranked[1]
  local solution = first and polder.get(first.solution)
  return {
    demand = demand.title, solution = solution and solution.title or "geen oplossing voldoet aan de eisen",
    score = first and first.score, people = solution and solution.employees,
  }
end

polder.report {
  name = "themas",
  lang = "nl",
  title = { nl = "Themablad", en = "Theme sheet" },
  write = function(report, _, ctx)
    report:title("Themablad", "Wat Defensie op de drie thema's van de regio vraagt, en wie er het best bij past")
    if #polder.query { kind = "solution", where = "fictitious == true", limit = 1 } > 0 then
      report:note("Er staan fictieve vragen en oplossingen tussen.")
    end
    local run = polder.match { scorecard = "midden-nederland/midden-nederland", top = 1, today = ctx.today }
    for _, theme in ipairs(THEMES) do
      local rows = {}
      for _, matched in ipairs(run.demands) do
        local demand = polder.get(matched.demand)
        if names_one(demand, theme.terms) then rows[#rows + 1] = row_of(matched, demand) end
      end
      report:section(theme.nl)
      if #rows == 0 then
        report:text("Er is geen vraag op dit thema.")
      else
        report:table {
          caption = theme.nl .. ": elke vraag met haar beste oplossing",
          columns = {
            { name = "demand", title = "Vraag" },
            { name = "solution", title = "Beste oplossing" },
            { name = "people", title = "Medewerkers", type = "number" },
            { name = "score", title = "Score", type = "number", decimals = 1 },
          },
          rows = rows,
        }
      end
    end
  end,
}
