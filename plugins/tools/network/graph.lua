-- A graph of records: nodes are ids, links say what they follow from. Shortest paths by Dijkstra (1959), degree,
-- betweenness by Brandes (2001), parts by breadth-first search. Nodes and links go in the order of their ids.
local graph = {}

-- A link's length says how hard it is to be introduced along it: who works together knows each other best.
graph.LENGTH = {
  works_at = 1, introduced = 1, introduced_by = 1, met = 1.5, signed = 2, party = 2, acts_for = 2, part_of = 2, rom = 2,
  attended = 3,
}

function graph.new()
  return { region_names = {}, names = {}, kinds = {}, regions = {}, types = {}, near = {}, ids = {}, links = 0 }
end

function graph.add(g, id, fields)
  if not g.near[id] then
    g.near[id] = {}
    g.ids[#g.ids + 1] = id
  end
  g.names[id] = fields and fields.name or g.names[id] or id
  g.kinds[id] = id:match "^[^/]+"
  g.types[id] = fields and fields.type or g.types[id]
  g.regions[id] = fields and fields.regions or g.regions[id] or {}
end

-- Between a and b, both ways; of more than one the shortest counts, and all are told.
function graph.link(g, a, b, kind, source)
  if a == b or not g.near[a] or not g.near[b] then return end
  local link = g.near[a][b]
  if not link then
    link = { length = graph.LENGTH[kind], because = {} }
    g.near[a][b], g.near[b][a] = link, link
    g.links = g.links + 1
  end
  link.length = math.min(link.length, graph.LENGTH[kind])
  link.because[#link.because + 1] = { kind = kind, source = source, length = graph.LENGTH[kind] }
end

function graph.finish(g)
  table.sort(g.ids)
  g.order = {}
  for _, id in ipairs(g.ids) do
    local list = {}
    for other in pairs(g.near[id]) do list[#list + 1] = other end
    table.sort(list)
    g.order[id] = list
  end
  return g
end

-- A link's first reason: that of its length, then the source.
function graph.reason(g, a, b)
  local best
  for _, one in ipairs(g.near[a][b].because) do
    local shorter = not best or one.length < best.length or one.length == best.length and one.source < best.source
    if shorter then best = one end
  end
  return best
end

-- Nearest first, of those the lowest id: a heap of {distance, id}.
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

-- From the nearest of `from` (a list) to the nearest of `to`: list of ids and its length; nil when nothing leads there.
function graph.path(g, from, to, avoid)
  local distance, by, done, heap, wanted = {}, {}, {}, {}, {}
  for _, id in ipairs(to) do wanted[id] = true end
  for _, id in ipairs(from) do
    distance[id] = 0
    push(heap, { 0, id })
  end
  while #heap > 0 do
    local here = pop(heap)[2]
    if not done[here] then
      done[here] = true
      if wanted[here] then
        local list = { here }
        while by[list[1]] do table.insert(list, 1, by[list[1]]) end
        return list, distance[here]
      end
      for _, other in ipairs(g.order[here] or {}) do
        local there = distance[here] + g.near[here][other].length
        local open = not (avoid and avoid[other] and not wanted[other])
        if open and not done[other] and (not distance[other] or there < distance[other]) then
          distance[other], by[other] = there, here
          push(heap, { there, other })
        end
      end
    end
  end
end

-- Brandes 2001, "A faster algorithm for betweenness centrality", unweighted: of all shortest paths between others, the
-- share that passes a node, summed. Each pair counts once.
function graph.betweenness(g, progress)
  local score = {}
  for _, id in ipairs(g.ids) do score[id] = 0 end
  for n, source in ipairs(g.ids) do
    local order, count, distance, parents = { source }, { [source] = 1 }, { [source] = 0 }, { [source] = {} }
    local at = 1
    while order[at] do
      local here = order[at]
      at = at + 1
      for _, other in ipairs(g.order[here]) do
        if not distance[other] then
          distance[other], count[other], parents[other] = distance[here] + 1, 0, {}
          order[#order + 1] = other
        end
        if distance[other] == distance[here] + 1 then
          count[other] = count[other] + count[here]
          table.insert(parents[other], here)
        end
      end
    end
    local share = {}
    for k = #order, 2, -1 do
      local here = order[k]
      for _, parent in ipairs(parents[here]) do
        share[parent] = (share[parent] or 0) + count[parent] / count[here] * (1 + (share[here] or 0))
      end
      score[here] = score[here] + (share[here] or 0) / 2
    end
    if progress then progress(n, #g.ids) end
  end
  return score
end

-- The number of the part that each node is in; parts are numbered by size, the largest 1.
function graph.parts(g)
  local part_of, parts = {}, {}
  for _, id in ipairs(g.ids) do
    if not part_of[id] then
      local list, at = { id }, 1
      part_of[id] = list
      while list[at] do
        for _, other in ipairs(g.order[list[at]]) do
          if not part_of[other] then
            part_of[other] = list
            list[#list + 1] = other
          end
        end
        at = at + 1
      end
      parts[#parts + 1] = list
    end
  end
  table.sort(parts, function(a, b) return #a > #b or #a == #b and a[1] < b[1] end)
  for n, list in ipairs(parts) do list.number = n end
  local number = {}
  for id, list in pairs(part_of) do number[id] = list.number end
  return number, parts
end

-- The names of a node's regions; "" when it has none.
function graph.region_name(g, id)
  local names = {}
  for n, region in ipairs(g.regions[id]) do names[n] = g.region_names[region] or region end
  table.sort(names)
  return table.concat(names, ", ")
end

-- Two lists of regions.
function graph.shares(a, b)
  for _, x in ipairs(a) do
    for _, y in ipairs(b) do
      if x == y then return true end
    end
  end
  return false
end

-- Links between regions: both ends have one, and share none (a link inside a region of two provinces is none). With the
-- reason of each; `a` is of the region whose name comes first.
function graph.bridges(g)
  local list = {}
  for _, a in ipairs(g.ids) do
    for _, b in ipairs(g.order[a]) do
      local there = a < b and #g.regions[a] > 0 and #g.regions[b] > 0 and not graph.shares(g.regions[a], g.regions[b])
      if there then
        local turned = graph.region_name(g, b) < graph.region_name(g, a)
        list[#list + 1] = { a = turned and b or a, b = turned and a or b, reason = graph.reason(g, a, b) }
      end
    end
  end
  return list
end

return graph
