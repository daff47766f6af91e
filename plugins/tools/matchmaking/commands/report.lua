-- `polder report meetings`: who meets whom when, who got how many, what was left out, and the sum beside the bound.
local polder = require "polder"
local event = require "commands.event"
local candidates = require "commands.candidates"
local chosen = require "commands.chosen"
local standing = require "commands.standing"
local sums = require "commands.sums"
local planner = require "planner"
local timetable = require "timetable"

local MOST_LEFT_OUT <const> = 100

local function names_of(ids)
  local names = {}
  for n, id in ipairs(ids or {}) do names[n] = event.name(id) end
  return #names > 0 and table.concat(names, ", ") or nil
end

local function live(e)
  local list = {}
  for _, meeting in ipairs(e.meetings) do
    if meeting.status ~= "cancelled" then list[#list + 1] = meeting end
  end
  table.sort(list, function(x, y)
    if x.starts ~= y.starts then return x.starts < y.starts end
    return (x.room or "") < (y.room or "")
  end)
  return list
end

local function key_numbers(report, l, s, meetings)
  report:numbers {
    { title = l("gesprekken", "meetings"), value = #meetings },
    {
      title = l("organisaties met een gesprek", "organisations with a meeting"), value = s.covered,
      note = { l("van ", "of "), tostring(s.qualify), l(" die in aanmerking komen", " that qualify") },
    },
    {
      title = l("som van de scores", "sum of the scores"), value = s.total, decimals = 2,
      note = { l("grens ", "bound "), report:number(s.bound, 2) },
    },
    {
      title = l("van de grens", "of the bound"), type = "percentage", decimals = 1,
      value = s.bound > 0 and s.total / s.bound or nil,
    },
  }
end

local function timetable_of(report, l, meetings)
  local rows = {}
  for n, m in ipairs(meetings) do
    local orgs = m.organisations or {}
    rows[n] = {
      time = event.hour(m.starts) .. "–" .. event.hour(m.ends or m.starts), room = m.room, asks = event.name(orgs[1]),
      offers = event.name(orgs[2]), people = names_of(m.people), demand = m.demand and event.name(m.demand),
      solution = m.solution and event.name(m.solution), score = m.score,
    }
  end
  report:section(l("Wie spreekt wie wanneer", "Who meets whom when"))
  if #rows == 0 then
    report:text(l("Er zijn geen gesprekken gepland.", "No meetings are planned."))
    return
  end
  report:table {
    caption = l("Rooster (tijden in UTC)", "Timetable (times in UTC)"),
    columns = {
      { name = "time", title = l("Tijd", "Time") }, { name = "room", title = l("Ruimte", "Room") },
      { name = "asks", title = l("Vraagt", "Asks") }, { name = "offers", title = l("Biedt", "Offers") },
      { name = "people", title = l("Wie gaan", "Who go") }, { name = "demand", title = l("Vraag", "Demand") },
      { name = "solution", title = l("Oplossing", "Solution") },
      { name = "score", title = "Score", type = "number", decimals = 2 },
    },
    rows = rows,
  }
end

-- How many meetings each had, what they scored, and how many there could have been.
local function tally(e, t, bound, meetings)
  local rows, of = {}, {}
  local function row(id)
    if not of[id] then
      of[id] = { who = event.name(id), meetings = 0, sum = 0, could = 0 }
      rows[#rows + 1] = of[id]
    end
    return of[id]
  end
  for id in pairs(bound.qualify) do row(id) end
  for _, pair in ipairs(t.problem.pairs) do
    for _, id in ipairs { pair.a, pair.b } do row(id).could = row(id).could + 1 end
  end
  local idle = {}
  for _, id in ipairs(e.attends) do
    if not of[id] then idle[#idle + 1] = event.name(id) end
  end
  local people, known = {}, {}
  for _, m in ipairs(meetings) do
    for _, id in ipairs(m.organisations or {}) do
      row(id).meetings, row(id).sum = row(id).meetings + 1, row(id).sum + (m.score or 0)
    end
    for _, id in ipairs(m.people or {}) do
      known[id] = known[id] or { who = event.name(id), meetings = 0 }
      if known[id].meetings == 0 then people[#people + 1] = known[id] end
      known[id].meetings = known[id].meetings + 1
    end
  end
  for _, list in ipairs { rows, people } do
    table.sort(list, function(x, y)
      if x.meetings ~= y.meetings then return x.meetings > y.meetings end
      return x.who < y.who
    end)
  end
  table.sort(idle)
  return rows, people, idle
end

local function who_got_how_many(report, l, rows, people, idle)
  report:section(l("Wie kreeg hoeveel", "Who got how many"))
  if #rows > 0 then
    report:table {
      caption = l("Gesprekken per organisatie", "Meetings of each organisation"),
      columns = {
        { name = "who", title = l("Organisatie", "Organisation") },
        { name = "meetings", title = l("Gesprekken", "Meetings"), type = "number" },
        { name = "could", title = l("Zinvolle partners", "Useful partners"), type = "number" },
        { name = "sum", title = l("Som van de scores", "Sum of scores"), type = "number", decimals = 2 },
      },
      rows = rows,
    }
  end
  if #people > 0 then
    report:table {
      caption = l("Gesprekken per persoon", "Meetings of each person"),
      columns = {
        { name = "who", title = l("Persoon", "Person") },
        { name = "meetings", title = l("Gesprekken", "Meetings"), type = "number" },
      },
      rows = people,
    }
  end
  if #idle > 0 then
    report:text(l("Zonder zinvolle partner op deze dag: ", "Without a useful partner on this day: "),
      table.concat(idle, ", "), ".")
  end
end

local function reason(l, t, pair)
  for _, id in ipairs { pair.a, pair.b } do
    if (t.count[id] or 0) >= t.problem.most then
      return l("%s heeft er al %d", "%s has %d already"):format(event.name(id), t.count[id])
    end
  end
  return ({
    slots = l("geen ronde waarin beide vrij zijn", "no slot in which both are free"),
    people = l("wie moet gaan zit al in een ander gesprek", "who should go is in another meeting"),
    rooms = l("geen ruimte vrij waar beide vrij zijn", "no room free when both are"),
  })[timetable.why_not(t, pair)]
end

local function left_out(report, l, t)
  local rows, all = {}, 0
  for _, pair in ipairs(t.problem.pairs) do
    if not t.placed[pair] then
      all = all + 1
      rows[all] = all <= MOST_LEFT_OUT and {
        asks = event.name(pair.a), offers = event.name(pair.b), score = pair.score / 100, why = reason(l, t, pair),
      } or nil
    end
  end
  report:section(l("Wat afviel", "What was left out"))
  if all == 0 then
    report:text(l("Elk zinvol gesprek is gepland.", "Every useful meeting is planned."))
    return
  end
  report:table {
    caption = l("Zinvolle gesprekken die niet zijn gepland, van hoge naar lage score",
      "Useful meetings that were not planned, from high to low score"),
    columns = {
      { name = "asks", title = l("Vraagt", "Asks") }, { name = "offers", title = l("Biedt", "Offers") },
      { name = "score", title = "Score", type = "number", decimals = 2 }, { name = "why", title = l("Waarom", "Why") },
    },
    rows = rows,
    note = all > #rows and l("De eerste %d van %d.", "The first %d of %d."):format(#rows, all) or nil,
  }
end

local function cancelled(report, l, e)
  local items = {}
  for _, m in ipairs(e.meetings) do
    if m.status == "cancelled" then items[#items + 1] = event.meeting_text(m, l) end
  end
  if #items == 0 then return end
  report:section(l("Afgezegd", "Cancelled"))
  report:list(items)
end

local function against_bound(report, l, s)
  report:section(l("De som tegen de grens", "The sum against the bound"))
  report:text(l("De som van de scores is ", "The sum of the scores is "), report:number(s.total, 2),
    l("; geen rooster met evenveel organisaties komt boven ", "; no timetable with as many organisations exceeds "),
    report:number(s.bound, 2), ".")
  report:text(l("De grens volgt uit een berekening die alleen op ronden, ruimten en mensen in totaal let, niet op wie "
    .. "wanneer vrij is; het beste rooster kan er dus onder liggen.",
    "The bound comes from a calculation that minds slots, rooms and people in total only, not who is free when; the "
    .. "best timetable may be below it."))
  if s.covered < s.bound_covered then
    report:text(l("Volgens die berekening zou een gesprek kunnen zijn voor hoogstens zoveel organisaties: %d. Nu: %d.",
      "By that calculation at most so many organisations could have a meeting: %d. Now: %d."):format(s.bound_covered,
      s.covered))
  end
end

-- Whose rules the scores are.
local function by_what(report, l, plan, match)
  local title = l(match.title.nl, match.title.en)
  local known = plan and plan.scorecard
  report:text(l("De scores zijn van vandaag, volgens de scorekaart ", "Scores are today's, by the scorecard "),
    report:strong(title), " (", match.scorecard, ")", known and l(", waarmee het rooster is gemaakt.",
    ", with which the plan was made.") or l("; het logboek zegt niet met welke is gepland.",
    "; the log does not say with which it was planned."))
end

polder.report {
  name = "meetings",
  title = { nl = "Gesprekken op een bijeenkomst", en = "Meetings at an event" },
  args = { event.ARG, candidates.SCORECARD },
  write = function(report, args, ctx)
    local l = ctx.say
    local e, why = event.read(args.event, ctx)
    if not e then error(why, 0) end
    local plan = chosen.read(e.id)
    local o, other = chosen.follow(plan, e, args.scorecard, candidates.NATIONAL, ctx.settings)
    if not o then error(other, 0) end
    local found, match = candidates.find(e, o, false)
    local t, _, _, problem = standing.read(e, found, o.most)
    problem.closed = nil -- what was left out is told of the whole day
    local bound, meetings = planner.bound(problem), live(e)
    local s = sums.of(t, bound)
    report:title(l("Gesprekken: ", "Meetings: ") .. (e.title or e.id), type(e.place) == "string" and e.place or nil)
    if e.date then report:text(l("Op ", "On "), report:date(e.date), ".") end
    if e.fictitious then report:note(l("Deze bijeenkomst is verzonnen, als voorbeeld.", "This event is made up.")) end
    if found then by_what(report, l, plan, match) end
    key_numbers(report, l, s, meetings)
    timetable_of(report, l, meetings)
    who_got_how_many(report, l, tally(e, t, bound, meetings))
    left_out(report, l, t)
    cancelled(report, l, e)
    against_bound(report, l, s)
  end,
}
