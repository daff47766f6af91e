-- `polder matchmaking cancel`: somebody can't come, wholly or in some slots; the rest stays as it is where it can.
local polder = require "polder"
local event = require "commands.event"
local candidates = require "commands.candidates"
local planner = require "planner"
local timetable = require "timetable"

local function cancel_attendance(e, id, times)
  for _, row in ipairs(polder.query {
    kind = "attendance", where = ("gathering == '%s' and organisation == '%s'"):format(e.id, id), limit = 1000,
  }) do
    if #times == 0 then
      polder.put(row.id, { status = "cancelled" })
    else
      local absent = row.absent or {}
      for _, time in ipairs(times) do absent[#absent + 1] = time end
      polder.put(row.id, { absent = polder.list(absent) })
    end
  end
end

local function has(list, item)
  for _, one in ipairs(list) do
    if one == item then return true end
  end
end

-- What stays of the plan, as a timetable; what goes, as a list.
local function split(e, problem, id, slots)
  local t, gone, room_of = timetable.new(problem), {}, {}
  for _, meeting in ipairs(e.meetings) do
    local orgs, slot = meeting.organisations or {}, event.slot_of(e, meeting.starts)
    if meeting.status == "planned" and #orgs == 2 and slot then
      local pair = {
        a = orgs[1], b = orgs[2], score = math.floor((meeting.score or 0) * 100 + 0.5),
        demand = meeting.demand, solution = meeting.solution, run = meeting.run,
      }
      problem.pairs[#problem.pairs + 1] = pair
      if has(orgs, id) and (#slots == 0 or has(slots, slot)) then
        gone[#gone + 1] = { meeting = meeting, pair = pair }
      else
        timetable.put(t, pair, slot)
        room_of[pair] = event.room_of(e, meeting.room)
      end
    end
  end
  return t, gone, room_of
end

local function others(gone, id)
  local list = {}
  for _, row in ipairs(gone) do list[#list + 1] = row.pair.a == id and row.pair.b or row.pair.a end
  table.sort(list)
  return list
end

polder.command {
  name = "cancel",
  title = { nl = "Een deelnemer zegt af", en = "A participant cancels" },
  help = {
    nl = "De gesprekken van wie afzegt vervallen. Wie daardoor niets meer heeft krijgt een ander gesprek als het past; "
      .. "alle andere gesprekken blijven in hun ronde en ruimte.",
    en = "The meetings of who cancels go. Who is left with none gets another where one fits; all others stay in their "
      .. "slot and room.",
  },
  example = "polder matchmaking cancel demo-vlissingen-2027 demo-zilte-echo",
  args = {
    event.ARG,
    {
      name = "organisation", type = "record", kind = "organisation", required = true,
      title = { nl = "Wie afzegt", en = "Who cancels" },
    },
    {
      name = "slot", type = "integer", minimum = 1, many = true,
      title = { nl = "Alleen in deze ronden (1, 2 …)", en = "In these slots only (1, 2 …)" },
    },
    { name = "scorecard", default = "partnership/national", title = { nl = "Scorekaart", en = "Scorecard" } },
    { name = "top", type = "integer", minimum = 1, maximum = 1000, default = 50, title = "Top" },
  },
  run = function(args, ctx)
    local e, why, code = event.read(args.event)
    if not e then return nil, why, code end
    local id = args.organisation
    if not has(e.attends, id) then return nil, event.name(id) .. " is niet aangemeld", "not_found" end
    local times = {}
    for n, slot in ipairs(args.slot) do
      if not e.slots[slot] then return nil, "er is geen ronde " .. slot, "usage" end
      times[n] = e.slots[slot]
      e.away[id][slot] = true
    end
    for slot = 1, #e.slots do e.away[id][slot] = e.away[id][slot] or #args.slot == 0 or nil end
    local problem = { slots = #e.slots, rooms = #e.rooms, away = e.away, pairs = {} }
    local t, gone, room_of = split(e, problem, id, args.slot)
    cancel_attendance(e, id, times)
    args.least_score = ctx.settings.least_score
    local found, run = candidates.find(e, args)
    local known = {}
    for _, pair in ipairs(problem.pairs) do known[event.key(pair.a, pair.b)] = true end
    local fresh = {}
    for _, pair in ipairs(found or {}) do
      if not known[event.key(pair.a, pair.b)] then
        fresh[#fresh + 1], problem.pairs[#problem.pairs + 1] = pair, pair
      end
    end
    local added, moved = planner.repair(t, fresh, ctx.settings.most_meetings, others(gone, id))
    for _, pair in ipairs(moved) do room_of[pair] = nil end
    for _, row in ipairs(gone) do
      polder.put(row.meeting.id, { status = "cancelled" })
      ctx.print(("vervalt: %s %s"):format(event.hour(row.meeting.starts), row.meeting.title or row.meeting.id))
    end
    local nr = event.last_number(e)
    for _, m in ipairs(planner.meetings(t, room_of)) do
      local is_new, is_moved = has(added, m.pair), has(moved, m.pair)
      if is_new or is_moved then
        nr = nr + (is_new and 1 or 0)
        event.keep(e, m, nr, is_new and run or nil)
        ctx.print(("%s: %s %s, %s met %s"):format(is_new and "nieuw" or "verplaatst", event.hour(e.slots[m.slot]),
          e.rooms[m.room], event.name(m.pair.a), event.name(m.pair.b)))
      end
    end
    for _, other in ipairs(others(gone, id)) do
      if (t.count[other] or 0) == 0 then ctx.print("heeft nu geen gesprek: " .. event.name(other)) end
    end
    local summary = { organisation = id, cancelled = #gone, added = #added, moved = #moved }
    ctx.print(("%d vervallen, %d nieuw, %d verplaatst; al het andere blijft"):format(#gone, #added, #moved))
    polder.emit("matchmaking.cancelled", summary, e.id)
    return summary
  end,
}
