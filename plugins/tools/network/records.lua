-- The graph that the records make. Basis: each link follows from one record, which is named as its source.
local polder = require "polder"
local graph = require "graph"

local records = {}

local SMALL <const> = { start_up = true, scale_up = true, sme = true }

local function each(kind, body)
  for record in polder.each { kind = kind } do body(record) end
end

-- The regions (their ids) that these NUTS codes lie in: a region is a set of provinces, and NL213 lies in NL21.
function records.regions_of(codes, regions)
  local list = {}
  for _, region in ipairs(regions) do
    local inside = false
    for _, province in ipairs(region.nuts or {}) do
      for _, code in ipairs(codes or {}) do inside = inside or code:sub(1, #province) == province end
    end
    if inside then list[#list + 1] = region.id end
  end
  return list
end

-- Everybody with everybody of a list.
local function link_all(g, ids, kind, source)
  for n, a in ipairs(ids) do
    for m = n + 1, #ids do graph.link(g, a, ids[m], kind, source) end
  end
end

local function both(a, b)
  local list = {}
  for _, ids in ipairs { a or {}, b or {} } do
    for _, id in ipairs(ids) do list[#list + 1] = id end
  end
  return list
end

local function add_introduction(g, record)
  local people = both(record.people, record.organisations)
  link_all(g, people, "introduced", record.id)
  for _, by in ipairs { record.by or record.by_organisation } do
    for _, id in ipairs(people) do graph.link(g, by, id, "introduced_by", record.id) end
  end
end

-- Who comes for several organisations is one all the same.
local function add_attendance(g, most)
  local at, seen = {}, {}
  each("attendance", function(record)
    local who = record.person or record.organisation
    local once = who and record.status ~= "cancelled" and not seen[record.gathering .. " " .. who]
    if once then
      seen[record.gathering .. " " .. who] = true
      at[record.gathering] = at[record.gathering] or {}
      table.insert(at[record.gathering], who)
    end
  end)
  each("gathering", function(record)
    local who = at[record.id] or {}
    if #who <= most then link_all(g, who, "attended", record.id) end
  end)
end

function records.read(settings)
  local g = graph.new()
  local regions, region_of_rom = {}, {}
  each("region", function(r)
    graph.add(g, r.id, { name = r.name, regions = { r.id } })
    regions[#regions + 1], g.region_names[r.id] = r, r.name
    if r.rom then region_of_rom[r.rom] = r.id end
  end)
  each("organisation", function(o)
    local own = records.regions_of(o.regions, regions)
    if #own == 0 and region_of_rom[o.id] then own = { region_of_rom[o.id] } end
    graph.add(g, o.id, { name = o.name, type = o.type, regions = own })
  end)
  each("person", function(p)
    local org = p.organisation
    graph.add(g, p.id, { name = p.name, type = p.role, regions = org and g.regions[org] })
    if org then graph.link(g, p.id, org, "works_at", p.id) end
  end)
  each("organisation", function(o)
    if o.part_of then graph.link(g, o.id, o.part_of, "part_of", o.id) end
  end)
  each("region", function(r)
    if r.rom then graph.link(g, r.id, r.rom, "rom", r.id) end
  end)
  each("agreement", function(a)
    graph.add(g, a.id, { name = a.title })
    for _, id in ipairs(both(a.parties, a.regions)) do graph.link(g, a.id, id, "party", a.id) end
    for _, id in ipairs(a.signatories or {}) do graph.link(g, a.id, id, "signed", a.id) end
  end)
  each("signature", function(s)
    graph.link(g, s.agreement, s.person or s.on_behalf_of, "signed", s.id)
  end)
  each("meeting", function(m)
    if m.status == "held" then link_all(g, both(m.people, m.organisations), "met", m.id) end
  end)
  each("introduction", function(i) add_introduction(g, i) end)
  add_attendance(g, settings.gathering_most)
  return graph.finish(g)
end

-- The same network as ways to be introduced: who can be asked is a person or an organisation. An agreement is passed
-- (those in it know each other), a region only by its development company, which acts for it there.
function records.introducing(g)
  for _, id in ipairs(g.ids) do
    if g.kinds[id] == "region" then
      for _, rom in ipairs(g.order[id]) do
        for _, paper in ipairs(graph.reason(g, id, rom).kind == "rom" and g.order[id] or {}) do
          if g.kinds[paper] == "agreement" and not g.near[rom][paper] then
            graph.link(g, rom, paper, "acts_for", id)
          end
        end
      end
    end
  end
  return graph.finish(g)
end

-- Small firms that nobody of another organisation is linked to, other than by an event they both came to.
function records.isolated(g)
  local list = {}
  for _, id in ipairs(g.ids) do
    if g.kinds[id] == "organisation" and SMALL[g.types[id] or ""] then
      local links, own = 0, { [id] = true }
      for _, other in ipairs(g.order[id]) do
        if g.kinds[other] == "person" and graph.reason(g, id, other).kind == "works_at" then own[other] = true end
      end
      for mine in pairs(own) do
        for _, other in ipairs(g.order[mine]) do
          if not own[other] and graph.reason(g, mine, other).kind ~= "attended" then links = links + 1 end
        end
      end
      if links == 0 then list[#list + 1] = id end
    end
  end
  return list
end

return records
