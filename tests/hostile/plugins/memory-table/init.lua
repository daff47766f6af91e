-- Tries to eat all memory with one table, and to catch the refusal.
local polder = require "polder"
polder.rule {
  name = "attack", on = "pair", max = 10,
  score = function()
    local t = {}
    while true do
      pcall(function() t[#t + 1] = { #t, {} } end) -- HERE
    end
  end,
}
polder.scorecard { name = "hostile", extends = "partnership/national", rules = { attack = 1 } }
