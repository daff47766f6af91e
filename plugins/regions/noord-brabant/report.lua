-- Noord-Brabant: the chain sheet: for each high-tech field how much is asked and offered, and the best pair. Basis: the
-- scorecard of the region.
local polder = require "polder"

local FIELDS <const> = {
  { term = "sensors", nl = "sensoren", en = "sensors" }, { term = "radar", nl = "radar", en = "radar" },
  { term = "communications", nl = "communicatie", en = "communications" },
  { term = "robotics", nl = "robotica", en = "robotics" },
  { term = "quantum", nl = "kwantumtechnologie", en = "quantum technology" },
  { term = "computer_vision", nl = "beeldherkenning", en = "computer vision" },
  { term = "manufacturing", nl = "maakindustrie", en = "manufacturing" },
}

-- term → the ids of those that name it, as a list and a set in one
local function by_term(kind)
  local found = {}
  for _, field in ipairs(FIELDS) do found[field.term] = {} end
  for record in polder.each { kind = kind, fields = { "technologies" } } do
    for _, name in ipairs(record.technologies or {}) do
      local ids = found[name]
      if ids and not ids[record.id] then
        ids[#ids + 1] = record.id
        ids[record.id] = true
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
  title = { nl = "Ketenblad", en = "Chain sheet" },
  write = function(report, _, ctx)
    local say = ctx.say
    report:title(say("Ketenblad Noord-Brabant", "Chain sheet of Noord-Brabant"),
      say("Vraag en aanbod per hightech veld, en waar de keten sluit",
        "Demand and supply in each high-tech field, and where the chain closes"))
    if #polder.query { kind = "solution", where = "fictitious == true", limit = 1 } > 0 then
      report:note(say("Er staan fictieve vragen en oplossingen tussen.", "Some demands and solutions are fictitious."))
    end
    local asked, offered = by_term "demand", by_term "solution"
    local run = polder.match { scorecard = "noord-brabant/noord-brabant", top = 50, today = ctx.today }
    local rows = {}
    for i, field in ipairs(FIELDS) do
      local demands, solutions = asked[field.term], offered[field.term]
      local pair = best_pair(run.demands, demands, solutions)
      rows[i] = {
        field = say(field.nl, field.en), asked = #demands, offered = #solutions, score = pair and pair.score,
        solution = pair and polder.get(pair.solution).title or say("nog geen", "none yet"),
        demand = pair and polder.get(pair.demand).title or say("nog geen", "none yet"),
      }
    end
    report:table {
      caption = say("Vraag en aanbod per veld", "Demand and supply in each field"),
      columns = {
        { name = "field", title = say("Veld", "Field") },
        { name = "asked", title = say("Vragen", "Demands"), type = "number" },
        { name = "offered", title = say("Oplossingen", "Solutions"), type = "number" },
        { name = "solution", title = say("Beste oplossing", "Best solution") },
        { name = "demand", title = say("voor de vraag", "for the demand") },
        { name = "score", title = "Score", type = "number", decimals = 1 },
      },
      rows = rows,
    }
  end,
}
