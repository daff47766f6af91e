-- Tries every answer that is no number of points.
local polder = require "polder"
local number_like = setmetatable({}, {
  __tostring = function() return "10" end, __lt = function() return true end, __le = function() return true end,
  __eq = function() return true end, __tonumber = function() return 10 end, __name = "number",
})
local answers = {
  nan = 0 / 0, inf = 1 / 0, minus = -1, ["minus-inf"] = -1 / 0, above = 10.000001, text = "10", table = number_like,
  bool = true, func = print, thread = coroutine.create(print),
}
local rules = {}
for name, answer in pairs(answers) do
  polder.rule { name = name, on = "pair", max = 10, score = function() return answer, "a reason" end } -- HERE
  rules[name] = 1
end
polder.scorecard { name = "hostile", extends = "partnership/national", rules = rules }
