-- How a price fits a budget. Basis: the budget that the demand itself states; the points are illustrative.
local polder = require "polder"

local budget = {}

-- Whole up to four fifths of the budget, half at the budget itself, nothing from `reach` times the budget.
function budget.fit(reach)
  return polder.number("solution.price", {
    of = "ratio",
    with = "demand.budget",
    curve = { { 0.8, 1 }, { 1, 0.5 }, { reach, 0 } },
  })
end

return budget
