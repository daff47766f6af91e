-- Tries every answer of a gate that is neither yes nor no.
local polder = require "polder"
local gates = {}
for name, answer in pairs { one = 1, text = "true", table = {}, none = false } do
  polder.rule { -- HERE
    name = name, on = "pair", gate = function() if name ~= "none" then return answer end end,
  }
  gates[#gates + 1] = name
end
polder.scorecard { name = "hostile", extends = "partnership/national", gates = gates }
