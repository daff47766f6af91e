-- With what an event was planned: scorecard, lowest score and limits. A cancellation and the report go by the same, or
-- their scores would be others. Basis: the event matchmaking.planned, and the run that the plan names.
local polder = require "polder"

local chosen = {}

chosen.TOP = 50 -- solutions looked at for each demand

-- What the newest plan of an event chose, from its events, oldest first; nil where it has none. run(id): what is kept
-- of a run.
function chosen.of(events, run)
  local last = events[#events]
  if not last then return nil end
  local d = last.data
  local kept = d.run and run(d.run)
  local inputs = kept and kept.inputs or {}
  return {
    scorecard = d.scorecard or inputs.scorecard, top = d.top or inputs.top, least_score = d.least_score, most = d.most,
    run = d.run,
  }
end

-- "zeeland" is "zeeland/zeeland".
function chosen.same(full, given)
  return full == given or full:match "/(.+)$" == given
end

function chosen.read(id)
  return chosen.of(polder.events { about = id, type = "matchmaking.planned" }, polder.run)
end

-- What follows a plan goes by this: as planned. `otherwise` is the scorecard where nothing tells which it was. nil,
-- reason and code where another one is asked for, or where there is none.
function chosen.follow(plan, e, given, otherwise, settings)
  local t, scorecard = e.t, plan and plan.scorecard
  if scorecard and given and not chosen.same(scorecard, given) then
    return nil, t("%s is gepland met de scorekaart %s: laat scorecard= weg, of plan opnieuw met scorecard=%s",
      "%s was planned with the scorecard %s: leave scorecard= out, or plan again with scorecard=%s"):format(
      e.id, scorecard, given), "usage"
  end
  if not scorecard and not given and not otherwise then
    return nil, t("het logboek zegt niet met welke scorekaart %s is gepland: noem haar met scorecard=…",
      "the log does not say with which scorecard %s was planned: name it with scorecard=…"):format(e.id), "usage"
  end
  plan = plan or {}
  return {
    scorecard = scorecard or given or otherwise, top = plan.top or chosen.TOP,
    least_score = plan.least_score or settings.least_score, most = plan.most or settings.most_meetings,
  }
end

return chosen
