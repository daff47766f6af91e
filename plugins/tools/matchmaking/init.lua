-- Meetings at an event: who meets whom, when and where. Basis: match-making days as Purple Nectar; README.md says how
-- meetings are chosen.
require "checks"
require "commands.plan"
require "commands.show"
require "commands.cancel"
require "commands.report"
