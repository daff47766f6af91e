-- Limburg: solutions from the Euregion. Basis: the Brightlands campuses draw on Flemish, Walloon and German neighbours
-- (README.md); codes are NUTS 2024.
local polder = require "polder"

local NEIGHBOUR <const> = polder.settings.euregion_points / 10

polder.rule {
  name = "nearby",
  title = { nl = "Nabijheid", en = "Proximity" },
  max = 10,
  measure = polder.value("solution.region", {
    prefix = true,
    map = {
      NL42 = 1, NL41 = NEIGHBOUR, NL22 = NEIGHBOUR, BE22 = NEIGHBOUR, BE33 = NEIGHBOUR,
      DEA1 = NEIGHBOUR, DEA2 = NEIGHBOUR, NL = 0.2,
    },
    titles = {
      NL42 = "Limburg", NL41 = "Noord-Brabant", NL22 = "Gelderland", BE22 = "Belgisch-Limburg",
      BE33 = "Luik", DEA1 = "Düsseldorf", DEA2 = "Keulen", NL = "de rest van Nederland",
    },
    other = 0,
  }),
  reason = { full = "uit {terms} zelf", part = "uit {terms}", none = "van buiten Nederland" },
}
