-- Noord-Brabant: civil technology of a young firm that can be made fit for Defence. Basis: Brainport was the first
-- Dutch region in NATO's programme DIANA, which helps start-ups to do just that (README.md).
local polder = require "polder"

local SMALL <const> = 250 -- employees: below this a firm is an SME by the EU's definition

local function is_young_and_small(solution, ctx)
  local age = tonumber(ctx.today:sub(1, 4)) - solution.founded
  return age <= ctx.settings.young_years and solution.employees < SMALL
end

polder.rule {
  name = "civil",
  title = { nl = "Civiele techniek voor Defensie", en = "Civil technology to be made fit for Defence" },
  on = "solution",
  max = 10,
  needs = { solution = { "civil_use", "military_use", "founded", "employees" } },
  score = function(solution, ctx)
    if not solution.founded or not solution.employees then
      return nil, "aantal medewerkers of jaar van oprichting niet opgegeven"
    end
    if not solution.civil_use then return 0, "geen civiel gebruik beschreven" end
    if not is_young_and_small(solution, ctx) then return 4, "civiel in gebruik, van een gevestigd of groot bedrijf" end
    if solution.military_use then return 10, "jong bedrijf met civiele techniek en een beschreven militair gebruik" end
    return 7, "jong bedrijf met civiele techniek, militair gebruik nog niet beschreven"
  end,
}
