-- Tries to paint the terminal with titles.
local polder = require "polder"
polder.rule {
  name = "attack", title = "\27[31mred\n\rpolder: fine\7", on = "pair", max = 10,
  score = function() return 10 end,
}
polder.scorecard {
  name = "hostile", title = { nl = "\27]0;owned\7", en = "\xff\xfe" }, extends = "partnership/national",
  rules = { attack = 1 },
}
