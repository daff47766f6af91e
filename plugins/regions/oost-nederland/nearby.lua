-- Oost-Nederland: solutions from nearby. Basis: the letter of intent is to bring demand and supply nearer to each other
-- (README.md); codes are NUTS 2024.
local polder = require "polder"

local NEIGHBOUR <const> = polder.settings.neighbour_points / 10

polder.rule {
  name = "nearby",
  title = { nl = "Nabijheid", en = "Proximity" },
  max = 10,
  measure = polder.value("solution.region", {
    prefix = true,
    map = {
      NL21 = 1, NL22 = 1, NL13 = NEIGHBOUR, NL12 = NEIGHBOUR, NL23 = NEIGHBOUR, NL35 = NEIGHBOUR,
      NL36 = NEIGHBOUR, NL41 = NEIGHBOUR, NL42 = NEIGHBOUR, DE94 = NEIGHBOUR, DEA1 = NEIGHBOUR,
      DEA3 = NEIGHBOUR, NL = 0.2,
    },
    titles = {
      NL21 = "Overijssel", NL22 = "Gelderland", NL13 = "Drenthe", NL12 = "Friesland",
      NL23 = "Flevoland", NL35 = "Utrecht", NL36 = "Zuid-Holland", NL41 = "Noord-Brabant",
      NL42 = "Limburg", DE94 = "Weser-Ems", DEA1 = "Düsseldorf", DEA3 = "Münster",
      NL = "de rest van Nederland",
    },
    other = 0,
  }),
  reason = { full = "uit {terms} zelf", part = "uit {terms}", none = "van buiten Nederland" },
}
