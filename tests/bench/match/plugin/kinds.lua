-- The kinds of the benchmark's records, as generate.c makes them.
local polder = require "polder"

local SHARED <const> = {
  { name = "title", type = "text", required = true },
  { name = "fictitious", type = "boolean" },
  { name = "description", type = "text" },
  { name = "technologies", type = "text", many = true },
  { name = "themes", type = "text", many = true },
  { name = "region", type = "text" },
  { name = "place", type = "place" },
}

local function kind(name, own)
  local fields = table.move(SHARED, 1, #SHARED, 1, {})
  polder.kind { name = name, fields = table.move(own, 1, #own, #fields + 1, fields) }
end

kind("demand", {
  { name = "trl_min", type = "integer", minimum = 1, maximum = 9 },
  { name = "budget", type = "money" },
  { name = "regions", type = "text", many = true },
})

kind("solution", {
  { name = "trl", type = "integer", minimum = 1, maximum = 9 },
  { name = "price", type = "money" },
  { name = "delivery_days", type = "integer", unit = "days" },
  { name = "civil_use", type = "text" },
  { name = "military_use", type = "text" },
  { name = "employees", type = "integer" },
  { name = "founded", type = "integer", unit = "year" },
})
