-- `polder matchmaking cancel`: an organisation or a person can't come, wholly or in some slots; the rest stays.
local polder = require "polder"
local event = require "commands.event"
local candidates = require "commands.candidates"
local chosen = require "commands.chosen"
local sums = require "commands.sums"
local standing = require "commands.standing"
local planner = require "planner"

local function has(list, item)
  for _, one in ipairs(list) do
    if one == item then return true end
  end
  return false
end

local function longer(list, times)
  local all = {}
  for _, time in ipairs(list or {}) do all[#all + 1] = time end
  for _, time in ipairs(times) do
    if not has(all, time) then all[#all + 1] = time end
  end
  return all
end

-- Changes a row of attendance, here and in the store.
local function change(row, fields)
  for name, value in pairs(fields) do row[name] = value end
  if fields.absent then fields.absent = polder.list(fields.absent) end
  polder.put(row.id, fields)
end

-- In some slots the organisation isn't there, which says nothing of its people: they may come for another.
local function organisation_away(e, rows, id, times)
  local own = false
  for _, row in ipairs(rows) do
    if not row.person then
      change(row, { absent = longer(row.absent, times) })
      own = true
    end
  end
  if own then return end
  local row = { id = ("attendance/%s-%s-zelf"):format(e.id:match "/(.+)", id:match "/(.+)") }
  e.rows[#e.rows + 1] = row
  change(row, {
    gathering = e.id, organisation = id, status = "registered", absent = times, fictitious = e.fictitious,
  })
end

-- Writes down that somebody cancels; false when they had not said that they would come.
local function cancel_attendance(e, id, times)
  local field, rows = id:match "^%w+", {}
  for _, row in ipairs(e.rows) do
    if row[field] == id and row.status ~= "cancelled" then rows[#rows + 1] = row end
  end
  if #rows > 0 and #times > 0 and field == "organisation" then
    organisation_away(e, rows, id, times)
  else
    for _, row in ipairs(rows) do
      change(row, #times == 0 and { status = "cancelled" } or { absent = longer(row.absent, times) })
    end
  end
  return #rows > 0
end

local function those_who_lost(e, gone)
  local list, seen = {}, {}
  for _, row in ipairs(gone) do
    for _, id in ipairs { row.pair.a, row.pair.b } do
      if not seen[id] and e.away[id] then list[#list + 1] = id end
      seen[id] = true
    end
  end
  table.sort(list)
  return list
end

-- Whether all who were told still go.
local function same_people(meeting, people)
  for _, person in ipairs(meeting.people or {}) do
    if not has(people, person) then return false end
  end
  return true
end

local function names_of(people, t)
  local names = {}
  for n, id in ipairs(people) do names[n] = event.name(id) end
  return #names > 0 and table.concat(names, t(" en ", " and ")) or t("niemand met naam", "nobody by name")
end

-- Keeps what is new or different, and says so.
local function keep_changes(e, lines, t, rows, run)
  local was, room_of, count = {}, {}, { added = 0, moved = 0, people = 0 }
  for _, row in ipairs(rows) do
    was[row.pair] = row
    if t.placed[row.pair] == row.slot then room_of[row.pair] = event.room_of(e, row.meeting.room) end
  end
  local nr = event.last_number(e)
  for _, m in ipairs(planner.meetings(t, room_of)) do
    local row, word = was[m.pair], nil
    local text = ("%s UTC, %s: %s"):format(event.hour(e.slots[m.slot]), e.rooms[m.room],
      event.pair_text(m.pair.a, m.pair.b, e.t))
    if not row then
      word, count.added = e.t("nieuw", "new"), count.added + 1
    elseif row.slot ~= m.slot then
      word, count.moved = e.t("verplaatst", "moved"), count.moved + 1
    elseif not row.held and not same_people(row.meeting, m.people) then
      word, count.people = e.t("andere mensen", "other people"), count.people + 1
      text = text .. "; " .. names_of(m.people, e.t)
    end
    if word then
      if not e.known[event.key(m.pair.a, m.pair.b)] then nr = nr + 1 end
      event.keep(e, m, nr, not row and run or nil)
      lines[#lines + 1] = word .. ": " .. text
    end
  end
  return count
end

local function tell_gone(e, lines, t, gone)
  local count = 0
  for _, row in ipairs(gone) do
    if not t.placed[row.pair] then
      polder.put(row.meeting.id, { status = "cancelled" })
      lines[#lines + 1] = e.t("vervalt: ", "goes: ") .. event.meeting_text(row.meeting, e.t)
      count = count + 1
    end
  end
  return count
end

-- The new sum beside the highest that there can be, and beside what planning anew would give.
local function tell_sum(e, lines, t, problem)
  local s = sums.of(t, planner.bound(problem))
  lines[#lines + 1] = sums.line(s, e.t)
  if problem.closed then return s end
  local anew, bound = planner.plan(event.problem(e, problem.pairs, problem.most))
  local other = sums.of(anew, bound)
  s.anew, s.anew_covered = other.total, other.covered
  if other.covered > s.covered or (other.covered == s.covered and other.total > s.total) then
    lines[#lines + 1] = e.t("opnieuw plannen, waarbij gesprekken verschuiven, geeft %s met %s (nu %d)",
      "planning anew, which moves meetings, gives %s with %s (now %d)"):format(
      sums.number(other.total, e.t), sums.participants(other.covered, e.t), s.covered)
  end
  return s
end

-- Who doesn't come, and when not.
local function away(e, id, times)
  if #times == 0 then return e.t("%s komt niet", "%s does not come"):format(event.name(id)) end
  local hours = {}
  for n, time in ipairs(times) do hours[n] = event.hour(time) end
  return e.t("%s komt niet om %s UTC", "%s does not come at %s UTC"):format(event.name(id), table.concat(hours, ", "))
end

polder.command {
  name = "cancel",
  title = { nl = "Een organisatie of persoon zegt af", en = "An organisation or a person cancels" },
  help = {
    nl = "De gesprekken van wie afzegt vervallen; stuurt de organisatie een ander, dan gaat het gesprek door. Alleen "
      .. "wie dan geen gesprek heeft, krijgt er waar het kan een; alle andere blijven in hun ronde en ruimte. Met "
      .. "fill=yes worden ook vrije ronden gevuld waar dat de som verhoogt. De scores zijn die van de scorekaart "
      .. "waarmee is gepland. Tijden zijn in UTC.",
    en = "The meetings of who cancels go; where the organisation can send somebody else the meeting stays. Only who "
      .. "has no meeting then gets one where that can be; all others stay in their slot and room. With fill=yes free "
      .. "slots are filled too where that adds to the sum. Scores are those of the scorecard that the plan was made "
      .. "with. Times are in UTC.",
  },
  example = "polder matchmaking cancel demo-vlissingen-2027 demo-zilte-echo scorecard=zeeland",
  args = {
    event.ARG,
    {
      name = "participant", required = true,
      title = { nl = "Wie afzegt: een organisatie of person/…", en = "Who cancels: an organisation or person/…" },
    },
    {
      name = "slot", type = "integer", minimum = 1, many = true,
      title = { nl = "Alleen in deze ronden (1, 2 …)", en = "In these slots only (1, 2 …)" },
    },
    candidates.SCORECARD,
    {
      name = "fill", type = "boolean", default = false,
      title = { nl = "Vul ook vrije ronden met nieuwe gesprekken", en = "Fill free slots with new meetings too" },
    },
  },
  run = function(args, ctx)
    local e, why, code = event.read_to_plan(args.event, ctx)
    if not e then return nil, why, code end
    local plan = chosen.read(e.id)
    local o, other, usage = chosen.follow(plan, e, args.scorecard, nil, ctx.settings)
    if not o and #e.meetings > 0 then return nil, other, usage end
    local id, unknown, reason = event.participant(args.participant, e.t)
    if not id then return nil, unknown, reason end
    local times = {}
    for n, slot in ipairs(args.slot) do
      if not e.slots[slot] then
        local text = e.t("er is geen ronde %d: er zijn er %d", "there is no slot %d: there are %d")
        return nil, text:format(slot, #e.slots), "usage"
      end
      times[n] = e.slots[slot]
    end
    if not cancel_attendance(e, id, times) then
      return nil, e.t("%s is niet aangemeld", "%s is not registered"):format(event.name(id)), "not_found"
    end
    local lines = { away(e, id, times) }
    if #e.meetings == 0 then
      lines[2] = e.t("er is nog geen rooster dat daarop wacht", "there is no plan yet that minds it")
      polder.emit("matchmaking.cancelled", { participant = id }, e.id)
      return { lines = lines }
    end
    event.read_attendance(e)
    local found, match = candidates.find(e, o)
    local t, rows, gone, problem = standing.read(e, found, o.most)
    local lost = those_who_lost(e, gone)
    planner.repair(t, lost, args.fill)
    local cancelled = tell_gone(e, lines, t, gone)
    local count = keep_changes(e, lines, t, rows, found and match.run)
    for _, org in ipairs(lost) do
      if (t.count[org] or 0) == 0 then
        lines[#lines + 1] = e.t("heeft nu geen gesprek: ", "has no meeting now: ") .. event.name(org)
      end
    end
    lines[#lines + 1] = e.t("%d vervallen, %d nieuw, %d verplaatst; al het andere blijft",
      "%d cancelled, %d new, %d moved; all else stays"):format(cancelled, count.added, count.moved)
    local summary = tell_sum(e, lines, t, problem)
    summary.scorecard, summary.fill = o.scorecard, args.fill
    summary.participant, summary.cancelled = id, cancelled
    summary.added, summary.moved, summary.other_people = count.added, count.moved, count.people
    polder.emit("matchmaking.cancelled", summary, e.id)
    return { lines = lines, summary = summary }
  end,
}
