-- Who speaks for an organisation in a slot, so that nobody is in two places at once. Somebody who comes for one
-- organisation only is always free for it. Those who come for several are dealt out among them, in each slot, by
-- augmenting paths (Berge 1957, Kuhn 1955): when a set of meetings can have different people, this finds them.
local delegates = {}

-- problem.people = { organisation → list of persons }, problem.away_people = { person → { slot → true } }; an
-- organisation without a list sends somebody who is not known. Only organisations of problem.pairs count.
local function who_is_shared(problem)
  local comes_for, shared, seen = {}, {}, {}
  for _, pair in ipairs(problem.pairs) do
    for _, id in ipairs { pair.a, pair.b } do
      for _, person in ipairs(not seen[id] and problem.people and problem.people[id] or {}) do
        if comes_for[person] then shared[person] = true end
        comes_for[person] = comes_for[person] or {}
        table.insert(comes_for[person], id)
      end
      seen[id] = true
    end
  end
  return shared, comes_for
end

-- Organisations that hang together by the people whom they share: each such organisation's list, in order.
local function groups_of(problem, shared, comes_for)
  local group = {}
  local function gather(id, list)
    if group[id] then return end
    group[id] = list
    list[#list + 1] = id
    for _, person in ipairs(problem.people[id]) do
      if shared[person] then
        for _, other in ipairs(comes_for[person]) do gather(other, list) end
      end
    end
  end
  for person in pairs(shared) do
    for _, id in ipairs(comes_for[person]) do gather(id, {}) end
  end
  for _, list in pairs(group) do table.sort(list) end
  return group
end

function delegates.new(problem)
  local shared, comes_for = who_is_shared(problem)
  return {
    problem = problem, shared = shared, group = groups_of(problem, shared, comes_for), choice = {}, by = {}, sent = {},
    pinned = {},
  }
end

function delegates.present(problem, person, slot)
  local away = problem.away_people and problem.away_people[person]
  return not (away and away[slot])
end

-- The shared people of whom one must speak for `org` in `slot`; nil when it has somebody of its own there.
local function choice(d, org, slot)
  local people = d.problem.people and d.problem.people[org]
  if not people then return nil end
  local known = d.choice[org] or {}
  d.choice[org] = known
  if known[slot] == nil then
    local list = {}
    for _, person in ipairs(people) do
      if delegates.present(d.problem, person, slot) then
        if not d.shared[person] then list = false end
        if list then list[#list + 1] = person end
      end
    end
    known[slot] = list
  end
  return known[slot] or nil
end

local function send(d, org, slot, person)
  d.by[slot][person], d.sent[slot][org] = org, person
  return true
end

local function is_pinned(d, org, slot)
  return d.pinned[slot] and d.pinned[slot][org]
end

local function reach(d, org, slot, tried)
  for _, person in ipairs(choice(d, org, slot)) do
    if not tried[person] then
      tried[person] = true
      local other = d.by[slot][person]
      local free = not other or (not is_pinned(d, other, slot) and reach(d, other, slot, tried))
      if free then return send(d, org, slot, person) end
    end
  end
  return false
end

-- Sends `wish`; who spoke through them sends somebody else.
local function reach_wish(d, org, slot, wish)
  local other = d.by[slot][wish]
  if other and (is_pinned(d, other, slot) or not reach(d, other, slot, { [wish] = true })) then return false end
  return send(d, org, slot, wish)
end

-- Finds somebody for `org`, `wish` where that can be; others who are not pinned may have to send somebody else. False:
-- there is nobody.
function delegates.seat(d, org, slot, wish)
  local list = choice(d, org, slot)
  if not list then return true end
  d.by[slot], d.sent[slot] = d.by[slot] or {}, d.sent[slot] or {}
  for _, person in ipairs(wish and list or {}) do
    if person == wish and reach_wish(d, org, slot, wish) then return true end
  end
  return reach(d, org, slot, {})
end

-- From now on those who are sent stay the ones.
function delegates.pin(d)
  for slot, sent in pairs(d.sent) do
    d.pinned[slot] = {}
    for org in pairs(sent) do d.pinned[slot][org] = true end
  end
end

-- Who spoke for `org` is free again; returns who.
function delegates.leave(d, org, slot)
  local person = d.sent[slot] and d.sent[slot][org]
  if person then d.by[slot][person], d.sent[slot][org] = nil, nil end
  return person
end

-- Both of a pair, or neither.
function delegates.seat_both(d, pair, slot, wish)
  if not delegates.seat(d, pair.a, slot, wish and wish[1]) then return false end
  if delegates.seat(d, pair.b, slot, wish and wish[2]) then return true end
  delegates.leave(d, pair.a, slot)
  return false
end

function delegates.can_seat(d, pair, slot)
  if not delegates.seat_both(d, pair, slot) then return false end
  delegates.leave(d, pair.a, slot)
  delegates.leave(d, pair.b, slot)
  return true
end

-- Who goes: those of its own that are there, else the one who was dealt out.
function delegates.of(d, org, slot)
  if choice(d, org, slot) then return { d.sent[slot] and d.sent[slot][org] } end
  local list = {}
  for _, person in ipairs(d.problem.people and d.problem.people[org] or {}) do
    if not d.shared[person] and delegates.present(d.problem, person, slot) then list[#list + 1] = person end
  end
  return list
end

-- Organisations that have nobody of their own can together have no more meetings than their people have slots. Returns
-- { ids, most } of each group.
function delegates.limits(d)
  local limits, of, counted = {}, {}, {}
  for org, list in pairs(d.group) do
    local own = false
    for _, person in ipairs(d.problem.people[org]) do own = own or not d.shared[person] end
    if not own then
      if not of[list] then
        of[list] = { ids = {}, most = 0 }
        limits[#limits + 1] = of[list]
      end
      local limit = of[list]
      limit.ids[#limit.ids + 1] = org
      for _, person in ipairs(d.problem.people[org]) do
        for slot = 1, counted[person] and 0 or d.problem.slots do
          if delegates.present(d.problem, person, slot) then limit.most = limit.most + 1 end
        end
        counted[person] = true
      end
    end
  end
  return limits
end

return delegates
