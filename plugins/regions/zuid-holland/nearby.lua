-- Zuid-Holland: solutions from nearby. Basis: regional networks connect Defence and firms (README.md); codes are NUTS
-- 2024.
local polder = require "polder"

local NEIGHBOUR <const> = polder.settings.neighbour_points / 10

polder.rule {
  name = "nearby",
  title = { nl = "Nabijheid", en = "Proximity" },
  max = 10,
  measure = polder.value("solution.region", {
    prefix = true,
    map = {
      NL36 = 1, NL32 = NEIGHBOUR, NL34 = NEIGHBOUR, NL35 = NEIGHBOUR, NL41 = NEIGHBOUR,
      NL22 = NEIGHBOUR, NL = 0.2,
    },
    titles = {
      NL36 = "Zuid-Holland", NL32 = "Noord-Holland", NL34 = "Zeeland", NL35 = "Utrecht",
      NL41 = "Noord-Brabant", NL22 = "Gelderland", NL = "de rest van Nederland",
    },
    other = 0,
  }),
  reason = { full = "uit {terms} zelf", part = "uit {terms}", none = "van buiten Nederland" },
}
