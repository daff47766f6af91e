-- The partnership: kinds, checks, gates, rules, scorecards and reports. Basis: the letters of intent of February 2026
-- (data/seed.jsonl).
require "kinds"
require "checks"
require "gates"
require "rules"
require "scorecards"
require "reports"
