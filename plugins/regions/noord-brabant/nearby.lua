-- Noord-Brabant: solutions from nearby. Basis: regional networks connect Defence and firms (README.md); codes are NUTS
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
      NL41 = 1, NL22 = NEIGHBOUR, NL34 = NEIGHBOUR, NL36 = NEIGHBOUR, NL42 = NEIGHBOUR,
      BE21 = NEIGHBOUR, BE22 = NEIGHBOUR, NL = 0.2,
    },
    titles = {
      NL41 = "Noord-Brabant", NL22 = "Gelderland", NL34 = "Zeeland", NL36 = "Zuid-Holland",
      NL42 = "Limburg", BE21 = "Antwerpen", BE22 = "Belgisch-Limburg",
      NL = "de rest van Nederland",
    },
    other = 0,
  }),
  reason = { full = "uit {terms} zelf", part = "uit {terms}", none = "van buiten Nederland" },
}
