-- What polder.check takes, of a check that looks at what the record becomes: `problem` gives the reason against it, or
-- nothing. A deletion is no concern of these. Basis: no policy, only the shape of polder.check.
return function(name, kind, nl, en, problem)
  return {
    name = name,
    kind = kind,
    title = { nl = nl, en = en },
    check = function(change)
      local reason = change.after and problem(change.after, change.id)
      return reason == nil, reason
    end,
  }
end
