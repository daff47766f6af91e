-- Checks: an event whose slots overlap is refused as it is written down. Basis: slots.lua. One that doesn't say how
-- long a meeting lasts is looked at when it is planned.
local polder = require "polder"
local slots = require "slots"

polder.check {
  name = "slots-apart", kind = "gathering",
  title = { nl = "Gespreksronden vallen niet over elkaar", en = "Slots of meetings don't overlap" },
  check = function(change, ctx)
    local after = change.after
    if not after or not after.slots or not after.slot_minutes then return true end
    local reason = slots.problem(after.slots, after.slot_minutes, ctx.say)
    return reason == nil, reason
  end,
}
