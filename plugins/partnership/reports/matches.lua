-- What a region's scorecard ranks for the demands, with the reasons. Basis: polder.match, so the scorecard's own rules;
-- a region's report of its own calls matches.write with its scorecard (require does not reach across plugins: copy it).
local polder = require "polder"
local data = require "reports.data"
local why = require "reports.why"

-- The rule that gave most, and of the others the one that took most; each of what it could.
local function because(ranked)
  local best, worst, high, low
  local function each(look)
    for _, rule in ipairs(ranked.rules) do
      if rule.outcome == "points" and rule.max > 0 then look(rule, rule.value / rule.max) end
    end
  end
  each(function(rule, share)
    if share > 0 and (not high or share * rule.weight > high) then best, high = rule, share * rule.weight end
  end)
  each(function(rule, share)
    local lost = (1 - share) * rule.weight
    if rule ~= best and lost > 0 and (not low or lost > low) then worst, low = rule, lost end
  end)
  return best and best.reason, worst and worst.reason, worst and worst.value / worst.max
end

local function ranking(report, t, matched, names)
  local rows = {}
  for i, ranked in ipairs(matched.ranked) do
    local best, worst, share = because(ranked)
    rows[i] = {
      rank = ranked.rank, solution = names[ranked.solution], score = ranked.score, coverage = ranked.coverage,
      best = best and report:said(best, "nl"),
      worst = worst and {
        report:said(worst, "nl"), " (", report:percentage(share, 0), t(" van de punten)", " of the points)"),
      },
    }
  end
  report:table {
    caption = t("Best passend bij: ", "Best for: ") .. names[matched.demand],
    columns = {
      { name = "solution", title = t("Oplossing", "Solution") },
      { name = "rank", title = t("Plaats", "Rank"), type = "number" },
      { name = "score", title = t("Score", "Score"), type = "number", decimals = 1 },
      { name = "coverage", title = t("Dekking", "Coverage"), type = "percentage", decimals = 0 },
      { name = "best", title = t("Sterkste punt", "Strongest point") },
      { name = "worst", title = t("Kost de meeste punten", "Costs most points") },
    },
    rows = rows,
  }
end

polder.report {
  name = "matches",
  title = { nl = "Matchrapport van een regio", en = "Match report of a region" },
  args = {
    { name = "scorecard", type = "text", required = true, title = { nl = "Scorekaart", en = "Scorecard" } },
    { name = "demand", type = "record", kind = "demand", title = { nl = "Alleen deze", en = "Only this one" } },
    { name = "top", type = "integer", default = 5, minimum = 1, maximum = 50 },
    { name = "explained", type = "integer", minimum = 0, maximum = 50,
      title = { nl = "Hoeveel daarvan uitgelegd", en = "How many of these are explained" } },
  },
  write = function(report, args, ctx)
    local t, names = ctx.say, data.names("demand", "solution")
    local used, explained = why.sources(), args.explained or (args.demand and 3 or 1)
    local run = polder.match {
      scorecard = args.scorecard, top = args.top, today = ctx.today,
      demands = args.demand and { args.demand } or nil,
    }
    report:title(
      t("Matchrapport: ", "Match report: ") .. (run.title and run.title[ctx.lang] or run.scorecard),
      t("Welke oplossingen passen bij welke vragen, en waarom", "Which solutions fit which demands, and why")
    )
    local made_up = data.made_up(t, {
      { data.all("demand"), "vragen", "demands" }, { data.all("solution"), "oplossingen", "solutions" },
    })
    if made_up then report:note(made_up) end
    local scored, best = 0, nil
    for _, matched in ipairs(run.demands) do
      scored = scored + matched.scored
      local first = matched.ranked[1]
      if first and (not best or first.score > best) then best = first.score end
    end
    report:numbers {
      { title = t("vragen", "demands"), value = #run.demands },
      { title = t("gescoorde paren", "pairs scored"), value = scored },
      { title = t("hoogste score van 100", "highest score out of 100"), value = best, decimals = 1 },
    }
    report:text(t(
      "De dekking zegt hoeveel van het gewicht meetelde: de rest was niet bekend of niet van toepassing.",
      "Coverage is how much of the weight counted: the rest was not known or did not apply."
    ))
    for _, matched in ipairs(run.demands) do
      report:section(names[matched.demand])
      if #matched.ranked == 0 then
        report:text(t("Geen oplossing voldoet aan de eisen.", "No solution meets the requirements."))
      else
        ranking(report, t, matched, names)
      end
      for i = 1, math.min(explained, #matched.ranked) do
        local ranked = matched.ranked[i]
        why.write(report, {
          scorecard = run.scorecard, demand = matched.demand, solution = ranked.solution, rank = ranked.rank,
          title = names[ranked.solution],
        }, used, ctx)
      end
    end
    why.list(report, used, ctx)
    if run.run then report:text(t("Uitleg per paar: ", "Why, for each pair: "), "polder explain ", run.run, " …") end
  end,
}
