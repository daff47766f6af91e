-- `polder matchmaking plan`: makes the timetable of an event.
local polder = require "polder"
local event = require "commands.event"
local candidates = require "commands.candidates"
local chosen = require "commands.chosen"
local elsewhere = require "commands.elsewhere"
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

local function told(e, s, before, cancelled, failed)
  local t = e.t
  local lines = {
    t("%s: %s in %s en %s", "%s: %s in %s and %s"):format(e.title,
      sums.count(s.meetings, t("gesprek", "meeting"), t("gesprekken", "meetings")),
      sums.count(#e.slots, t("ronde", "slot"), t("ronden", "slots")),
      sums.count(#e.rooms, t("ruimte", "room"), t("ruimten", "rooms"))),
    t("%d van %s %s een gesprek", "%d of %s %s a meeting"):format(s.covered,
      sums.count(s.qualify, t("deelnemer die in aanmerking komt", "participant that qualifies"),
        t("deelnemers die in aanmerking komen", "participants that qualify")),
      s.covered == 1 and t("heeft", "has") or t("hebben", "have")),
    sums.line(s, t),
    t("scorekaart %s", "scorecard %s"):format(s.scorecard) .. (s.run and t(", berekening ", ", run ") .. s.run or ""),
  }
  if before and before.scorecard and before.scorecard ~= s.scorecard then
    lines[#lines + 1] = t("let op: het vorige rooster was gemaakt met %s", "mind: the plan before was made with %s")
      :format(before.scorecard)
  end
  if cancelled > 0 then
    lines[#lines + 1] = sums.count(cancelled, t("eerder gesprek vervalt", "earlier meeting goes"),
      t("eerdere gesprekken vervallen", "earlier meetings go"))
  end
  for _, rule in ipairs(failed) do
    lines[#lines + 1] = t("let op: de regel %s faalde", "mind: the rule %s failed"):format(rule.rule)
  end
  return lines
end

-- What is asked for, else as the plan before, else as the settings say.
local function options(args, before, settings)
  before = before or {}
  return {
    scorecard = args.scorecard or before.scorecard or candidates.NATIONAL,
    top = args.top, least_score = args.least_score or settings.least_score, most = args.most or settings.most_meetings,
  }
end

polder.command {
  name = "plan",
  title = { nl = "Maak het rooster van een bijeenkomst", en = "Make the timetable of an event" },
  help = {
    nl = "Kiest wie met wie spreekt, wanneer en waar: eerst iedereen die in aanmerking komt één gesprek, dan de "
      .. "hoogste som van scores. Opnieuw plannen mag tot het eerste gesprek is gehouden; wat vervalt, wordt afgezegd. "
      .. "Het rooster onthoudt zijn scorekaart: afzeggen en het verslag gaan ermee verder.",
    en = "Chooses who meets whom, when and where: first one meeting for everyone who qualifies, then the highest "
      .. "sum of scores. It may be done again until the first meeting is held; what goes is cancelled. The plan "
      .. "remembers its scorecard: cancellations and the report go by it.",
  },
  example = "polder matchmaking plan demo-vlissingen-2027 scorecard=zeeland --dry-run",
  args = {
    event.ARG,
    candidates.SCORECARD, candidates.LEAST_SCORE, candidates.MOST, candidates.TOP,
  },
  run = function(args, ctx)
    local e, why, code = event.read_to_plan(args.event, ctx)
    if not e then return nil, why, code end
    if held(e) then
      return nil, e.t("er zijn al gesprekken gehouden; afzeggen kan nog wel (polder matchmaking cancel)",
        "meetings were held already; cancelling is still possible (polder matchmaking cancel)"), "not_allowed"
    end
    local before = chosen.read(e.id)
    local o = options(args, before, ctx.settings)
    local pairs_found, match = candidates.find(e, o)
    if not pairs_found then return nil, match end
    local t, bound = planner.plan(event.problem(e, pairs_found, o.most), ctx.progress)
    local kept, rows, planned, nr = {}, {}, {}, event.last_number(e)
    for i, m in ipairs(planner.meetings(t)) do
      if not e.known[event.key(m.pair.a, m.pair.b)] then nr = nr + 1 end
      kept[event.keep(e, m, nr, match.run)] = true
      planned[i] = {
        starts = e.slots[m.slot], ends = event.ends(e, m.slot), organisations = { m.pair.a, m.pair.b },
        people = m.people,
      }
      rows[i] = {
        time = event.hour(e.slots[m.slot]), room = e.rooms[m.room], demand = event.name(m.pair.demand),
        solution = event.name(m.pair.solution), score = m.pair.score / 100,
        shown = sums.number(m.pair.score / 100, e.t), asks = event.name(m.pair.a), offers = event.name(m.pair.b),
      }
    end
    local cancelled, summary = cancel_rest(e, kept), sums.of(t, bound)
    summary.run, summary.scorecard = match.run, match.scorecard
    summary.top, summary.least_score, summary.most = o.top, o.least_score, o.most
    polder.emit("matchmaking.planned", summary, e.id)
    local lines = told(e, summary, before, cancelled, match.failed_rules)
    for _, line in ipairs(elsewhere.lines(e, planned)) do lines[#lines + 1] = line end
    return {
      lines = lines, summary = summary, rows = polder.list(rows),
      columns = {
        { name = "time", title = { nl = "Tijd (UTC)", en = "Time (UTC)" } },
        { name = "room", title = { nl = "Ruimte", en = "Room" } },
        { name = "shown", title = "Score", right = true }, { name = "asks", title = { nl = "Vraagt", en = "Asks" } },
        { name = "offers", title = { nl = "Biedt", en = "Offers" } },
      },
    }
  end,
}
