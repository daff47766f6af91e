-- "1 link" and "2 links", in the language of t (language.lua).
return function(t, count, nl, nl_more, en, en_more)
  return ("%d %s"):format(count, count == 1 and t(nl, en) or t(nl_more, en_more))
end
