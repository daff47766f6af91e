-- Tries functions that are none of its own for rules.
local polder = require "polder"
local rules = {}
for name, fn in pairs { yield = coroutine.yield, error = error, rule = polder.rule, rep = string.rep, load = load,
  wrapped = coroutine.wrap(function() error("in the coroutine") end) } do
  polder.rule { name = name, on = "pair", max = 10, score = fn } -- HERE
  rules[name] = 1
end
polder.scorecard { name = "hostile", extends = "partnership/national", rules = rules }
