-- Tries to overflow C's stack with errors in handlers of errors.
local polder = require "polder"
polder.rule {
  name = "attack", on = "demand", max = 10,
  score = function()
    local function fail() error({}) end
    local function handle() error("again") end
    for _ = 1, 100 do xpcall(fail, handle) end
    xpcall(function() xpcall(fail, handle) error(nil) end, function() xpcall(fail, handle) handle() end)
    error(setmetatable({}, { __tostring = function() error("in __tostring") end })) -- HERE
  end,
}
polder.scorecard { name = "hostile", extends = "partnership/national", rules = { attack = 1 } }
