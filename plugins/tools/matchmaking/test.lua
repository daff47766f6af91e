-- Matchmaking: the plan against the best there is, the rules that it must keep, calendars. Basis: README.md.
local test = require "polder.test"
local planner = require "planner"
local timetable = require "timetable"
local ics = require "ics"
local chosen = require "commands.chosen"
local elsewhere = require "commands.elsewhere"
local apart = require "slots"

-- A whole instance from the test's own random numbers.
local function random_problem(left, right, slots, rooms, most, absent)
  local problem = { slots = slots, rooms = rooms, most = most, away = {}, pairs = {} }
  for i = 1, left do
    for j = 1, right do
      if math.random(4) > 1 then
        problem.pairs[#problem.pairs + 1] = { a = "a" .. i, b = "b" .. j, score = math.random(5000, 10000) }
      end
    end
  end
  for _, id in ipairs { "a1", "a2", "b1", "b2", "b3" } do
    for slot = 1, slots do
      if math.random() < absent then
        problem.away[id] = problem.away[id] or {}
        problem.away[id][slot] = true
      end
    end
  end
  return problem
end

-- As random_problem, with people of whom some come for several organisations, some of them not all the time.
local function with_people(problem, most_each, absent)
  problem.people, problem.away_people = {}, {}
  for _, id in ipairs { "a1", "a2", "a3", "b1", "b2", "b3" } do
    local list, seen = {}, {}
    for _ = 1, math.random(0, most_each) do
      local person = "person/p" .. math.random(4)
      if not seen[person] then list[#list + 1] = person end
      seen[person] = true
    end
    if #list > 0 then problem.people[id] = list end
  end
  for n = 1, 4 do
    for slot = 1, problem.slots do
      if math.random() < absent then
        local person = "person/p" .. n
        problem.away_people[person] = problem.away_people[person] or {}
        problem.away_people[person][slot] = true
      end
    end
  end
  return problem
end

-- Whether everyone in a slot can have a person of their own: each way is tried.
local function seats(problem, ids, slot, n, used, sent)
  local id = ids[n]
  if not id then return true end
  local people = problem.people and problem.people[id]
  if not people then return seats(problem, ids, slot, n + 1, used, sent) end
  local only = sent and sent[slot] and sent[slot][id]
  for _, person in ipairs(people) do
    local away = problem.away_people[person]
    if not used[person] and (not only or only == person) and not (away and away[slot]) then
      used[person] = true
      local ok = seats(problem, ids, slot, n + 1, used, sent)
      used[person] = nil
      if ok then return true end
    end
  end
  return false
end

local BONUS <const> = 10000000

-- Every timetable there is, one pair after the other; `fixed` (pair → slot) are in each of them, with
-- the people who were `sent`.
local function best_of_all(problem, fixed, sent)
  local busy, count, load, best, here = {}, {}, {}, 0, {}
  for slot = 1, problem.slots do here[slot] = {} end
  local function free(id, slot)
    return not (problem.away[id] and problem.away[id][slot]) and not busy[id .. "@" .. slot]
  end
  local function go(n, value)
    local pair = problem.pairs[n]
    if not pair then
      best = math.max(best, value)
      return
    end
    local only = fixed and fixed[pair]
    if not only then go(n + 1, value) end
    if (count[pair.a] or 0) >= problem.most or (count[pair.b] or 0) >= problem.most then return end
    for slot = only or 1, only or problem.slots do
      local at = here[slot]
      at[#at + 1], at[#at + 2] = pair.a, pair.b
      local can = free(pair.a, slot) and free(pair.b, slot) and (load[slot] or 0) < problem.rooms
      if can and seats(problem, at, slot, 1, {}, sent) then
        local more = pair.score
        for _, id in ipairs { pair.a, pair.b } do
          if (count[id] or 0) == 0 then more = more + BONUS end
          count[id], busy[id .. "@" .. slot] = (count[id] or 0) + 1, true
        end
        load[slot] = (load[slot] or 0) + 1
        go(n + 1, value + more)
        load[slot] = load[slot] - 1
        for _, id in ipairs { pair.a, pair.b } do
          count[id], busy[id .. "@" .. slot] = count[id] - 1, nil
        end
      end
      at[#at], at[#at - 1] = nil, nil
    end
  end
  go(1, 0)
  return best
end

local function worth(t)
  local covered, total = planner.worth(t)
  return covered * BONUS + total
end

-- One meeting at a time each, nobody where they are absent, rooms, limits: looked at from outside.
local function check_rules(problem, t)
  local busy, load, count = {}, {}, {}
  for _, meeting in ipairs(planner.meetings(t)) do
    load[meeting.slot] = (load[meeting.slot] or 0) + 1
    test.ok(load[meeting.slot] <= problem.rooms, "more meetings than rooms")
    test.ok(meeting.room <= problem.rooms, "a room that is not there")
    test.ok(not busy[meeting.slot .. "/" .. meeting.room], "two meetings in a room")
    busy[meeting.slot .. "/" .. meeting.room] = true
    for _, id in ipairs { meeting.pair.a, meeting.pair.b } do
      local key = id .. "@" .. meeting.slot
      test.ok(not busy[key], "two meetings at a time")
      test.ok(not (problem.away[id] and problem.away[id][meeting.slot]), "a meeting of somebody absent")
      busy[key], count[id] = true, (count[id] or 0) + 1
      local known, sent = problem.people and problem.people[id], 0
      for _, person in ipairs(known or {}) do
        for _, one in ipairs(meeting.people) do sent = sent + (one == person and 1 or 0) end
      end
      test.ok(not known or sent > 0, "a meeting to which an organisation sends nobody")
      test.ok(count[id] <= problem.most, "too many meetings")
    end
    for _, person in ipairs(meeting.people) do
      local key, away = person .. "@" .. meeting.slot, problem.away_people[person]
      test.ok(not busy[key], "a person in two places at once")
      test.ok(not (away and away[meeting.slot]), "a person who is absent")
      busy[key] = true
    end
  end
end

test.case("without absences the plan is the best there is", function()
  for _ = 1, 60 do
    local problem = random_problem(math.random(3), math.random(3), math.random(2), math.random(3), math.random(2), 0)
    local t, bound = planner.plan(problem)
    check_rules(problem, t)
    test.equal(worth(t), best_of_all(problem))
    test.equal(worth(t), bound.covered * BONUS + bound.total)
  end
end)

test.case("with absences the plan keeps the rules, and is the best or nearly", function()
  local best, all, got, could = 0, 0, 0, 0
  for _ = 1, 60 do
    local problem = random_problem(3, 3, 2, math.random(3), 2, 0.3)
    local t, bound = planner.plan(problem)
    local most = best_of_all(problem)
    check_rules(problem, t)
    test.ok(worth(t) <= most and most <= bound.covered * BONUS + bound.total, "above what is possible")
    test.equal(worth(t) // BONUS, most // BONUS, "fewer participants than could have a meeting")
    best, all = best + (worth(t) == most and 1 or 0), all + 1
    got, could = got + worth(t) % BONUS, could + most % BONUS
  end
  test.ok(best >= 0.9 * all, best .. " of " .. all .. " are the best")
  test.ok(got >= 0.99 * could, "in all " .. got .. " of " .. could)
end)

test.case("who comes for several organisations is in one place at a time; the plan is the best or nearly", function()
  local best, all, got, could = 0, 0, 0, 0
  for _ = 1, 120 do
    local problem = with_people(random_problem(3, 3, 2, math.random(3), 2, 0.1), math.random(2), 0.15)
    local t, bound = planner.plan(problem)
    local most = best_of_all(problem)
    check_rules(problem, t)
    local covered, total = planner.worth(t)
    test.ok(covered <= bound.covered and total <= planner.most(bound, covered), "above the bound")
    test.ok(most % BONUS <= planner.most(bound, most // BONUS) and most // BONUS <= bound.covered, "a bound too low")
    test.equal(covered, most // BONUS, "fewer participants than could have a meeting")
    best, all = best + (worth(t) == most and 1 or 0), all + 1
    got, could = got + total, could + most % BONUS
  end
  test.ok(best >= 0.9 * all, best .. " of " .. all .. " are the best")
  test.ok(got >= 0.99 * could, "in all " .. got .. " of " .. could)
end)

test.case("an organisation with several people sends another", function()
  local problem = {
    slots = 1, rooms = 2, most = 1, away = {}, away_people = {},
    people = { a1 = { "person/p", "person/q" }, a2 = { "person/p" }, b1 = { "person/r" }, b2 = { "person/s" } },
    pairs = { { a = "a1", b = "b1", score = 9000 }, { a = "a2", b = "b2", score = 8000 } },
  }
  local meetings = planner.meetings((planner.plan(problem)))
  test.equal(#meetings, 2)
  test.equal(table.concat(meetings[1].people, " "), "person/q person/r")
  test.equal(table.concat(meetings[2].people, " "), "person/p person/s")
  problem.away_people["person/q"] = { [1] = true }
  local t = planner.plan(problem)
  check_rules(problem, t)
  test.equal(planner.worth(t), 2)
  problem.people.b2 = { "person/p" } -- nobody meets himself
  problem.away_people = {}
  problem.pairs = { { a = "a2", b = "b2", score = 8000 } }
  test.equal(planner.worth((planner.plan(problem))), 0)
end)

test.case("who is on both sides counts once and keeps to the limit, and the bound still holds", function()
  for _ = 1, 60 do
    local problem = random_problem(2, 2, 3, math.random(3), math.random(2), 0)
    problem.pairs[#problem.pairs + 1] = { a = "b1", b = "b2", score = math.random(5000, 10000) }
    local t, bound = planner.plan(problem)
    local most = best_of_all(problem)
    check_rules(problem, t)
    test.ok(most // BONUS <= bound.covered and most % BONUS <= planner.most(bound, most // BONUS), "a bound too low")
    test.ok(worth(t) <= most and bound.covered <= bound.participants)
    test.equal(worth(t) // BONUS, most // BONUS, "fewer participants than could have a meeting")
  end
end)

test.case("hundreds of participants: the rules hold, and the total is near the bound", function()
  local problem = random_problem(60, 120, 10, 15, 5, 0.3)
  for _, shared in ipairs { false, true } do
    if shared then
      problem.people, problem.away_people = {}, {}
      for n = 1, 60 do problem.people["a" .. n] = { "person/p" .. n // 2 } end
      for n = 1, 120 do problem.people["b" .. n] = { "person/q" .. n // 3, n % 4 == 0 and "person/r" .. n or nil } end
    end
    local t, bound = planner.plan(problem)
    check_rules(problem, t)
    local covered, total = planner.worth(t)
    test.ok(covered >= bound.covered - 1 and total >= 0.98 * bound.total, covered .. ", " .. total)
  end
end)

test.case("everyone who qualifies gets one before anyone gets a second", function()
  local problem = { slots = 2, rooms = 1, most = 2, away = {}, pairs = {
    { a = "a1", b = "b1", score = 9900 }, { a = "a1", b = "b2", score = 9800 },
    { a = "a2", b = "b2", score = 100 }, { a = "a2", b = "b1", score = 9700 },
  } }
  local covered, total = planner.worth((planner.plan(problem)))
  test.equal(covered, 4)
  test.equal(total, 19500)
end)

test.case("the same plan whatever order the pairs come in", function()
  local one = random_problem(4, 5, 3, 2, 2, 0.2)
  local two = { slots = 3, rooms = 2, most = 2, away = one.away, pairs = {} }
  for n = #one.pairs, 1, -1 do
    local p = one.pairs[n]
    two.pairs[#two.pairs + 1] = { a = p.a, b = p.b, score = p.score }
  end
  local function text(t)
    local lines = {}
    for i, m in ipairs(planner.meetings(t)) do
      lines[i] = m.slot .. " " .. m.room .. " " .. m.pair.a .. " " .. m.pair.b
    end
    return table.concat(lines, "\n")
  end
  test.equal(text((planner.plan(one))), text((planner.plan(two))))
end)

-- A timetable from which a1 has gone, with who lost a meeting, and where everything that stays is.
local function after_cancel(problem)
  local planned = planner.plan(problem)
  problem.away.a1 = {}
  for slot = 1, problem.slots do problem.away.a1[slot] = true end
  local t, before, lost = timetable.new(problem), {}, {}
  for _, meeting in ipairs(planner.meetings(planned)) do
    if meeting.pair.a == "a1" then
      lost[#lost + 1] = meeting.pair.b
    else
      timetable.put(t, meeting.pair, meeting.slot)
      before[meeting.pair] = meeting.slot
    end
  end
  table.sort(lost)
  return t, before, lost
end

test.case("after a cancellation nobody else's meeting moves that need not", function()
  local problem = random_problem(6, 8, 4, 4, 3, 0)
  local t, before, lost = after_cancel(problem)
  local added, moved = planner.repair(t, lost)
  check_rules(problem, t)
  local kept = 0
  local all = 0
  for pair, slot in timetable.each(t) do
    kept, all = kept + (before[pair] == slot and 1 or 0), all + 1
  end
  test.equal(all - kept, #added + #moved)
end)

test.case("after a cancellation nothing is new but somebody's only meeting", function()
  local came = 0
  for round = 1, 120 do
    local problem = random_problem(4, 4, 3, math.random(2, 4), 2, 0.1)
    if round % 2 == 0 then with_people(problem, 2, 0.1) end
    local t, before, lost = after_cancel(problem)
    local most = best_of_all(problem, before, t.people.sent)
    local added, moved = planner.repair(t, lost)
    check_rules(problem, t)
    came = came + #added
    for _, pair in ipairs(added) do
      test.ok(t.count[pair.a] == 1 or t.count[pair.b] == 1, "a meeting that nobody needs")
    end
    for _, pair in ipairs(problem.pairs) do
      test.ok(not before[pair] or t.placed[pair], "a meeting that nobody cancelled is gone")
    end
    if #moved == 0 then test.equal((planner.worth(t)), most // BONUS, "somebody could have a meeting, and has none") end
  end
  test.ok(came > 10, "nobody ever got one in place of what went")
end)

test.case("when asked, after a cancellation free slots are filled as well as can be without moving anybody", function()
  local best, all, came, got, could = 0, 0, 0, 0, 0
  for round = 1, 120 do
    local problem = random_problem(3, 3, 2, math.random(3), 2, 0.1)
    if round % 2 == 0 then with_people(problem, 2, 0.1) end
    local t, before, lost = after_cancel(problem)
    local most = best_of_all(problem, before, t.people.sent)
    local added, moved = planner.repair(t, lost, true)
    check_rules(problem, t)
    came = came + #added
    for _, pair in ipairs(problem.pairs) do
      local slot = before[pair]
      test.ok(not slot or t.placed[pair], "a meeting that nobody cancelled is gone")
      test.ok(not slot or #moved > 0 or t.placed[pair] == slot, "a meeting moved, and was not told")
    end
    if #moved == 0 then
      best, all = best + (worth(t) == most and 1 or 0), all + 1
      test.equal(worth(t) // BONUS, most // BONUS)
      got, could = got + worth(t) % BONUS, could + most % BONUS
    end
  end
  test.ok(came > 10, "nothing was ever filled")
  test.ok(best >= 0.9 * all, best .. " of " .. all .. " are the best")
  test.ok(got >= 0.99 * could, "in all " .. got .. " of " .. could)
end)

test.case("when asked, who keeps one meeting gets another in its place, not in a slot that is over", function()
  local problem = { slots = 2, rooms = 2, most = 2, away = {}, pairs = {
    { a = "a1", b = "b1", score = 9900 }, { a = "a2", b = "b1", score = 9000 }, { a = "a3", b = "b1", score = 6000 },
  } }
  for _, closed in ipairs { 0, 2 } do
    problem.away, problem.closed = {}, 0
    local t, _, lost = after_cancel(problem)
    problem.closed = closed
    local added, moved = planner.repair(t, lost, true)
    test.equal(#moved, 0)
    test.equal(#added, closed == 0 and 1 or 0)
    test.equal(select(2, planner.worth(t)), closed == 0 and 15000 or 9000)
  end
end)

-- RFC 5545: lines end in CRLF and are at most 75 octets, a line that goes on begins with a space, texts are escaped.
local function unfold(text)
  test.ok(not text:gsub("\r\n", ""):find "[\r\n]", "a line end that is not CRLF")
  for line in text:gmatch "(.-)\r\n" do test.ok(#line <= 75, "a line of more than 75 octets") end
  for line in text:gmatch "(.-)\r\n" do test.ok(utf8.len(line), "a line cut inside a character") end
  local lines = {}
  for line in text:gsub("\r\n ", ""):gmatch "(.-)\r\n" do lines[#lines + 1] = line end
  return lines
end

test.case("a calendar is one by RFC 5545", function()
  local text = ics.calendar({
    {
      uid = "meeting/a@x", starts = "2027-03-18T08:00:00Z", ends = "2027-03-18T08:25:00Z", sequence = 2,
      summary = "Gesprek; met, een lange naam — " .. ("écht lang "):rep(20),
      where = "Kade 1", text = "Een\nTwee\\drie",
    },
    {
      uid = "meeting/b@x", starts = "2027-03-18T09:00:00+01:00", ends = "2027-03-18T08:30:00Z",
      cancelled = true, summary = "Weg",
    },
  }, "2026-11-24T10:11:12.345Z")
  local lines, seen, open = unfold(text), {}, {}
  test.equal(lines[1], "BEGIN:VCALENDAR")
  test.equal(lines[#lines], "END:VCALENDAR")
  for _, line in ipairs(lines) do
    local name, value = line:match "^([A-Z%-]+)[^:]*:(.*)$"
    test.ok(name, "no property: " .. line)
    seen[name] = value
    if name == "BEGIN" then open[#open + 1] = value end
    if name == "END" then test.equal(table.remove(open), value) end
    if name:match "^DT" then test.match(value, "^%d%d%d%d%d%d%d%dT%d%d%d%d%d%dZ$") end
  end
  test.equal(#open, 0)
  test.equal(seen.VERSION, "2.0")
  test.equal(seen.DTSTAMP, "20261124T101112Z")
  test.equal(seen.STATUS, "CANCELLED")
  test.equal(seen.DTSTART, "20270318T080000Z")
  test.match(text, "DESCRIPTION:Een\\nTwee\\\\drie\r\n")
  test.match(text:gsub("\r\n ", ""), "SUMMARY:Gesprek\\; met\\, een")
end)

local function no_run() return nil end
local SETTINGS <const> = { least_score = 50, most_meetings = 6 }

local function follow(events, run, given, otherwise)
  local e = { id = "gathering/g", t = function(nl) return nl end }
  return chosen.follow(chosen.of(events, run), e, given, otherwise, SETTINGS)
end

test.case("what follows a plan goes by what the newest plan chose", function()
  local events = {
    { data = { scorecard = "limburg/limburg", top = 10, least_score = 1, most = 2 } },
    { data = { scorecard = "zeeland/zeeland", top = 20, least_score = 60, most = 3 } },
  }
  local planned = { scorecard = "zeeland/zeeland", top = 20, least_score = 60, most = 3 }
  test.equal(follow(events, no_run), planned)
  test.equal(follow(events, no_run, "zeeland"), planned)
  test.equal(follow(events, no_run, "zeeland/zeeland"), planned)
  local none, why, code = follow(events, no_run, "land")
  test.is_nil(none)
  test.match(why, "gathering/g is gepland met de scorekaart zeeland/zeeland: laat scorecard= weg")
  test.equal(code, "usage")
end)

test.case("of a plan that doesn't say, its run tells the scorecard", function()
  local runs = { ["run/1"] = { inputs = { scorecard = "zeeland/zeeland", top = 7 } } }
  local o = follow({ { data = { run = "run/1" } } }, function(id) return runs[id] end)
  test.equal(o, { scorecard = "zeeland/zeeland", top = 7, least_score = 50, most = 6 })
end)

test.case("where nothing tells the scorecard it is asked for", function()
  local none, why = follow({}, no_run)
  test.is_nil(none)
  test.match(why, "noem haar met scorecard=")
  test.equal(follow({}, no_run, "zeeland").scorecard, "zeeland")
  test.equal(follow({}, no_run, nil, "partnership/national").scorecard, "partnership/national")
end)

local function dutch(nl) return nl end

test.case("slots that overlap are refused by name, in whatever order; those that touch are not", function()
  local times = { "2027-06-18T08:10:00Z", "2027-06-18T10:00:00+02:00" }
  local reason = apart.problem(times, 25, dutch)
  test.match(reason, "2027%-06%-18T10:00:00%+02:00 en 2027%-06%-18T08:10:00Z vallen over elkaar")
  test.match(reason, "25 minuten")
  test.is_nil(apart.problem(times, 10, dutch))
  test.ok(apart.problem({ times[1], times[1] }, 1, dutch), "the same slot twice")
  test.equal(times[1], "2027-06-18T08:10:00Z")
  for _, minutes in ipairs { 10, 11 } do
    local after = { slots = times, slot_minutes = minutes }
    test.equal(test.check("slots-apart", { id = "gathering/g", after = after }), minutes == 10)
  end
end)

test.case("who is in two events at once is who is named in both, or who may be", function()
  local mine = { organisations = { "organisation/a", "organisation/b" }, people = { "person/p", "person/q" } }
  local known = { ["organisation/a"] = { "person/p" }, ["organisation/b"] = { "person/q" } }
  local other = { organisations = { "organisation/a", "organisation/c" }, people = { "person/r" } }
  test.equal(elsewhere.both(mine, other, known), {})
  other.people = { "person/p" }
  test.equal(elsewhere.both(mine, other, known), { "person/p" })
  other.people = nil
  test.equal(elsewhere.both(mine, other, known), { "organisation/a" })
  test.equal(elsewhere.both(mine, { organisations = { "organisation/b" }, people = { "person/s" } }, {}),
    { "organisation/b" })
end)
