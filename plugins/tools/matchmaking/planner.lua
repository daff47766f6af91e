-- Chooses meetings: first as many participants as can have one, then the highest sum of scores. The choice comes from a
-- flow (flow.lua), which is an upper bound too; the timetable from alternating paths (timetable.lua); where absences
-- stand in the way, exchanges improve it. README.md says when the answer is the best there is.
local delegates = require "delegates"
local flow = require "flow"
local timetable = require "timetable"

local planner = {}

local BONUS <const> = 10000000 -- above any sum of scores, in hundredths: 1,000 meetings of 100 points
local ROUNDS <const> = 30
local TRIES <const> = 20000 -- pairs looked at again when exchanges have ended

local function better(p, q)
  if p.score ~= q.score then return p.score > q.score end
  if p.a ~= q.a then return p.a < q.a end
  return p.b < q.b
end

-- Pairs are always looked at from the best down.
function planner.order(problem)
  table.sort(problem.pairs, better)
end

local function share_a_slot(problem, people, pair)
  local a, b = problem.away[pair.a] or {}, problem.away[pair.b] or {}
  for slot = 1, problem.slots do
    if not a[slot] and not b[slot] and delegates.can_seat(people, pair, slot) then return true end
  end
  return false
end

-- What flow.best takes: sides, limits, and the pairs that can meet at all, best first.
local function prepare(problem)
  local people = delegates.new(problem)
  local side = { left = {}, right = {}, pairs = {}, most = {}, groups = delegates.limits(people) }
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
  planner.order(problem)
  for _, pair in ipairs(problem.pairs) do
    if share_a_slot(problem, people, pair) then
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

-- The meetings of one, in order; those that are locked only when asked for.
local function meetings_of(t, id, locked_too, list)
  list = list or {}
  for slot = 1, t.problem.slots do
    local pair = t.at[id] and t.at[id][slot]
    if pair and (locked_too or not t.locked[pair]) then list[#list + 1] = pair end
  end
  return list
end

-- The meetings that may stand in the way of one more of `id`: its own, and those that need the same people.
local function in_the_way(t, id)
  local list = meetings_of(t, id)
  for _, other in ipairs(t.people.group[id] or {}) do
    if other ~= id then meetings_of(t, other, false, list) end
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
  if gain(t, pair, out) < (side.least_gain or 1) then return false end
  local slots, who = {}, {}
  for n, old in ipairs(out) do slots[n], who[n] = timetable.remove(t, old) end
  local ok = has_room(t, side.most, pair.a) and has_room(t, side.most, pair.b)
  if ok and timetable.place(t, pair, t.problem.rooms) then return true end
  for n, old in ipairs(out) do timetable.put(t, old, slots[n], who[n]) end
  return false
end

-- One more meeting: in place of none, one, or one of each side; or, where rooms are full, of anybody's least.
local function improve_by(t, side, pair)
  if try_exchange(t, side, pair, {}) then return true end
  local mine, theirs = in_the_way(t, pair.a), in_the_way(t, pair.b)
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
    if t.placed[old] and not t.locked[old] and try_exchange(t, side, pair, { old }) then return true end
  end
  return false
end

-- What costs nobody anything comes first: an exchange may take the place of two that could both be.
local function improve(t, side)
  for _ = 1, ROUNDS do
    local changed = false
    for _, pair in ipairs(side.pairs) do
      if not t.placed[pair] and try_exchange(t, side, pair, {}) then changed = true end
    end
    for _, pair in ipairs(side.pairs) do
      if not t.placed[pair] and improve_by(t, side, pair) then changed = true end
    end
    if not changed then return end
  end
end

-- The meetings that keep `pair` out of `slot`; nil when one of them is locked. Those that need the same people count.
local function blockers(t, pair, slot)
  local out, seen = {}, {}
  local function add(old)
    if old and not seen[old] then out[#out + 1] = old end
    if old then seen[old] = true end
  end
  for _, id in ipairs { pair.a, pair.b } do
    add(t.at[id] and t.at[id][slot])
    for _, other in ipairs(t.people.group[id] or {}) do add(t.at[other] and t.at[other][slot]) end
  end
  if #out == 0 then
    for n = #t.problem.pairs, 1, -1 do
      local old = t.problem.pairs[n]
      if t.placed[old] == slot and not t.locked[old] then return { old } end
    end
  end
  for _, old in ipairs(out) do
    if t.locked[old] then return nil end
  end
  return out
end

local function restore(t, kept)
  for _, pair in ipairs(t.problem.pairs) do
    if t.placed[pair] and not t.locked[pair] then timetable.remove(t, pair) end
  end
  for _, one in ipairs(kept) do timetable.put(t, one.pair, one.slot, one.who) end
end

local function remember(t)
  local kept = {}
  for pair, slot in timetable.each(t) do
    if not t.locked[pair] then
      local sent = t.people.sent[slot] or {}
      kept[#kept + 1] = { pair = pair, slot = slot, who = { sent[pair.a] or false, sent[pair.b] or false } }
    end
  end
  return kept
end

-- Takes the least meetings away from those of `pair` who have as many as they may; false: these are locked.
local function make_room(t, side, pair)
  for _, id in ipairs { pair.a, pair.b } do
    while not has_room(t, side.most, id) do
      local least
      for _, old in ipairs(meetings_of(t, id)) do
        if not least or better(least, old) then least = old end
      end
      if not least then return false end
      timetable.remove(t, least)
    end
  end
  return true
end

-- Puts a pair into a slot whatever must leave, and builds up again; keeps that only when it is worth more.
local function force(t, side, pair, slot)
  local out = blockers(t, pair, slot)
  if not out then return false end
  local kept, before = remember(t), value(t)
  for _, old in ipairs(out) do timetable.remove(t, old) end
  if make_room(t, side, pair) and timetable.fits(t, pair, slot) then
    timetable.put(t, pair, slot)
    improve(t, side)
    if value(t) - before >= (side.least_gain or 1) then return true end
  end
  restore(t, kept)
  return false
end

-- Where exchanges find nothing more: steps back before steps forward, while the event is small enough for that.
local function search(t, side)
  local tries = TRIES
  local function step()
    for _, pair in ipairs(side.pairs) do
      for slot = 1, t.placed[pair] and 0 or t.problem.slots do
        if tries <= 0 then return false end
        tries = tries - #side.pairs
        if force(t, side, pair, slot) then return true end
      end
    end
    return false
  end
  while step() do end
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

-- What no timetable is better than: `covered` participants with a meeting, with those a sum of `total`; `qualify` has
-- all who could meet somebody. Who is on both sides counts twice in a flow, and once as a participant.
local function bound_of(problem, side, value_most)
  local bound = {
    problem = problem, side = side, covered = value_most // BONUS, total = value_most % BONUS, qualify = {},
  }
  local all = 0
  for _, which in ipairs { "left", "right" } do
    for _, id in ipairs(side[which]) do
      all = all + (bound.qualify[id] and 0 or 1)
      bound.qualify[id] = true
    end
  end
  if all < #side.left + #side.right then
    bound.covered, bound.total = math.min(bound.covered, all), planner.most(bound)
  end
  bound.participants = all
  return bound
end

-- The sum that no timetable exceeds with so many participants that have a meeting (without: whoever has one).
function planner.most(bound, covered)
  if covered == bound.covered then return bound.total end
  local problem = bound.problem
  local _, most = flow.best(bound.side, problem.slots * problem.rooms, 0)
  return most
end

function planner.bound(problem)
  local side = prepare(problem)
  local _, value_most = flow.best(side, problem.slots * problem.rooms, BONUS)
  return bound_of(problem, side, value_most)
end

-- problem = { slots, rooms, most (numbers), away = { id → { slot → true } }, pairs = { {a, b, score = hundredths} … },
-- people and away_people as in delegates.lua }. Returns a timetable and its bound.
function planner.plan(problem, progress)
  local side = prepare(problem)
  local chosen, value_most = flow.best(side, problem.slots * problem.rooms, BONUS, progress)
  local t = timetable.new(problem)
  for _, pair in ipairs(by_freedom(problem, chosen)) do
    -- A flow counts who is on both sides once for each.
    local fits = has_room(t, side.most, pair.a) and has_room(t, side.most, pair.b)
    if fits then timetable.place(t, pair, math.huge) end
  end
  timetable.fit_rooms(t, side.pairs)
  if value(t) < value_most then improve(t, side) end
  if value(t) < value_most then search(t, side) end
  return t, bound_of(problem, side, value_most)
end

-- The meetings in order: slot, then room. Rooms are given to pairs in their order, unless `rooms_of` knows one.
function planner.meetings(t, room_of)
  local list, taken = {}, {}
  for pair, slot in timetable.each(t) do
    local people = delegates.of(t.people, pair.a, slot)
    for _, person in ipairs(delegates.of(t.people, pair.b, slot)) do people[#people + 1] = person end
    list[#list + 1] = { pair = pair, slot = slot, room = room_of and room_of[pair], people = people }
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

-- A meeting for `pair` by moving one other meeting of either to another slot.
local function by_one_move(t, pair)
  for _, id in ipairs { pair.a, pair.b } do
    for _, old in ipairs(meetings_of(t, id, true)) do
      if t.placed[old] > (t.problem.closed or 0) then
        local from, who = timetable.remove(t, old)
        local slot = timetable.common(t, pair, t.problem.rooms)
        if slot then
          timetable.put(t, pair, slot)
          local to = timetable.common(t, old, t.problem.rooms)
          if to then return timetable.put(t, old, to) end
          timetable.remove(t, pair)
        end
        timetable.put(t, old, from, who)
      end
    end
  end
  return false
end

local function move_for(t, side, lost)
  for _, id in ipairs(lost) do
    for _, pair in ipairs(side.pairs) do
      local wanted = (pair.a == id or pair.b == id) and (t.count[id] or 0) == 0 and not t.placed[pair]
      local fits = wanted and has_room(t, side.most, pair.a) and has_room(t, side.most, pair.b)
      if fits then by_one_move(t, pair) end
    end
  end
end

-- After a cancellation: what is in the timetable stays where it is, with the same people. First whoever has no meeting
-- gets one in a free slot; then those of `lost` who still have none, when one other meeting moves. Nothing else is new,
-- unless free slots are to be filled (`fill`) as far as that adds. Returns the pairs that came and those that moved.
function planner.repair(t, lost, fill)
  local side, before, added, moved = prepare(t.problem), {}, {}, {}
  for pair, slot in timetable.each(t) do before[pair], t.locked[pair] = slot, true end
  delegates.pin(t.people)
  side.least_gain = BONUS // 2
  improve(t, side)
  search(t, side)
  move_for(t, side, lost)
  if fill then
    side.least_gain = 1
    improve(t, side)
    search(t, side)
  else
    timetable.drop_needless(t, before)
  end
  for pair, slot in timetable.each(t) do
    if not before[pair] then
      added[#added + 1] = pair
    elseif before[pair] ~= slot then
      moved[#moved + 1] = pair
    end
  end
  return added, moved
end

return planner
