-- The pairs with the highest total that fit the participants' limits: a flow of least cost, by successive shortest
-- paths with potentials (Ahuja, Magnanti and Orlin 1993, section 9.7). Whole numbers throughout, so that the answer is
-- exact. It looks at no slots: what it finds is an upper bound for any timetable.
local flow = {}

local SOURCE <const>, SINK <const> = 1, 2

local function new_graph(nodes)
  return { nodes = nodes, head = {}, next = {}, to = {}, room = {}, cost = {} }
end

local function add_half(g, from, to, room, cost)
  local at = #g.to + 1
  g.to[at], g.room[at], g.cost[at] = to, room, cost
  g.next[at], g.head[from] = g.head[from], at
  return at
end

-- An arc and, right behind it, its way back.
local function add(g, from, to, room, cost)
  local at = add_half(g, from, to, room, cost)
  add_half(g, to, from, 0, -cost)
  return at
end

local function twin(arc)
  return arc % 2 == 1 and arc + 1 or arc - 1
end

-- A binary heap of {distance, node}: the nearest first, of those the lowest node.
local function before(a, b)
  return a[1] < b[1] or a[1] == b[1] and a[2] < b[2]
end

local function push(heap, item)
  local at = #heap + 1
  while at > 1 and before(item, heap[at // 2]) do
    heap[at] = heap[at // 2]
    at = at // 2
  end
  heap[at] = item
end

local function pop(heap)
  local top, last = heap[1], table.remove(heap)
  local at, count = 1, #heap
  if count == 0 then return top end
  while 2 * at <= count do
    local child = 2 * at
    if child < count and before(heap[child + 1], heap[child]) then child = child + 1 end
    if not before(heap[child], last) then break end
    heap[at] = heap[child]
    at = child
  end
  heap[at] = last
  return top
end

-- Dijkstra over reduced costs; `height` are the potentials. Returns the arc by which each node is reached.
local function shortest(g, height)
  local distance, by, done, heap = { [SOURCE] = 0 }, {}, {}, {}
  push(heap, { 0, SOURCE })
  while #heap > 0 do
    local node = pop(heap)[2]
    if not done[node] then
      done[node] = true
      local arc = g.head[node]
      while arc do
        local to = g.to[arc]
        if g.room[arc] > 0 and not done[to] then
          local there = distance[node] + g.cost[arc] + height[node] - height[to]
          if not distance[to] or there < distance[to] then
            distance[to], by[to] = there, arc
            push(heap, { there, to })
          end
        end
        arc = g.next[arc]
      end
    end
  end
  return distance, by
end

local function raise(g, height, distance)
  local far = distance[SINK]
  for node = 1, g.nodes do
    height[node] = height[node] + math.min(distance[node] or far, far)
  end
end

-- Organisations that share all their people can have only so many meetings together: a node between them and the end.
-- problem.groups = { { ids, most } … }; returns the node of each id, and how many there are.
local function group_nodes(problem, here, first)
  local node_of, nodes, known = {}, {}, {}
  for _, id in ipairs(here) do known[id] = true end
  for _, group in ipairs(problem.groups or {}) do
    local node
    for _, id in ipairs(group.ids) do
      if known[id] then
        if not node then
          node = first + #nodes + 1
          nodes[#nodes + 1] = { node = node, most = group.most }
        end
        node_of[id] = node
      end
    end
  end
  return node_of, nodes
end

-- Costs are negative only on arcs that lead forward through the three layers, so these heights make all reduced costs
-- 0 or more.
local function first_heights(problem, bonus, left_at, right_at, right_group)
  local height = { [SOURCE] = 0, [SINK] = 0 }
  for i in ipairs(problem.left) do height[left_at(i)] = -bonus end
  for j in ipairs(problem.right) do height[right_at(j)] = 0 end
  for _, pair in ipairs(problem.pairs) do
    local node = right_at(pair.right)
    height[node] = math.min(height[node], -bonus - pair.score)
  end
  for j, id in ipairs(problem.right) do
    local node, low = right_group[id], height[right_at(j)] - bonus
    if node then height[node] = math.min(height[node] or 0, low) end
    height[SINK] = math.min(height[SINK], low)
  end
  return height
end

local function push_unit(g, by)
  local node, cost = SINK, 0
  while node ~= SOURCE do
    local arc = by[node]
    g.room[arc], g.room[twin(arc)] = g.room[arc] - 1, g.room[twin(arc)] + 1
    cost = cost + g.cost[arc]
    node = g.to[twin(arc)]
  end
  return cost
end

-- problem = { left = ids, right = ids, most = { id → number }, pairs = { {left = i, right = j, score} … } }.
-- `groups` as in group_nodes. At most `total` pairs; `bonus` is earned by each participant's first. Returns the chosen
-- pairs and what they earn.
function flow.best(problem, total, bonus, progress)
  local function left_at(i) return SINK + i end
  local function right_at(j) return SINK + #problem.left + j end
  local participants = SINK + #problem.left + #problem.right
  local left_group, from = group_nodes(problem, problem.left, participants)
  local right_group, to = group_nodes(problem, problem.right, participants + #from)
  local g = new_graph(participants + #from + #to)
  local arcs, value, chosen = {}, 0, {}
  for _, group in ipairs(from) do add(g, SOURCE, group.node, group.most, 0) end
  for _, group in ipairs(to) do add(g, group.node, SINK, group.most, 0) end
  for i, id in ipairs(problem.left) do
    add(g, left_group[id] or SOURCE, left_at(i), math.min(1, problem.most[id]), -bonus)
    add(g, left_group[id] or SOURCE, left_at(i), math.max(0, problem.most[id] - 1), 0)
  end
  for j, id in ipairs(problem.right) do
    add(g, right_at(j), right_group[id] or SINK, math.min(1, problem.most[id]), -bonus)
    add(g, right_at(j), right_group[id] or SINK, math.max(0, problem.most[id] - 1), 0)
  end
  for n, pair in ipairs(problem.pairs) do
    arcs[n] = add(g, left_at(pair.left), right_at(pair.right), 1, -pair.score)
  end
  local height = first_heights(problem, bonus, left_at, right_at, right_group)
  for _, group in ipairs(from) do height[group.node] = 0 end
  for unit = 1, total do
    local distance, by = shortest(g, height)
    if not distance[SINK] then break end
    raise(g, height, distance)
    if height[SINK] - height[SOURCE] >= 0 then break end
    value = value - push_unit(g, by)
    if progress then progress(unit, total) end
  end
  for n, pair in ipairs(problem.pairs) do
    if g.room[arcs[n]] == 0 then chosen[#chosen + 1] = pair end
  end
  return chosen, value
end

return flow
