-- `polder matchmaking agenda` and `calendar`: what each participant gets to see.
local polder = require "polder"
local event = require "commands.event"
local ics = require "ics"

local ORGANISATION <const> = {
  name = "organisation", type = "record", kind = "organisation",
  title = { nl = "Alleen van deze deelnemer", en = "Of this participant only" },
}

-- Organisations with meetings, by name, each with its meetings by time.
local function agendas(e, only, cancelled_too)
  local of, list = {}, {}
  for _, meeting in ipairs(e.meetings) do
    if meeting.status ~= "cancelled" or cancelled_too then
      for n, id in ipairs(meeting.organisations or {}) do
        if not only or id == only then
          if not of[id] then
            of[id] = { id = id, name = event.name(id), meetings = {} }
            list[#list + 1] = of[id]
          end
          local with = meeting.organisations[3 - n]
          table.insert(of[id].meetings, { meeting = meeting, with = with })
        end
      end
    end
  end
  table.sort(list, function(a, b) return a.name < b.name or a.name == b.name and a.id < b.id end)
  return list
end

polder.command {
  name = "agenda",
  title = { nl = "De agenda van elke deelnemer", en = "Each participant's agenda" },
  example = "polder matchmaking agenda demo-nijkerk-2026",
  args = { event.ARG, ORGANISATION },
  run = function(args, ctx)
    local e, why, code = event.read(args.event)
    if not e then return nil, why, code end
    local list = agendas(e, args.organisation)
    if #list == 0 then return nil, "er zijn geen gesprekken gepland", "not_found" end
    for n, agenda in ipairs(list) do
      if n > 1 then ctx.print() end
      ctx.print(agenda.name)
      for _, row in ipairs(agenda.meetings) do
        local m = row.meeting
        ctx.print(("  %s-%s  %s  %s: %s"):format(event.hour(m.starts), event.hour(m.ends), m.room or "",
          event.name(row.with), event.name(m.demand)))
      end
    end
    return { agendas = polder.list(list) }
  end,
}

local function entry(e, row)
  local m = row.meeting
  local names = {}
  for n, id in ipairs(m.people or {}) do names[n] = event.name(id) end
  return {
    uid = m.id .. "@polder", starts = m.starts, ends = m.ends,
    sequence = m.version - 1, cancelled = m.status == "cancelled",
    summary = "Gesprek met " .. event.name(row.with),
    where = (m.room or "") .. (type(e.place) == "string" and ", " .. e.place or ""),
    text = ("%s\nVraag: %s\nOplossing: %s\nDeelnemers: %s"):format(
      e.title, event.name(m.demand), event.name(m.solution), table.concat(names, ", ")),
  }
end

polder.command {
  name = "calendar",
  title = { nl = "iCalendar-bestanden, één voor elke deelnemer", en = "iCalendar files, one for each participant" },
  help = {
    nl = "Wie het bestand opnieuw inleest ziet wijzigingen en afzeggingen: elk gesprek houdt zijn kenmerk.",
    en = "Who reads the file again sees changes and cancellations: each meeting keeps its identity.",
  },
  example = "polder matchmaking calendar demo-nijkerk-2026 -o agendas",
  args = { event.ARG, ORGANISATION },
  run = function(args, ctx)
    local e, why, code = event.read(args.event)
    if not e then return nil, why, code end
    local files, count = {}, 0
    for _, agenda in ipairs(agendas(e, args.organisation, true)) do
      local events = {}
      for n, row in ipairs(agenda.meetings) do events[n] = entry(e, row) end
      files[agenda.id:match("/(.+)"):gsub("~", "-"):sub(1, 90) .. ".ics"] = ics.calendar(events, ctx.now)
      count = count + 1
    end
    if count == 0 then return nil, "er zijn geen gesprekken gepland", "not_found" end
    return { files = files }
  end,
}
