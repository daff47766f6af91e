-- Scorecards that rank by text alone, each with another setting: what sbir_folds.sh chooses from. Basis: the rule
-- partnership/text-match, whose setting is title-3; none here sees a solution's title, for firms copy topics' titles.
local polder = require "polder"

-- How often the words of a demand's title count; those of its description count once.
for _, times in ipairs { 0, 1, 2, 3, 5, 8 } do
  local name = "title-" .. times
  polder.rule {
    name = name, max = 1,
    measure = polder.text(
      { ["demand.title"] = times > 0 and times or nil, ["demand.description"] = 1 }, "solution.description"
    ),
  }
  polder.scorecard { name = name, rules = { [name] = 1 } }
end

-- Title and description apart, each a rule: what `polder tune` weighs.
for _, field in ipairs { "title", "description" } do
  polder.rule { name = field, max = 1, measure = polder.text("demand." .. field, "solution.description") }
end
polder.scorecard { name = "parts", rules = { title = 1, description = 1 } }
