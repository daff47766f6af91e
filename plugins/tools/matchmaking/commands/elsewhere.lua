-- Who is in a meeting of another event at the same time. Plans of two events don't know each other: it is told, not
-- solved.
local polder = require "polder"
local event = require "commands.event"
local ics = require "ics"

local elsewhere = {}

local function shared(mine, theirs)
  local here, list = {}, {}
  for _, id in ipairs(mine or {}) do here[id] = true end
  for _, id in ipairs(theirs or {}) do
    if here[id] then list[#list + 1] = id end
  end
  return list
end

-- The people who are in both, and the organisations in both of which it isn't known who goes to one of them.
function elsewhere.both(mine, theirs, people)
  local list = shared(mine.people, theirs.people)
  for _, org in ipairs(shared(mine.organisations, theirs.organisations)) do
    if not people[org] or #(theirs.people or {}) == 0 then list[#list + 1] = org end
  end
  return list
end

-- Two times, each { from, to } in seconds.
local function overlap(one, two)
  return one[1] < two[2] and two[1] < one[2]
end

local function span(meeting, minutes)
  local from = ics.seconds(meeting.starts)
  return { from, meeting.ends and ics.seconds(meeting.ends) or from + minutes * 60 }
end

-- A sentence for each who is in two places; `planned` are meetings { starts, ends, organisations, people }.
function elsewhere.lines(e, planned)
  local lines = {}
  for other in polder.each { kind = "meeting", where = "status == 'planned'", order = "starts" } do
    for _, meeting in ipairs(other.gathering ~= e.id and planned or {}) do
      local at_once = overlap(span(meeting, e.minutes), span(other, e.minutes))
      for _, id in ipairs(at_once and elsewhere.both(meeting, other, e.people) or {}) do
        lines[#lines + 1] = e.t("let op: %s heeft om %s UTC ook een gesprek elders: %s, om %s UTC",
          "mind: %s at %s UTC has a meeting elsewhere too: %s, at %s UTC"):format(event.name(id),
          event.hour(meeting.starts), event.name(other.gathering or other.id), event.hour(other.starts))
      end
    end
  end
  return lines
end

return elsewhere
