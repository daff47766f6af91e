-- Chooses meetings: first as many participants as can have one, then the highest sum of scores. The choice comes from a
-- flow (flow.lua), which is an upper bound too; the timetable from alternating paths (timetable.lua); where absences
-- stand in the way, exchanges improve it. README.md says when the answer is the best there is.
local flow = require "flow"
local timetable = require "timetable"

local planner = {}

local BONUS <const> = 10000000 -- above any sum of scores, in hundredths: 1,000 meetings of 100 points
local ROUNDS <const> = 30

local function better(p, q)
  if p.score ~= q.score then return p.score > q.score end
  if p.a ~= q.a then return p.a < q.a end
  return p.b < q.b
end

local function share_a_slot(problem, pair)
  local a, b = problem.away[pair.a] or {}, problem.away[pair.b] or {}
  for slot = 1, problem.slots do
    if not a[slot] and not b[slot] then return true end
  end
  return false
end

-- What flow.best takes: sides, limits, and the pairs that can meet at all, best first.
local function prepare(problem)
  local side = { left = {}, right = {}, pairs = {}, most = {} }
  local number = { left = {}, right = {} }
  local function add(which, id)
    local known = number[which]
    if not known[id] then
      side[which][#side[which] + 1] = id
      known[id] = #side[which]
      local slots = problem.slots
      for _ in pairs(problem.away[id] or {}) do slots = slots - 1 end
      side.most[id] = math.min(problem.most, slots)
    end
    return known[id]
  end
  table.sort(problem.pairs, better)
  for _, pair in ipairs(problem.pairs) do
    if share_a_slot(problem, pair) then
      pair.left, pair.right = add("left", pair.a), add("right", pair.b)
      side.pairs[#side.pairs + 1] = pair
    end
  end
  return side
end

local function has_room(t, most, id, leaves)
  return (t.count[id] or 0) - (leaves or 0) < most[id]
end

-- What the plan is worth: { participants with a meeting, sum of scores in hundredths }.
function planner.worth(t)
  local covered, total = 0, 0
  for _, count in pairs(t.count) do
    if count > 0 then covered = covered + 1 end
  end
  for pair in timetable.each(t) do total = total + pair.score end
  return covered, total
end

local function value(t)
  local covered, total = planner.worth(t)
  return covered * BONUS + total
end

local function meetings_of(t, id)
  local list = {}
  for slot = 1, t.problem.slots do
    local pair = t.at[id] and t.at[id][slot]
    if pair then list[#list + 1] = pair end
  end
  return list
end

-- What goes when `out` leave and `pair` comes.
local function gain(t, pair, out)
  local change, moves = pair.score, { [pair.a] = 1, [pair.b] = 1 }
  for _, old in ipairs(out) do
    change = change - old.score
    moves[old.a], moves[old.b] = (moves[old.a] or 0) - 1, (moves[old.b] or 0) - 1
  end
  for id, by in pairs(moves) do
    local before = t.count[id] or 0
    if before == 0 and before + by > 0 then change = change + BONUS end
    if before > 0 and before + by == 0 then change = change - BONUS end
  end
  return change
end

local function try_exchange(t, side, pair, out)
  if gain(t, pair, out) <= 0 then return false end
  local slots = {}
  for n, old in ipairs(out) do slots[n] = timetable.remove(t, old) end
  local ok = has_room(t, side.most, pair.a) and has_room(t, side.most, pair.b)
  if ok and timetable.place(t, pair, t.problem.rooms) then return true end
  for n, old in ipairs(out) do timetable.put(t, old, slots[n]) end
  return false
end

-- One more meeting: in place of none, one, or one of each side; or, where rooms are full, of anybody's least.
local function improve_by(t, side, pair)
  if try_exchange(t, side, pair, {}) then return true end
  local mine, theirs = meetings_of(t, pair.a), meetings_of(t, pair.b)
  for _, list in ipairs { mine, theirs } do
    for _, old in ipairs(list) do
      if try_exchange(t, side, pair, { old }) then return true end
    end
  end
  for _, old in ipairs(mine) do
    for _, also in ipairs(theirs) do
      if old ~= also and try_exchange(t, side, pair, { old, also }) then return true end
    end
  end
  for n = #side.pairs, 1, -1 do
    local old = side.pairs[n]
    if t.placed[old] and gain(t, pair, { old }) > 0 and try_exchange(t, side, pair, { old }) then return true end
  end
  return false
end

local function improve(t, side)
  for _ = 1, ROUNDS do
    local changed = false
    for _, pair in ipairs(side.pairs) do
      if not t.placed[pair] and improve_by(t, side, pair) then changed = true end
    end
    if not changed then return end
  end
end

-- Those with the fewest slots in common first: they are the hardest to place.
local function by_freedom(problem, chosen)
  local freedom = {}
  for _, pair in ipairs(chosen) do
    local a, b, n = problem.away[pair.a] or {}, problem.away[pair.b] or {}, 0
    for slot = 1, problem.slots do
      if not a[slot] and not b[slot] then n = n + 1 end
    end
    freedom[pair] = n
  end
  table.sort(chosen, function(p, q)
    if freedom[p] ~= freedom[q] then return freedom[p] < freedom[q] end
    return better(p, q)
  end)
  return chosen
end

-- problem = { slots, rooms, most (numbers), away = { id → { slot → true } }, pairs = { {a, b, score = hundredths} … } }
-- Returns a timetable and a bound: no timetable has more participants with a meeting and, with as many, a higher total.
function planner.plan(problem, progress)
  local side = prepare(problem)
  local chosen, value_most = flow.best(side, problem.slots * problem.rooms, BONUS, progress)
  local t = timetable.new(problem)
  for _, pair in ipairs(by_freedom(problem, chosen)) do timetable.place(t, pair, math.huge) end
  timetable.fit_rooms(t, side.pairs)
  if value(t) < value_most then improve(t, side) end
  local bound = { covered = value_most // BONUS, total = value_most % BONUS, qualify = {} }
  for _, which in ipairs { "left", "right" } do
    for _, id in ipairs(side[which]) do bound.qualify[id] = true end
  end
  return t, bound
end

-- The meetings in order: slot, then room. Rooms are given to pairs in their order, unless `rooms_of` knows one.
function planner.meetings(t, room_of)
  local list, taken = {}, {}
  for pair, slot in timetable.each(t) do
    list[#list + 1] = { pair = pair, slot = slot, room = room_of and room_of[pair] }
  end
  table.sort(list, function(x, y)
    if x.slot ~= y.slot then return x.slot < y.slot end
    return better(x.pair, y.pair)
  end)
  for _, meeting in ipairs(list) do
    taken[meeting.slot] = taken[meeting.slot] or {}
    if meeting.room then taken[meeting.slot][meeting.room] = true end
  end
  for _, meeting in ipairs(list) do
    local room = 1
    while not meeting.room do
      if not taken[meeting.slot][room] then
        meeting.room = room
        taken[meeting.slot][room] = true
      end
      room = room + 1
    end
  end
  return list
end

-- After a cancellation: everything that can stay stays where it is. `lost` are those who lost a meeting: who has none
-- left gets another when one fits into a free slot, else when one meeting moves to another slot.
function planner.repair(t, candidates, most, lost)
  local added, moved = {}, {}
  table.sort(candidates, better)
  local function limits(pair)
    return (t.count[pair.a] or 0) < most and (t.count[pair.b] or 0) < most
  end
  local function in_free_slot(pair)
    local slot = timetable.common(t, pair, t.problem.rooms)
    if slot then timetable.put(t, pair, slot) end
    return slot ~= nil
  end
  local function by_one_move(pair)
    for _, id in ipairs { pair.a, pair.b } do
      for _, old in ipairs(meetings_of(t, id)) do
        local from = timetable.remove(t, old)
        local slot = timetable.common(t, pair, t.problem.rooms)
        if slot then
          timetable.put(t, pair, slot)
          local to = timetable.common(t, old, t.problem.rooms)
          if to then
            timetable.put(t, old, to)
            moved[#moved + 1] = old
            return true
          end
          timetable.remove(t, pair)
        end
        timetable.put(t, old, from)
      end
    end
    return false
  end
  for _, way in ipairs { in_free_slot, by_one_move } do
    for _, id in ipairs(lost) do
      for _, pair in ipairs(candidates) do
        local wanted = (pair.a == id or pair.b == id) and (t.count[id] or 0) == 0
        if wanted and not t.placed[pair] and limits(pair) and way(pair) then added[#added + 1] = pair end
      end
    end
  end
  return added, moved
end

return planner
