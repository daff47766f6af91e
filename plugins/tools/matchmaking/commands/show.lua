-- `polder matchmaking agenda` and `calendar`: what each participant gets to see.
local polder = require "polder"
local event = require "commands.event"
local ics = require "ics"

local PARTICIPANT <const> = {
  name = "participant",
  title = { nl = "Alleen van deze: een organisatie of person/…", en = "Of this one only: an organisation or person/…" },
}

-- For whom a person goes to a meeting: the first of the two, unless they come for the other only.
local function side_of(e, meeting, person)
  for n, org in ipairs(meeting.organisations or {}) do
    for _, one in ipairs(e.people[org] or {}) do
      if one == person then return n end
    end
  end
  return 1
end

-- Organisations with meetings, by name, then people; each with its meetings by time.
local function agendas(e, only, cancelled_too)
  local of, list = {}, { organisation = {}, person = {} }
  local function add(id, meeting, side)
    if only and id ~= only then return end
    if not of[id] then
      of[id] = { id = id, name = event.name(id), meetings = {} }
      table.insert(list[id:match "^%w+"], of[id])
    end
    local orgs = meeting.organisations or {}
    table.insert(of[id].meetings, {
      meeting = meeting, with = orgs[3 - side], on_behalf_of = id ~= orgs[side] and orgs[side] or nil,
    })
  end
  for _, meeting in ipairs(e.meetings) do
    if meeting.status ~= "cancelled" or cancelled_too then
      for n, id in ipairs(meeting.organisations or {}) do add(id, meeting, n) end
      for _, id in ipairs(meeting.people or {}) do add(id, meeting, side_of(e, meeting, id)) end
    end
  end
  local all = {}
  for _, kind in ipairs { "organisation", "person" } do
    table.sort(list[kind], function(a, b) return a.name < b.name or a.name == b.name and a.id < b.id end)
    table.move(list[kind], 1, #list[kind], #all + 1, all)
  end
  return all
end

-- The agendas that were asked for, or nil, why not, code.
local function asked(args, ctx, cancelled_too)
  local e, why, code = event.read(args.event, ctx)
  if not e then return nil, why, code end
  local only
  if args.participant then
    only, why, code = event.participant(args.participant, e.t)
    if not only then return nil, why, code end
  end
  local list = agendas(e, only, cancelled_too)
  if #list > 0 then return e, list end
  if not only then
    return nil, e.t("er zijn nog geen gesprekken: polder matchmaking plan %s", "there are no meetings yet: polder "
      .. "matchmaking plan %s"):format(e.id:match "/(.+)"), "not_found"
  end
  return nil, e.t("%s heeft geen gesprekken op %s", "%s has no meetings at %s"):format(event.name(only), e.title),
    "not_found"
end

polder.command {
  name = "agenda",
  title = { nl = "De agenda van elke organisatie en persoon", en = "The agenda of each organisation and person" },
  help = { nl = "Tijden zijn in UTC.", en = "Times are in UTC." },
  example = "polder matchmaking agenda demo-nijkerk-2026 person/demo-directie-zilte-echo",
  args = { event.ARG, PARTICIPANT },
  run = function(args, ctx)
    local e, list, code = asked(args, ctx)
    if not e then return nil, list, code end
    for n, agenda in ipairs(list) do
      if n > 1 then ctx.print() end
      ctx.print(agenda.name)
      for _, row in ipairs(agenda.meetings) do
        local m = row.meeting
        local behalf = e.t(" (namens %s)", " (on behalf of %s)"):format(event.name(row.on_behalf_of))
        ctx.print(("  %s-%s UTC  %s  %s%s: %s"):format(event.hour(m.starts), event.hour(m.ends), m.room or "",
          event.name(row.with), row.on_behalf_of and behalf or "", event.name(m.demand)))
      end
    end
    return { agendas = polder.list(list) }
  end,
}

local function entry(e, row)
  local m = row.meeting
  local names = {}
  for n, id in ipairs(m.people or {}) do names[n] = event.name(id) end
  local t = e.t
  local lines = {
    e.title, t("Vraag: ", "Demand: ") .. event.name(m.demand), t("Oplossing: ", "Solution: ") .. event.name(m.solution),
  }
  if row.on_behalf_of then table.insert(lines, 2, t("Namens: ", "On behalf of: ") .. event.name(row.on_behalf_of)) end
  if #names > 0 then lines[#lines + 1] = t("Deelnemers: ", "Participants: ") .. table.concat(names, ", ") end
  return {
    uid = m.id .. "@polder", starts = m.starts, ends = m.ends,
    sequence = m.version - 1, cancelled = m.status == "cancelled",
    summary = t("Gesprek met ", "Meeting with ") .. event.name(row.with),
    where = (m.room or "") .. (type(e.place) == "string" and ", " .. e.place or ""),
    text = table.concat(lines, "\n"),
  }
end

polder.command {
  name = "calendar",
  title = {
    nl = "iCalendar-bestanden, één voor elke organisatie en persoon",
    en = "iCalendar files, one for each organisation and person",
  },
  help = {
    nl = "Wie het bestand opnieuw inleest ziet wijzigingen en afzeggingen: elk gesprek houdt zijn kenmerk.",
    en = "Who reads the file again sees changes and cancellations: each meeting keeps its identity.",
  },
  example = "polder matchmaking calendar demo-nijkerk-2026 -o agendas",
  args = { event.ARG, PARTICIPANT },
  run = function(args, ctx)
    local e, list, code = asked(args, ctx, true)
    if not e then return nil, list, code end
    local files = {}
    for _, agenda in ipairs(list) do
      local events = {}
      for n, row in ipairs(agenda.meetings) do events[n] = entry(e, row) end
      local kind, name = agenda.id:match "^(%w+)/(.+)"
      local prefix = kind == "person" and "person-" or ""
      files[prefix .. name:gsub("~", "-"):sub(1, 90) .. ".ics"] = ics.calendar(events, ctx.now)
    end
    return { files = files }
  end,
}
