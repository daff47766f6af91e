-- A timetable: pairs in slots, each organisation and each person in one meeting at a time, no more meetings in a slot
-- than there are rooms, nobody where they are absent. Basis: König 1916 (a bipartite graph of degree d needs d colours;
-- alternating paths make room) and de Werra 1971 (they can be spread evenly over the slots).
local delegates = require "delegates"

local timetable = {}

-- problem: slots, rooms (numbers), away = { id → { slot → true } }, people and away_people as delegates.lua has them,
-- pairs = every pair that may be placed, closed = so many slots are over: nothing new comes there. What is `locked`
-- stays.
function timetable.new(problem)
  return {
    problem = problem, at = {}, load = {}, count = {}, placed = {}, locked = {}, people = delegates.new(problem),
  }
end

-- The placed pairs with their slots, in the order of problem.pairs.
function timetable.each(t)
  local n = 0
  return function()
    repeat
      n = n + 1
    until not t.problem.pairs[n] or t.placed[t.problem.pairs[n]]
    local pair = t.problem.pairs[n]
    if pair then return pair, t.placed[pair] end
  end
end

local function ends(pair)
  return pair.a, pair.b
end

local function open(t, id, slot)
  local away = t.problem.away[id]
  return slot > (t.problem.closed or 0) and not (away and away[slot])
end

local function free(t, id, slot)
  return open(t, id, slot) and not (t.at[id] and t.at[id][slot])
end

-- Puts a meeting where it is, whoever goes: one that was held.
function timetable.hold(t, pair, slot)
  for _, id in ipairs { ends(pair) } do
    t.at[id] = t.at[id] or {}
    t.at[id][slot] = pair
    t.count[id] = (t.count[id] or 0) + 1
  end
  t.load[slot] = (t.load[slot] or 0) + 1
  t.placed[pair] = slot
end

-- `who` are the two people to send where that can be. False: somebody would be in two places at once.
local function put(t, pair, slot, who)
  if not delegates.seat_both(t.people, pair, slot, who) then return false end
  timetable.hold(t, pair, slot)
  return true
end

-- Returns where it was, and whom of the shared people were sent.
function timetable.remove(t, pair)
  local slot = t.placed[pair]
  local who = { delegates.leave(t.people, pair.a, slot) or false, delegates.leave(t.people, pair.b, slot) or false }
  for _, id in ipairs { ends(pair) } do
    t.at[id][slot] = nil
    t.count[id] = t.count[id] - 1
  end
  t.load[slot] = t.load[slot] - 1
  t.placed[pair] = nil
  return slot, who
end

timetable.put = put

-- The slot with the fewest meetings in which both are free; nil when there is none.
function timetable.common(t, pair, rooms)
  local best
  for slot = 1, t.problem.slots do
    local load = t.load[slot] or 0
    local both = load < rooms and free(t, pair.a, slot) and free(t, pair.b, slot)
    local better = both and (not best or load < (t.load[best] or 0))
    if better and delegates.can_seat(t.people, pair, slot) then best = slot end
  end
  return best
end

function timetable.fits(t, pair, slot)
  return (t.load[slot] or 0) < t.problem.rooms and free(t, pair.a, slot) and free(t, pair.b, slot)
    and delegates.can_seat(t.people, pair, slot)
end

-- What keeps a pair out that is not placed: "rooms", "people" (the same ones are needed elsewhere) or "slots".
function timetable.why_not(t, pair)
  local why = "slots"
  for slot = 1, t.problem.slots do
    if free(t, pair.a, slot) and free(t, pair.b, slot) then
      if (t.load[slot] or 0) >= t.problem.rooms then return "rooms" end
      if not delegates.can_seat(t.people, pair, slot) then why = "people" end
    end
  end
  return why
end

local function other(pair, id)
  return pair.a == id and pair.b or pair.a
end

-- The meetings that hang together from `id` on, in slots a, b, a, b …; nil when they lead to `never`, or one of them
-- can't move to the other slot.
local function chain(t, id, a, b, never)
  local list, slot = {}, a
  while true do
    local pair = t.at[id] and t.at[id][slot]
    if not pair then return list end
    local to = slot == a and b or a
    if t.locked[pair] or not open(t, pair.a, to) or not open(t, pair.b, to) then return nil end
    list[#list + 1] = pair
    id = other(pair, id)
    if id == never or #list > 2 * t.problem.slots * 1000 then return nil end
    slot = to
  end
end

-- False when somebody would be in two places at once; then nothing has changed.
local function swap(t, list, a, b)
  local from, who = {}, {}
  for _, pair in ipairs(list) do from[pair], who[pair] = timetable.remove(t, pair) end
  for n, pair in ipairs(list) do
    if not put(t, pair, from[pair] == a and b or a) then
      for m = 1, n - 1 do timetable.remove(t, list[m]) end
      for _, one in ipairs(list) do put(t, one, from[one], who[one]) end
      return false
    end
  end
  return true
end

-- How many more of the chain are in slot a than in slot b.
local function surplus(t, list, a)
  local n = 0
  for _, pair in ipairs(list) do n = n + (t.placed[pair] == a and 1 or -1) end
  return n
end

local function place_by_chain(t, pair, rooms)
  for a = 1, t.problem.slots do
    for b = 1, t.problem.slots do
      if a ~= b and free(t, pair.a, a) and open(t, pair.b, a) and free(t, pair.b, b) then
        local list = chain(t, pair.b, a, b, pair.a)
        local more = list and surplus(t, list, a)
        local fits = list and (t.load[a] or 0) - more + 1 <= rooms and (t.load[b] or 0) + more <= rooms
        if fits and swap(t, list, a, b) then
          if put(t, pair, a) then return true end
          swap(t, list, a, b)
        end
      end
    end
  end
  return false
end

-- Takes the slot of a meeting that needs the same people, when that one can be elsewhere.
local function in_place_of(t, pair, rival, rooms)
  local slot, who = timetable.remove(t, rival)
  if put(t, pair, slot) then
    local to = timetable.common(t, rival, rooms)
    if to then return put(t, rival, to) end
    timetable.remove(t, pair)
  end
  put(t, rival, slot, who)
  return false
end

local function place_by_rival(t, pair, rooms)
  for _, id in ipairs { pair.a, pair.b } do
    for _, other_id in ipairs(t.people.group[id] or {}) do
      for slot = 1, t.problem.slots do
        local rival = t.at[other_id] and t.at[other_id][slot]
        local apart = rival and not t.locked[rival] and free(t, pair.a, slot) and free(t, pair.b, slot)
        if apart and in_place_of(t, pair, rival, rooms) then return true end
      end
    end
  end
  return false
end

-- Puts a pair into some slot, where need be by moving others; false: nothing has changed.
function timetable.place(t, pair, rooms)
  local slot = timetable.common(t, pair, rooms)
  if slot then
    put(t, pair, slot)
    return true
  end
  return place_by_chain(t, pair, rooms) or place_by_rival(t, pair, rooms)
end

-- Moves one meeting net from slot a to slot b; false when nothing can move.
local function ease(t, a, b, pairs_in_order)
  for _, pair in ipairs(pairs_in_order) do
    if t.placed[pair] == a then
      for _, id in ipairs { ends(pair) } do
        if not (t.at[id] and t.at[id][b]) then
          local list = chain(t, id, a, b)
          if list and surplus(t, list, a) == 1 and swap(t, list, a, b) then return true end
        end
      end
    end
  end
  return false
end

local function ease_slot(t, a, pairs_in_order)
  for b = 1, t.problem.slots do
    if a ~= b and (t.load[b] or 0) < t.problem.rooms and ease(t, a, b, pairs_in_order) then return true end
  end
  return false
end

-- No slot has more meetings than rooms any more; returns the pairs that had to go, those of the lowest score.
function timetable.fit_rooms(t, pairs_in_order)
  local dropped = {}
  for a = 1, t.problem.slots do
    while (t.load[a] or 0) > t.problem.rooms do
      if not ease_slot(t, a, pairs_in_order) then
        for n = #pairs_in_order, 1, -1 do
          if t.placed[pairs_in_order[n]] == a then
            timetable.remove(t, pairs_in_order[n])
            dropped[#dropped + 1] = pairs_in_order[n]
            break
          end
        end
      end
    end
  end
  return dropped
end

-- Removes what is not in `before` and nobody's only meeting: it was overtaken by another.
function timetable.drop_needless(t, before)
  for n = #t.problem.pairs, 1, -1 do
    local pair = t.problem.pairs[n]
    local needless = t.placed[pair] and not before[pair] and t.count[pair.a] > 1 and t.count[pair.b] > 1
    if needless then timetable.remove(t, pair) end
  end
end

return timetable
