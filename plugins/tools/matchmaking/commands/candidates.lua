-- Who could usefully meet: the owners of demands and the owners of solutions that a scorecard ranks high enough.
local polder = require "polder"

local candidates = {}

local function owners(kind, field, attends)
  local here, of = {}, {}
  for _, id in ipairs(attends) do here[id] = true end
  for _, record in ipairs(polder.query { kind = kind, limit = 10000 }) do
    if record[field] and here[record[field]] then of[record.id] = record[field] end
  end
  return of
end

-- For each two organisations the best demand and solution that they have; scores in whole hundredths.
local function best_of_each(match, owner_of_demand, owner_of_solution, least)
  local best, list = {}, {}
  for _, demand in ipairs(match.demands) do
    for _, row in ipairs(demand.ranked) do
      local a, b = owner_of_demand[demand.demand], owner_of_solution[row.solution]
      local score = math.floor(row.score * 100 + 0.5)
      local key = a and b and a ~= b and a .. "|" .. b
      if key and score >= least * 100 and (not best[key] or score > best[key].score) then
        local pair = best[key] or { a = a, b = b }
        if not best[key] then list[#list + 1] = pair end
        best[key] = pair
        pair.score, pair.demand, pair.solution = score, demand.demand, row.solution
      end
    end
  end
  return list
end

-- Returns the pairs, the match's run and which rules failed; nil and why where nothing can be planned.
function candidates.find(e, args)
  local owner_of_demand = owners("demand", "owner", e.attends)
  local owner_of_solution = owners("solution", "organisation", e.attends)
  local demands = {}
  for id in pairs(owner_of_demand) do demands[#demands + 1] = id end
  if #demands == 0 then return nil, "geen van de deelnemers heeft een vraag: er valt niets te plannen" end
  local match = polder.match { scorecard = args.scorecard, demands = demands, top = args.top, today = args.day }
  return best_of_each(match, owner_of_demand, owner_of_solution, args.least_score), match.run, match.failed_rules
end

return candidates
