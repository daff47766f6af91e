-- Zeeland: proven in salt, water and weather. Basis: what works on the Scheldt stands outdoors; the schemes
-- are public. The points are illustrative.
local polder = require "polder"

-- Parts of certificate names, in capitals: against water, explosion and rough handling, and of classification
-- societies.
local SCHEMES <const> = { "IP66", "IP67", "IP68", "ATEX", "STD-810", "DNV", "LLOYD", "BUREAU VERITAS" }

local function weatherproof(certificates)
  for _, name in ipairs(certificates) do
    for _, part in ipairs(SCHEMES) do
      if name:upper():find(part, 1, true) then return name end
    end
  end
  return nil
end

polder.rule {
  name = "outdoors",
  title = { nl = "Bestand tegen zout en weer", en = "Proof against salt and weather" },
  on = "solution",
  max = 10,
  needs = { solution = { "trl", "certificates" } },
  score = function(solution, ctx)
    local trl, proof = solution.trl, weatherproof(solution.certificates)
    if not trl and #solution.certificates == 0 then return nil, "rijpheid en certificaten niet opgegeven" end
    local tried = trl and trl >= ctx.settings.proven_trl
    if tried and proof then return 10, ("buiten beproefd (TRL %.0f) en gekeurd (%s)"):format(trl, proof) end
    if proof then return 6, ("gekeurd voor buiten (%s), nog niet aantoonbaar beproefd"):format(proof) end
    if tried then return 4, ("beproefd (TRL %.0f), niet gekeurd voor zout en weer"):format(trl) end
    return 0, "niet beproefd en niet gekeurd voor zout en weer"
  end,
}
