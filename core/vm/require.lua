-- require: modules of the plugin's own file list, each run once. `find` gives a loader, or nil and what is wrong.
local find, error, setmetatable = ...
local LOADING <const> = {}
local modules = {}

-- A module that failed can be asked for again, and fails again, rather than look like a cycle.
local on_the_way = { __close = function(self)
  if modules[self.name] == LOADING then modules[self.name] = nil end
end }

return function(name)
  local module = name ~= nil and modules[name]
  if module == LOADING then
    error("module '" .. name .. "' requires itself, perhaps through another one", 2)
  end
  if module then return module end
  local loader, message = find(name)
  if not loader then error(message, 2) end
  modules[name] = LOADING
  local _ <close> = setmetatable({ name = name }, on_the_way)
  module = loader(name)
  if module == nil or module == false then module = true end
  modules[name] = module
  return module
end
