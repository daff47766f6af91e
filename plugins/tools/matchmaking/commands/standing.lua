-- The plan as it was recorded, as a timetable: for a cancellation and for the report.
local event = require "commands.event"
local candidates = require "commands.candidates"
local delegates = require "delegates"
local planner = require "planner"
local timetable = require "timetable"

local standing = {}

local function has(list, item)
  for _, one in ipairs(list) do
    if one == item then return true end
  end
  return false
end

-- The meetings that there are, as pairs; `closed` slots are those up to the last in which one was held.
local function read_pairs(e, problem)
  local rows = {}
  for _, meeting in ipairs(e.meetings) do
    local orgs, slot = meeting.organisations or {}, event.slot_of(e, meeting.starts)
    local held = meeting.status == "held"
    if (held or meeting.status == "planned") and #orgs == 2 and slot then
      local pair = {
        a = orgs[1], b = orgs[2], score = math.floor((meeting.score or 0) * 100 + 0.5),
        demand = meeting.demand, solution = meeting.solution, run = meeting.run,
      }
      local come = e.away[pair.a] and e.away[pair.b]
      if held or come then problem.pairs[#problem.pairs + 1] = pair end
      rows[#rows + 1] = { meeting = meeting, pair = pair, slot = slot, held = held }
      if held then problem.closed = math.max(problem.closed or 0, slot) end
    end
  end
  return rows
end

-- Who went for each of the two, and whether they still can.
local function recorded(e, row)
  local who, complete = {}, true
  for n, id in ipairs { row.pair.a, row.pair.b } do
    who[n] = false
    for _, person in ipairs(e.people[id] or {}) do
      local can = has(row.meeting.people or {}, person) and delegates.present(e, person, row.slot)
      who[n] = who[n] or can and person
    end
    complete = complete and (who[n] or not e.people[id])
  end
  return who, complete
end

local function can_be(e, t, row)
  for _, id in ipairs { row.pair.a, row.pair.b } do
    local away, at = e.away[id], t.at[id]
    if not away or away[row.slot] or (at and at[row.slot]) then return false end
  end
  return true
end

-- What stays of the plan is put into the timetable, first that with the people who were told; what can't be any more is
-- returned.
local function split(e, t, rows)
  local gone, placed = {}, {}
  for _, row in ipairs(rows) do
    if row.held then timetable.hold(t, row.pair, row.slot) end
    placed[row] = row.held
  end
  for _, all in ipairs { true, false } do
    for _, row in ipairs(rows) do
      local who, complete = recorded(e, row)
      if not placed[row] and (complete or not all) and can_be(e, t, row) then
        placed[row] = timetable.put(t, row.pair, row.slot, who)
      end
    end
    delegates.pin(t.people)
  end
  for _, row in ipairs(rows) do
    if not placed[row] then gone[#gone + 1] = row end
  end
  return gone
end

local function add_fresh(problem, found)
  local known = {}
  for _, pair in ipairs(problem.pairs) do known[candidates.key(pair.a, pair.b)] = true end
  for _, pair in ipairs(found or {}) do
    if not known[candidates.key(pair.a, pair.b)] then problem.pairs[#problem.pairs + 1] = pair end
  end
end

-- `found` are the pairs that could meet, recorded or not. Returns the timetable, the recorded meetings as rows
-- { meeting, pair, slot, held }, those of them that can't be, and the problem.
function standing.read(e, found, most)
  local problem = event.problem(e, {}, most)
  local rows = read_pairs(e, problem)
  add_fresh(problem, found)
  planner.order(problem)
  local t = timetable.new(problem)
  return t, rows, split(e, t, rows), problem
end

return standing
