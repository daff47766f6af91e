-- Slots of an event that don't run into each other: a meeting ends before the next one begins, or one organisation and
-- one room would be in two meetings at once.
local ics = require "ics"

local slots = {}

slots.MINUTES = 25 -- of a meeting, where the event doesn't say

-- The first two slots, by time, that are nearer than a meeting lasts; nothing where all fit.
function slots.too_near(times, minutes)
  local sorted = table.move(times, 1, #times, 1, {})
  table.sort(sorted, function(x, y) return ics.seconds(x) < ics.seconds(y) end)
  for n = 2, #sorted do
    local before, after = sorted[n - 1], sorted[n]
    if ics.seconds(after) - ics.seconds(before) < minutes * 60 then return before, after end
  end
end

-- The reason against such slots, for a reader; nil where all fit. t(nl, en) is the one of the two to say.
function slots.problem(times, minutes, t)
  local before, after = slots.too_near(times, minutes)
  if not before then return nil end
  return t("de ronden van %s en %s vallen over elkaar: een gesprek duurt %d minuten (slot_minutes); zet ze verder "
    .. "uiteen (slots), of maak gesprekken korter", "the slots of %s and %s overlap: a meeting lasts %d minutes "
    .. "(slot_minutes); set them further apart (slots), or make meetings shorter"):format(before, after, minutes)
end

return slots
