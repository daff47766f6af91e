-- What the commands read of an event: who attends, when they are away, what was planned. Basis: the kinds of
-- partnership/kinds/meetings.lua.
local polder = require "polder"
local ics = require "ics"
local slots = require "slots"

local event = {}

event.ARG = {
  name = "event", type = "record", kind = "gathering", required = true, title = { nl = "Bijeenkomst", en = "Event" },
}

local function number_of(list, text)
  local seconds = ics.seconds(text)
  for n, one in ipairs(list) do
    if ics.seconds(one) == seconds then return n end
  end
end

local function add_person(e, org, person)
  for _, known in ipairs(e.people[org] or {}) do
    if known == person then return end
  end
  e.people[org] = e.people[org] or {}
  table.insert(e.people[org], person)
end

-- A row counts once for each slot, however often it names it.
local function mark(e, away, times)
  local seen = {}
  for _, time in ipairs(times or {}) do
    local slot = number_of(e.slots, time)
    if slot and not seen[slot] then away[slot] = (away[slot] or 0) + 1 end
    if slot then seen[slot] = true end
  end
end

-- A row with a person says who comes for an organisation, and when that person isn't there, for whomever. A row without
-- says that the organisation comes, and when it doesn't; of more than one such row, when all of them say so.
local function read_row(e, row, own)
  if row.person then
    e.away_people[row.person] = e.away_people[row.person] or {}
    mark(e, e.away_people[row.person], row.absent)
  end
  if not row.organisation then return end
  if not own[row.organisation] then
    own[row.organisation] = { rows = 0, away = {} }
    e.attends[#e.attends + 1] = row.organisation
  end
  if row.person then
    add_person(e, row.organisation, row.person)
  else
    own[row.organisation].rows = own[row.organisation].rows + 1
    mark(e, own[row.organisation].away, row.absent)
  end
end

-- In which slots an organisation isn't there, or none of its people is.
local function away_slots(e, org, own)
  local away = {}
  for slot = 1, #e.slots do
    local people, present = e.people[org] or {}, 0
    for _, person in ipairs(people) do
      if not e.away_people[person][slot] then present = present + 1 end
    end
    local nobody = #people > 0 and present == 0
    away[slot] = nobody or (own.rows > 0 and own.away[slot] == own.rows) or nil
  end
  return away
end

-- Who comes (e.attends), their people and when who is away; again after a cancellation.
local function read_attendance(e)
  local own = {}
  e.attends, e.people, e.away_people, e.away = {}, {}, {}, {}
  for _, row in ipairs(e.rows) do
    if row.status ~= "cancelled" then read_row(e, row, own) end
  end
  for org, row in pairs(own) do e.away[org] = away_slots(e, org, row) end
end

event.read_attendance = read_attendance

-- The meetings that this event has, by pair: "organisation of the demand|organisation of the solution".
function event.key(a, b)
  return a .. "|" .. b
end

local function read_meetings(e)
  local here = ("gathering == '%s'"):format(e.id)
  e.meetings = polder.query { kind = "meeting", where = here, order = "starts", limit = "all" }
  for _, meeting in ipairs(e.meetings) do
    local orgs = meeting.organisations or {}
    if #orgs == 2 then e.known[event.key(orgs[1], orgs[2])] = meeting end
  end
end

-- e.t is ctx.say, for all who work on the event.
function event.read(id, ctx)
  local t, record = ctx.say, polder.get(id)
  if not record then
    return nil, t("%s is er niet; `polder query gathering` toont welke er zijn",
      "there is no %s; `polder query gathering` lists them"):format(id), "not_found"
  end
  local e = {
    id = id, t = t, title = record.title, slots = record.slots or {}, rooms = record.rooms or {},
    fictitious = record.fictitious, minutes = record.slot_minutes or slots.MINUTES, place = record.place,
    date = record.date, known = {},
  }
  if #e.slots == 0 or #e.rooms == 0 then
    local example = ("polder put %s slots='[\"2027-03-18T08:00:00Z\"]' rooms='[\"Kade 1\"]'"):format(id)
    return nil, t("%s heeft nog geen ronden (slots) of ruimten (rooms): %s", "%s has no slots or no rooms yet: %s")
      :format(id, example)
  end
  table.sort(e.slots, function(x, y) return ics.seconds(x) < ics.seconds(y) end)
  e.rows = polder.query { kind = "attendance", where = ("gathering == '%s'"):format(id), limit = "all" }
  read_attendance(e)
  read_meetings(e)
  return e
end

-- As event.read, for who places meetings: slots that overlap are refused.
function event.read_to_plan(id, ctx)
  local e, why, code = event.read(id, ctx)
  if not e then return nil, why, code end
  local problem = slots.problem(e.slots, e.minutes, e.t)
  if problem then return nil, id .. ": " .. problem, "bad_data" end
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

-- "08:00", in UTC, which who prints it says: no plugin knows the time zones of the world.
function event.hour(time)
  return ics.time(ics.seconds(time)):sub(12, 16)
end

-- Who meets whom, in the reader's language: a record's title has only one.
function event.pair_text(a, b, t)
  return t("%s met %s", "%s with %s"):format(event.name(a), event.name(b))
end

-- "08:00 UTC, Kade 1: Zilte Echo met Havenwacht", of a meeting as it was recorded.
function event.meeting_text(meeting, t)
  local orgs = meeting.organisations or {}
  local who = #orgs == 2 and event.pair_text(orgs[1], orgs[2], t) or meeting.title or meeting.id
  return ("%s UTC%s: %s"):format(event.hour(meeting.starts), meeting.room and ", " .. meeting.room or "", who)
end

-- An organisation or a person as people type it: "demo-zilte-echo", "person/demo-directie-zilte-echo".
function event.participant(text, t)
  if not text:find "^[%w._~/-]+$" then
    return nil, t("%s is geen organisatie of persoon", "%s is no organisation or person"):format(text), "not_found"
  end
  local ids = text:find "/" and { text } or { "organisation/" .. text, "person/" .. text }
  for _, id in ipairs(ids) do
    local kind = id:match "^(%w+)/"
    if kind ~= "organisation" and kind ~= "person" then
      return nil, t("%s is geen organisatie of persoon", "%s is no organisation or person"):format(id), "usage"
    end
    if polder.get(id) then return id end
  end
  return nil, t("%s is er niet; `polder query %s` toont wie er zijn", "there is no %s; `polder query %s` lists them")
    :format(ids[1], ids[1]:match "^%w+"), "not_found"
end

-- What the planner works on; the pairs are for the caller to add.
function event.problem(e, pairs_found, most)
  return {
    slots = #e.slots, rooms = #e.rooms, most = most, away = e.away, people = e.people, away_people = e.away_people,
    pairs = pairs_found,
  }
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
    organisations = polder.list { m.pair.a, m.pair.b }, people = polder.list(m.people),
    demand = m.pair.demand, solution = m.pair.solution, score = m.pair.score / 100, run = run or m.pair.run,
    status = "planned", fictitious = e.fictitious,
  })
  return id
end

return event
