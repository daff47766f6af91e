-- Who could usefully meet: the owners of demands and the owners of solutions that a scorecard ranks high enough.
local polder = require "polder"
local chosen = require "commands.chosen"

local candidates = {}

candidates.NATIONAL = "partnership/national"

-- Left out it is that of the plan; a first plan without takes the national one.
candidates.SCORECARD = {
  name = "scorecard",
  title = { nl = "Scorekaart; weggelaten die van het rooster", en = "Scorecard; left out that of the plan" },
}

candidates.TOP = {
  name = "top", type = "integer", minimum = 1, maximum = 1000, default = chosen.TOP,
  title = { nl = "Oplossingen die per vraag worden bekeken", en = "Solutions looked at for each demand" },
}

candidates.LEAST_SCORE = {
  name = "least_score", type = "number", minimum = 0, maximum = 100,
  title = { nl = "Laagste score van een gesprek", en = "Lowest score of a meeting" },
}

candidates.MOST = {
  name = "most", type = "integer", minimum = 1,
  title = { nl = "Hoogstens zoveel gesprekken elk", en = "Most meetings each" },
}

local function owners(kind, field, attends)
  local here, of = {}, {}
  for _, id in ipairs(attends) do here[id] = true end
  for record in polder.each { kind = kind, fields = { field } } do
    if record[field] and here[record[field]] then of[record.id] = record[field] end
  end
  return of
end

-- Two organisations meet once, whichever of them asks.
function candidates.key(a, b)
  return a < b and a .. "|" .. b or b .. "|" .. a
end

-- For each two organisations the best demand and solution that they have; scores in whole hundredths.
local function best_of_each(match, owner_of_demand, owner_of_solution, least)
  local best, list = {}, {}
  for _, demand in ipairs(match.demands) do
    for _, row in ipairs(demand.ranked) do
      local a, b = owner_of_demand[demand.demand], owner_of_solution[row.solution]
      local score = math.floor(row.score * 100 + 0.5)
      local key = a and b and a ~= b and candidates.key(a, b)
      if key and score >= least * 100 and (not best[key] or score > best[key].score) then
        local pair = best[key] or {}
        if not best[key] then list[#list + 1] = pair end
        best[key] = pair
        pair.a, pair.b, pair.score = a, b, score
        pair.demand, pair.solution = demand.demand, row.solution
      end
    end
  end
  return list
end

-- Returns the pairs and the match: its run, scorecard and which rules failed; nil and why where nothing can be planned.
function candidates.find(e, args, keep)
  local owner_of_demand = owners("demand", "owner", e.attends)
  local owner_of_solution = owners("solution", "organisation", e.attends)
  local demands = {}
  for id in pairs(owner_of_demand) do demands[#demands + 1] = id end
  if #demands == 0 then
    return nil, e.t("geen van de deelnemers heeft een vraag: er valt niets te plannen",
      "none of the participants has a demand: there is nothing to plan")
  end
  local match = polder.match { scorecard = args.scorecard, demands = demands, top = args.top, keep = keep }
  return best_of_each(match, owner_of_demand, owner_of_solution, args.least_score), match
end

return candidates
