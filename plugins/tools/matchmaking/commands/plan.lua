-- `polder matchmaking plan`: makes the timetable of an event.
local polder = require "polder"
local event = require "commands.event"
local candidates = require "commands.candidates"
local planner = require "planner"
local sums = require "commands.sums"

-- What is planned now and not any more is cancelled, not forgotten: people have it in their calendars.
local function cancel_rest(e, kept)
  local cancelled = 0
  for _, meeting in ipairs(e.meetings) do
    if meeting.status == "planned" and not kept[meeting.id] then
      polder.put(meeting.id, { status = "cancelled" })
      cancelled = cancelled + 1
    end
  end
  return cancelled
end

local function held(e)
  for _, meeting in ipairs(e.meetings) do
    if meeting.status == "held" then return true end
  end
end

local function tell(ctx, e, t, bound, run)
  local s = sums.of(t, bound)
  s.run = run
  ctx.print(("%s: %d gesprekken in %d ronden en %d ruimten"):format(e.title, s.meetings, #e.slots, #e.rooms))
  ctx.print(("%d van %d deelnemers die in aanmerking komen hebben een gesprek"):format(s.covered, s.qualify))
  ctx.print(sums.line(s))
  if run then ctx.print("berekening: " .. run) end
  return s
end

polder.command {
  name = "plan",
  title = { nl = "Maak het rooster van een bijeenkomst", en = "Make the timetable of an event" },
  help = {
    nl = "Kiest wie met wie spreekt, wanneer en waar: eerst iedereen die in aanmerking komt één gesprek, dan de "
      .. "hoogste som van scores. Opnieuw plannen mag tot het eerste gesprek is gehouden; wat vervalt, wordt afgezegd.",
    en = "Chooses who meets whom, when and where: first one meeting for everyone who qualifies, then the highest "
      .. "sum of scores. It may be done again until the first meeting is held; what goes is cancelled.",
  },
  example = "polder matchmaking plan demo-vlissingen-2027 scorecard=zeeland --dry-run",
  args = {
    event.ARG,
    candidates.SCORECARD, candidates.LEAST_SCORE, candidates.MOST, candidates.TOP,
  },
  run = function(args, ctx)
    local e, why, code = event.read(args.event)
    if not e then return nil, why, code end
    if held(e) then return nil, "er zijn al gesprekken gehouden; afzeggen kan nog wel", "not_allowed" end
    args.least_score = args.least_score or ctx.settings.least_score
    local pairs_found, run, failed = candidates.find(e, args)
    if not pairs_found then return nil, run end
    local t, bound = planner.plan(event.problem(e, pairs_found, args.most or ctx.settings.most_meetings), ctx.progress)
    local kept, rows, nr = {}, {}, event.last_number(e)
    for i, m in ipairs(planner.meetings(t)) do
      if not e.known[event.key(m.pair.a, m.pair.b)] then nr = nr + 1 end
      kept[event.keep(e, m, nr, run)] = true
      rows[i] = {
        time = event.hour(e.slots[m.slot]), room = e.rooms[m.room], demand = event.name(m.pair.demand),
        solution = event.name(m.pair.solution), score = m.pair.score / 100,
      }
    end
    local cancelled = cancel_rest(e, kept)
    local summary = tell(ctx, e, t, bound, run)
    if cancelled > 0 then ctx.print(cancelled .. " eerdere gesprekken vervallen") end
    for _, rule in ipairs(failed) do ctx.print("let op: de regel " .. rule.rule .. " faalde") end
    polder.emit("matchmaking.planned", summary, e.id)
    return {
      summary = summary, rows = polder.list(rows),
      columns = {
        { name = "time", title = { nl = "Tijd (UTC)", en = "Time (UTC)" } },
        { name = "room", title = { nl = "Ruimte", en = "Room" } },
        { name = "score", title = "Score" }, { name = "demand", title = { nl = "Vraag", en = "Demand" } },
        { name = "solution", title = { nl = "Oplossing", en = "Solution" } },
      },
    }
  end,
}
