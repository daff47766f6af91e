-- What the commands read of an event: who attends, when they are away, what was planned. Basis: the kinds of
-- partnership/kinds/meetings.lua.
local polder = require "polder"
local ics = require "ics"

local event = {}

local MOST <const> = 10000

event.ARG = {
  name = "event", type = "record", kind = "gathering", required = true, title = { nl = "Bijeenkomst", en = "Event" },
}

local function number_of(list, text)
  local seconds = ics.seconds(text)
  for n, one in ipairs(list) do
    if ics.seconds(one) == seconds then return n end
  end
end

-- Organisations that come, with their people; `away` has the slots in which they don't. Of more than one person an
-- organisation is away only when all of them are.
local function read_attendance(e)
  local people_of = {}
  for _, row in ipairs(polder.query {
    kind = "attendance", where = ("gathering == '%s'"):format(e.id), limit = MOST,
  }) do
    if row.organisation and row.status ~= "cancelled" then
      local org = people_of[row.organisation] or { people = {}, away = {}, rows = 0 }
      people_of[row.organisation] = org
      org.rows = org.rows + 1
      if row.person then org.people[#org.people + 1] = row.person end
      for _, time in ipairs(row.absent or {}) do
        local slot = number_of(e.slots, time)
        if slot then org.away[slot] = (org.away[slot] or 0) + 1 end
      end
    end
  end
  for id, org in pairs(people_of) do
    local away = {}
    for slot, count in pairs(org.away) do away[slot] = count == org.rows or nil end
    e.people[id], e.away[id] = org.people, away
    e.attends[#e.attends + 1] = id
  end
end

-- The meetings that this event has, by pair: "organisation of the demand|organisation of the solution".
function event.key(a, b)
  return a .. "|" .. b
end

local function read_meetings(e)
  local here = ("gathering == '%s'"):format(e.id)
  e.meetings = polder.query { kind = "meeting", where = here, order = "starts", limit = MOST }
  for _, meeting in ipairs(e.meetings) do
    local orgs = meeting.organisations or {}
    if #orgs == 2 then e.known[event.key(orgs[1], orgs[2])] = meeting end
  end
end

function event.read(id)
  local record = polder.get(id)
  if not record then return nil, id .. " is er niet", "not_found" end
  local e = {
    id = id, title = record.title, slots = record.slots or {}, rooms = record.rooms or {},
    fictitious = record.fictitious, minutes = record.slot_minutes or 25, place = record.place,
    away = {}, people = {}, attends = {}, known = {},
  }
  if #e.slots == 0 or #e.rooms == 0 then return nil, id .. " heeft nog geen ronden (slots) of ruimten (rooms)" end
  table.sort(e.slots, function(x, y) return ics.seconds(x) < ics.seconds(y) end)
  read_attendance(e)
  read_meetings(e)
  return e
end

function event.slot_of(e, time)
  return number_of(e.slots, time)
end

function event.room_of(e, room)
  for n, one in ipairs(e.rooms) do
    if one == room then return n end
  end
end

function event.ends(e, slot)
  return ics.time(ics.seconds(e.slots[slot]) + e.minutes * 60)
end

-- Title or name of a record, its id where it has none; asked once.
local names = {}
function event.name(id)
  if not id then return "" end
  if not names[id] then
    local record = polder.get(id)
    names[id] = record and (record.title or record.name) or id
  end
  return names[id]
end

-- "08:00", in the event's own UTC: no plugin knows the time zones of the world.
function event.hour(time)
  return ics.time(ics.seconds(time)):sub(12, 16)
end

local function join(a, b)
  local list, seen = {}, {}
  for _, ids in ipairs { a or {}, b or {} } do
    for _, id in ipairs(ids) do
      if not seen[id] then list[#list + 1] = id end
      seen[id] = true
    end
  end
  return polder.list(list)
end

-- The number in the newest meeting's id.
function event.last_number(e)
  local highest = 0
  for _, meeting in ipairs(e.meetings) do
    highest = math.max(highest, math.tointeger(tonumber(meeting.id:match "%-(%d+)$" or 0)) or 0)
  end
  return highest
end

-- Keeps one planned meeting; an old one of the same pair is changed, so that its calendar entry is too.
function event.keep(e, m, nr, run)
  local old = e.known[event.key(m.pair.a, m.pair.b)]
  local id = old and old.id or ("meeting/%s-%03d"):format(e.id:match "/(.+)", nr)
  polder.put(id, {
    title = ("%s in gesprek met %s"):format(event.name(m.pair.a), event.name(m.pair.b)),
    gathering = e.id, starts = e.slots[m.slot], ends = event.ends(e, m.slot), room = e.rooms[m.room],
    organisations = polder.list { m.pair.a, m.pair.b }, people = join(e.people[m.pair.a], e.people[m.pair.b]),
    demand = m.pair.demand, solution = m.pair.solution, score = m.pair.score / 100, run = run or m.pair.run,
    status = "planned", fictitious = e.fictitious,
  })
  return id
end

return event
