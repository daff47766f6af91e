-- The partnership: kinds, checks, gates, rules and scorecards. Basis: the letters of intent of February 2026
-- (data/seed.jsonl).
require "kinds"
require "checks"
require "gates"
require "rules"
require "scorecards"
