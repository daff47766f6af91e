-- Limburg: can it be made in numbers? Basis: production lines for Defence in Born, paid by the province and VDL, and
-- LIOF's search for suppliers to them (README.md). Sizes and points are illustrative.
local polder = require "polder"

-- Parts of certificate names, in capitals: management of quality in general, for Defence, aircraft and vehicles.
local QUALITY <const> = { "ISO 9001", "AQAP", "9100", "16949" }

local function quality_of(certificates)
  for _, name in ipairs(certificates) do
    for _, part in ipairs(QUALITY) do
      if name:upper():find(part, 1, true) then return name end
    end
  end
  return nil
end

polder.rule {
  name = "production",
  title = { nl = "Op te schalen naar productie", en = "Can be produced in numbers" },
  on = "solution",
  max = 10,
  needs = { solution = { "trl", "employees", "certificates" } },
  score = function(solution, ctx)
    local trl, people = solution.trl, solution.employees
    if not trl then return nil, "rijpheid niet opgegeven" end
    if trl < ctx.settings.scale_trl then return 0, ("met TRL %.0f nog niet toe aan productie"):format(trl) end
    local quality = quality_of(solution.certificates)
    if quality and people and people >= ctx.settings.scale_employees then
      return 10, ("af (TRL %.0f), %.0f medewerkers en kwaliteit geborgd met %s"):format(trl, people, quality)
    end
    if quality then return 8, ("af (TRL %.0f) en kwaliteit geborgd met %s"):format(trl, quality) end
    return 5, ("af (TRL %.0f), zonder aangetoonde kwaliteitsborging"):format(trl)
  end,
}
