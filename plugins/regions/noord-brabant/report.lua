-- Noord-Brabant: the chain sheet: for each high-tech field how much is asked and offered, and the best pair. Basis: the
-- scorecard of the region.
local polder = require "polder"

local FIELDS <const> = {
  { term = "sensors", nl = "sensoren" }, { term = "radar", nl = "radar" },
  { term = "communications", nl = "communicatie" },
  { term = "robotics", nl = "robotica" }, { term = "quantum", nl = "kwantumtechnologie" },
  { term = "computer_vision", nl = "beeldherkenning" }, { term = "manufacturing", nl = "maakindustrie" },
}

-- The ids of those that name the term, as a list and a set in one.
local function with_term(records, term)
  local found = {}
  for _, record in ipairs(records) do
    for _, name in ipairs(record.technologies or {}) do
      if name == term then
        found[#found + 1] = record.id
        found[record.id] = true
      end
    end
  end
  return found
end

-- The best pair of a demand and a solution that both stand in the field.
local function best_pair(matches, demands, solutions)
  local best
  for _, matched in ipairs(matches) do
    for _, ranked in ipairs(demands[matched.demand] and matched.ranked or {}) do
      if solutions[ranked.solution] and (not best or ranked.score > best.score) then
        best = { score = ranked.score, demand = matched.demand, solution = ranked.solution }
      end
    end
  end
  return best
end

polder.report {
  name = "keten",
  lang = "nl",
  title = { nl = "Ketenblad", en = "Chain sheet" },
  write = function(report, _, ctx)
    report:title("Ketenblad", "Vraag en aanbod per hightech veld, en waar de keten sluit")
    if #polder.query { kind = "solution", where = "fictitious == true", limit = 1 } > 0 then
      report:note("Er staan fictieve vragen en oplossingen tussen.")
    end
    local every_demand = polder.query { kind = "demand", limit = 10000 }
    local every_solution = polder.query { kind = "solution", limit = 10000 }
    local run = polder.match { scorecard = "noord-brabant/noord-brabant", top = 50, today = ctx.today }
    local rows = {}
    for i, field in ipairs(FIELDS) do
      local demands, solutions = with_term(every_demand, field.term), with_term(every_solution, field.term)
      local pair = best_pair(run.demands, demands, solutions)
      rows[i] = {
        field = field.nl, asked = #demands, offered = #solutions, score = pair and pair.score,
        solution = pair and polder.get(pair.solution).title or "nog geen",
        demand = pair and polder.get(pair.demand).title or "nog geen",
      }
    end
    report:table {
      caption = "Vraag en aanbod per veld",
      columns = {
        { name = "field", title = "Veld" },
        { name = "asked", title = "Vragen", type = "number" },
        { name = "offered", title = "Oplossingen", type = "number" },
        { name = "solution", title = "Beste oplossing" },
        { name = "demand", title = "voor de vraag" },
        { name = "score", title = "Score", type = "number", decimals = 1 },
      },
      rows = rows,
    }
  end,
}
