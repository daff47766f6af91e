-- Midden-Nederland: solutions from nearby. Basis: the network of Defence and firms in the region (README.md); codes are
-- NUTS 2024.
local polder = require "polder"

local NEIGHBOUR <const> = polder.settings.neighbour_points / 10

polder.rule {
  name = "nearby",
  title = { nl = "Nabijheid", en = "Proximity" },
  max = 10,
  measure = polder.value("solution.region", {
    prefix = true,
    map = {
      NL35 = 1, NL22 = NEIGHBOUR, NL23 = NEIGHBOUR, NL32 = NEIGHBOUR, NL36 = NEIGHBOUR, NL = 0.2,
    },
    titles = {
      NL35 = "Utrecht", NL22 = "Gelderland", NL23 = "Flevoland", NL32 = "Noord-Holland",
      NL36 = "Zuid-Holland", NL = "de rest van Nederland",
    },
    other = 0,
  }),
  reason = { full = "uit {terms} zelf", part = "uit {terms}", none = "van buiten Nederland" },
}
