-- Checks: what a kind's types can't say. Basis: the codes of registers (checks/codes.lua), and that time runs one way.
-- Demands and solutions have none: they come by the hundred thousand, and each check is a question to a worker.
local polder = require "polder"
local check = require "checks.check"
local codes = require "checks.codes"
require "checks.money"

polder.check(check("organisation-codes", "organisation", "Codes van een organisatie", "Organisation codes", function(o)
  if o.register_number and not codes.register_number(o.register_number) then
    return ("een KvK-nummer heeft 8 cijfers, niet \"%s\""):format(o.register_number)
  end
  local wrong = codes.wrong(o.regions, codes.nuts)
  if wrong then return ("\"%s\" is geen NUTS-code, zoals NL34 of NL342"):format(wrong) end
end))

polder.check(check("region-codes", "region", "NUTS-codes van een regio", "NUTS codes of a region", function(region)
  local wrong = codes.wrong(region.nuts, codes.nuts)
  if wrong then return ("\"%s\" is geen NUTS-code, zoals NL34"):format(wrong) end
end))

polder.check(check("technology-codes", "technology", "CPV-codes van een technologie", "Technology codes", function(t)
  local wrong = codes.wrong(t.cpv, codes.cpv)
  if wrong then return ("\"%s\" is geen CPV-code, zoals 35613000"):format(wrong) end
end))

-- Walks up from the record as it becomes; a tree of terms is a few levels deep.
local function parents_end(record, id)
  local DEEPEST <const> = 20
  local parent = record.parent
  for _ = 1, DEEPEST do
    if not parent then return end
    if parent == id then return "is dan een deel van zichzelf" end
    local wider = polder.get(parent)
    parent = wider and wider.parent
  end
  return ("ligt dan dieper dan %d lagen"):format(DEEPEST)
end

polder.check(check("technology-tree", "technology", "Boom van technologieën", "Tree of technologies", parents_end))
polder.check(check("theme-tree", "theme", "Boom van thema's", "Tree of themes", parents_end))

polder.check(check("agreement-term", "agreement", "Looptijd van een overeenkomst", "Term of an agreement", function(a)
  local from, to = a.date, a.valid_until
  if from and to and to < from then return "is geldig tot vóór de ondertekening" end
end))

polder.check(check("observation-period", "observation", "Periode van een waarneming", "Observation period", function(o)
  if o.period and not codes.period(o.period) then
    return ("\"%s\" is geen periode: 2025, 2025-Q3 of 2025-03"):format(o.period)
  end
end))

polder.check(check("decision-sides", "decision", "Gekozen of afgewezen", "Chosen or rejected", function(decision)
  local chosen = {}
  for _, id in ipairs(decision.awarded or {}) do
    chosen[id] = true
  end
  for _, id in ipairs(decision.rejected or {}) do
    if chosen[id] then return id .. " is gekozen en afgewezen" end
  end
end))
