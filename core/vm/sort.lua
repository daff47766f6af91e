-- table.sort as a stable merge sort: Lua's own picks its pivots by the clock and moves equal items. In Lua, so that
-- `before` may yield. The list is written once it is sorted: an error in `before` leaves it as it was.
local error, type = ...
local RUN <const> = 8

local function less(a, b)
  return a < b
end

local function insert_sort(items, first, last, before)
  for i = first + 1, last do
    local item, j = items[i], i - 1
    while j >= first and before(item, items[j]) do
      items[j + 1] = items[j]
      j = j - 1
    end
    items[j + 1] = item
  end
end

local function merge(from, to, first, middle, last, before)
  local left, right = first, middle + 1
  for i = first, last do
    if right > last or (left <= middle and not before(from[right], from[left])) then
      to[i], left = from[left], left + 1
    else
      to[i], right = from[right], right + 1
    end
  end
end

local function merge_pass(from, to, count, width, before)
  for first = 1, count, 2 * width do
    local middle, last = first + width - 1, first + 2 * width - 1
    if middle > count then middle = count end
    if last > count then last = count end
    merge(from, to, first, middle, last, before)
  end
end

local function sorted(items, count, before)
  local other, width = {}, RUN
  for first = 1, count, RUN do
    local last = first + RUN - 1
    insert_sort(items, first, last < count and last or count, before)
  end
  while width < count do
    merge_pass(items, other, count, width, before)
    items, other, width = other, items, 2 * width
  end
  return items
end

return function(list, before)
  if type(list) ~= "table" then
    error("bad argument #1 to 'sort' (table expected, got " .. type(list) .. ")", 2)
  end
  if before ~= nil and type(before) ~= "function" then
    error("bad argument #2 to 'sort' (function expected, got " .. type(before) .. ")", 2)
  end
  local items, count = {}, #list
  for i = 1, count do
    items[i] = list[i]
  end
  items = sorted(items, count, before or less)
  for i = 1, count do
    list[i] = items[i]
  end
end
