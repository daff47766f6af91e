-- Zeeland: the harbour list: who can do what on the water, for each maritime demand. Basis: the region's scorecard.
local polder = require "polder"

local WATER <const> = { maritime = true, uncrewed_vessels = true, sonar = true }

local function on_water(demand)
  for _, theme in ipairs(demand.themes or {}) do
    if theme == "maritime" then return true end
  end
  for _, term in ipairs(demand.technologies or {}) do
    if WATER[term] then return true end
  end
  return false
end

local function row_of(ranked)
  local solution = polder.get(ranked.solution) or {}
  return {
    solution = solution.title, rank = ranked.rank, score = ranked.score, trl = solution.trl,
    proof = table.concat(solution.certificates or {}, ", "), days = solution.delivery_days,
  }
end

polder.report {
  name = "haven",
  title = { nl = "Havenlijst", en = "Harbour list" },
  args = {
    {
      name = "top", type = "integer", default = 5, minimum = 1, maximum = 20,
      title = { nl = "Oplossingen per vraag", en = "Solutions for each demand" },
    },
  },
  write = function(report, args, ctx)
    local say = ctx.say
    report:title(say("Havenlijst Zeeland", "Harbour list of Zeeland"),
      say("Wat er voor vragen op het water te koop is, met keuring en levertijd",
        "What there is to buy for demands on the water, with approvals and delivery times"))
    if #polder.query { kind = "solution", where = "fictitious == true", limit = 1 } > 0 then
      report:note(say("Er staan fictieve vragen en oplossingen tussen.", "Some demands and solutions are fictitious."))
    end
    local wet = {}
    for demand in polder.each { kind = "demand", fields = { "themes", "technologies" } } do
      if on_water(demand) then wet[#wet + 1] = demand.id end
    end
    if #wet == 0 then
      report:text(say("Er is geen vraag die over water gaat.", "No demand is about water."))
      return
    end
    local run = polder.match { scorecard = "zeeland/zeeland", demands = wet, top = args.top, today = ctx.today }
    for _, matched in ipairs(run.demands) do
      local demand, rows = polder.get(matched.demand), {}
      for i, ranked in ipairs(matched.ranked) do rows[i] = row_of(ranked) end
      report:section(demand.title)
      report:table {
        caption = say("Best passend bij: ", "Best for: ") .. demand.title,
        columns = {
          { name = "solution", title = say("Oplossing", "Solution") },
          { name = "rank", title = say("Plaats", "Rank"), type = "number" },
          { name = "score", title = "Score", type = "number", decimals = 1 },
          { name = "trl", title = "TRL", type = "number" },
          { name = "proof", title = say("Certificaten", "Certificates") },
          { name = "days", title = say("Levertijd", "Delivery time"), type = "number", unit = say("dagen", "days") },
        },
        rows = rows,
      }
    end
  end,
}
