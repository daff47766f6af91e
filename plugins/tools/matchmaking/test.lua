-- Matchmaking: the plan against the best there is, the rules that it must keep, calendars. Basis: README.md.
local test = require "polder.test"
local planner = require "planner"
local ics = require "ics"

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

local BONUS <const> = 10000000

-- Every timetable there is, one pair after the other.
local function best_of_all(problem)
  local busy, count, load, best = {}, {}, {}, 0
  local function free(id, slot)
    return not (problem.away[id] and problem.away[id][slot]) and not busy[id .. "@" .. slot]
  end
  local function go(n, value)
    local pair = problem.pairs[n]
    if not pair then
      best = math.max(best, value)
      return
    end
    go(n + 1, value)
    if (count[pair.a] or 0) >= problem.most or (count[pair.b] or 0) >= problem.most then return end
    for slot = 1, problem.slots do
      if free(pair.a, slot) and free(pair.b, slot) and (load[slot] or 0) < problem.rooms then
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
      test.ok(count[id] <= problem.most, "too many meetings")
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

test.case("hundreds of participants: the rules hold, and the total is near the bound", function()
  local problem = random_problem(60, 120, 10, 15, 5, 0.3)
  local t, bound = planner.plan(problem)
  check_rules(problem, t)
  local covered, total = planner.worth(t)
  test.ok(covered >= bound.covered - 1 and total >= 0.98 * bound.total, covered .. ", " .. total)
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

test.case("after a cancellation nobody else's meeting moves that need not", function()
  local problem = random_problem(6, 8, 4, 4, 3, 0)
  local t = planner.plan(problem)
  local timetable = require "timetable"
  local before, lost = {}, {}
  for pair, slot in timetable.each(t) do before[pair] = slot end
  for _, pair in ipairs(problem.pairs) do
    if pair.a == "a1" and before[pair] then
      timetable.remove(t, pair)
      lost[#lost + 1] = pair.b
    end
  end
  local candidates = {}
  for _, pair in ipairs(problem.pairs) do
    if pair.a ~= "a1" then candidates[#candidates + 1] = pair end
  end
  table.sort(lost)
  local added, moved = planner.repair(t, candidates, problem.most, lost)
  check_rules(problem, t)
  local kept = 0
  local all = 0
  for pair, slot in timetable.each(t) do
    kept, all = kept + (before[pair] == slot and 1 or 0), all + 1
  end
  test.equal(all - kept, #added + #moved)
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
