-- Oost-Nederland: firms that do not supply Defence yet. Basis: Oost NL also works for firms that don't know where to
-- begin, such as a maker of chips for coffee machines that looks into chips for drones (README.md).
local polder = require "polder"

local SIZE <const> = 10 -- employees: from here on a firm can take a second market on

polder.rule {
  name = "newcomer",
  title = { nl = "Nieuw voor Defensie", en = "New to Defence" },
  on = "solution",
  max = 10,
  needs = { solution = { "civil_use", "military_use", "trl", "employees" } },
  score = function(solution, ctx)
    local trl = solution.trl
    if not trl then return nil, "rijpheid niet opgegeven" end
    if not solution.civil_use then return 0, "geen civiel gebruik beschreven" end
    if trl < ctx.settings.ripe_trl then return 2, ("civiel product, met TRL %.0f nog niet af"):format(trl) end
    if solution.military_use then return 6, "af civiel product dat zijn militair gebruik al kent" end
    if solution.employees and solution.employees >= SIZE then
      return 10, "af civiel product van een bedrijf dat nieuw is voor Defensie"
    end
    return 8, "af civiel product, nieuw voor Defensie, van een zeer klein bedrijf of van onbekende grootte"
  end,
}
