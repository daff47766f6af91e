-- Noord-Holland: proven digital security, where a demand is about it. Basis: digital security is one of the
-- region's three fields (article of 23 February 2026); the schemes are public. The points for each scheme are
-- illustrative.
local polder = require "polder"

-- A part of the certificate's name, in capitals, and what it is worth. ABDO: security requirements for Defence
-- contracts.
local SCHEMES <const> = {
  { part = "ABDO", points = 10 },
  { part = "COMMON CRITERIA", points = 10 },
  { part = "27001", points = 8 },
  { part = "62443", points = 8 },
  { part = "7510", points = 6 },
}
local DIGITAL <const> = { "digital_security", "cryptography", "network_monitoring" }

local function about_security(demand)
  if demand.themes.cyber then return true end
  for _, term in ipairs(DIGITAL) do
    if demand.technologies[term] then return true end
  end
  return false
end

local function best_scheme(certificates)
  local points, best = 0, nil
  for _, name in ipairs(certificates) do
    for _, scheme in ipairs(SCHEMES) do
      if scheme.points > points and name:upper():find(scheme.part, 1, true) then
        points, best = scheme.points, name
      end
    end
  end
  return points, best
end

polder.rule {
  name = "security-proof",
  title = { nl = "Aangetoonde digitale veiligheid", en = "Proven digital security" },
  on = "pair",
  max = 10,
  needs = { solution = { "certificates" }, demand = { "themes", "technologies" } },
  score = function(solution, demand)
    if not about_security(demand) then return nil, "de vraag gaat niet over digitale veiligheid" end
    local points, best = best_scheme(solution.certificates)
    if not best then return 0, "geen certificaat voor digitale veiligheid" end
    return points, "digitale veiligheid aangetoond met " .. best
  end,
}
