-- Noord-Holland: the growers list: start-ups and scale-ups in the region's own fields. Basis: what `ecosystem` asks.
local polder = require "polder"
local fields = require "fields"

local field_of = {} -- term → field
for _, field in ipairs(fields) do
  for _, term in ipairs(field.terms) do field_of[term] = field end
end

local function first_field(solution)
  for _, term in ipairs(solution.technologies or {}) do
    if field_of[term] then return field_of[term] end
  end
  return nil
end

local function young(solution, ctx)
  local age = solution.founded and tonumber(ctx.today:sub(1, 4)) - solution.founded
  return age ~= nil and age <= ctx.settings.young_years
end

local function rows_of(ctx)
  local match = polder.match { scorecard = "noord-holland/noord-holland", top = 50, today = ctx.today, by = "solution" }
  local rows = {}
  local needs = { "title", "technologies", "founded", "employees" }
  for solution in polder.each { kind = "solution", fields = needs } do
    local field = first_field(solution)
    if field and young(solution, ctx) then
      local fit = match.solutions[solution.id]
      rows[#rows + 1] = {
        solution = solution.title, field = ctx.say(field.nl, field.en), founded = ("%.0f"):format(solution.founded),
        people = solution.employees, score = fit and fit.score,
        demand = fit and polder.get(fit.demand).title or ctx.say("voldoet aan geen vraag", "meets no demand"),
      }
    end
  end
  table.sort(rows, function(a, b) return (a.score or -1) > (b.score or -1) end)
  return rows
end

polder.report {
  name = "groeiers",
  title = { nl = "Groeierslijst", en = "Growers list" },
  write = function(report, _, ctx)
    local say, rows = ctx.say, rows_of(ctx)
    report:title(say("Groeierslijst Noord-Holland", "Growers list of Noord-Holland"),
      say("Jonge bedrijven met kunstmatige intelligentie, drones of digitale veiligheid, en hun beste vraag",
        "Young firms in artificial intelligence, drones or digital security, and the demand that they fit best"))
    if #polder.query { kind = "solution", where = "fictitious == true", limit = 1 } > 0 then
      report:note(say("Er staan fictieve vragen en oplossingen tussen.", "Some demands and solutions are fictitious."))
    end
    if #rows == 0 then
      report:text(say("Er is nu geen jong bedrijf in een van de speerpunten.",
        "There is no young firm in one of the focus fields now."))
      return
    end
    report:numbers { { title = say("oplossingen", "solutions"), value = #rows } }
    report:table {
      caption = say("Elke oplossing, met de vraag waar zij het best bij past",
        "Each solution, with the demand that it fits best"),
      columns = {
        { name = "solution", title = say("Oplossing", "Solution") },
        { name = "field", title = say("Speerpunt", "Focus field") },
        { name = "founded", title = say("Opgericht", "Founded") },
        { name = "people", title = say("Medewerkers", "Employees"), type = "number" },
        { name = "demand", title = say("Past het best bij", "Fits best") },
        { name = "score", title = "Score", type = "number", decimals = 1 },
      },
      rows = rows,
    }
  end,
}
