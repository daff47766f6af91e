-- The sum of the scores of a timetable beside the highest that can be, in sentences and numbers.
local planner = require "planner"
local timetable = require "timetable"

local sums = {}

-- 1234.5 → "1.234,50", in English "1,234.50"
function sums.number(value, t, decimals)
  local whole, rest = ("%." .. (decimals or 2) .. "f"):format(value):match "^(%d+)%.?(%d*)$"
  local thousands, point = t(".", ","), t(",", ".")
  whole = whole:reverse():gsub("(%d%d%d)", "%1" .. thousands):reverse():gsub("^%" .. thousands, "")
  return rest == "" and whole or whole .. point .. rest
end

-- "1 gesprek", "2 gesprekken".
function sums.count(count, one, more)
  return ("%d %s"):format(count, count == 1 and one or more)
end

function sums.participants(count, t)
  return sums.count(count, t("deelnemer", "participant"), t("deelnemers", "participants"))
end

function sums.of(t, bound)
  local covered, total = planner.worth(t)
  local all = 0
  for _ in timetable.each(t) do all = all + 1 end
  return {
    meetings = all, covered = covered, qualify = bound.participants, total = total / 100,
    bound = planner.most(bound, covered) / 100, bound_covered = bound.covered,
  }
end

-- "som van de scores 1.234,50; meer dan 1.250,00 kan niet (98,8%)"
function sums.line(s, t)
  local text = t("som van de scores %s; meer dan %s kan niet (%s%%)",
    "sum of the scores %s; more than %s can't be (%s%%)"):format(sums.number(s.total, t), sums.number(s.bound, t),
      sums.number(s.bound > 0 and s.total * 100 / s.bound or 100, t, 1))
  if s.covered >= s.bound_covered then return text end
  return t("%s; met een gesprek hoogstens %s meer", "%s; with a meeting at most %s more"):format(text,
    sums.participants(s.bound_covered - s.covered, t))
end

return sums
