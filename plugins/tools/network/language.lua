-- t("Nederlands", "English") in the language of whoever gave the command.
return function(ctx)
  return function(nl, en) return ctx.lang == "en" and en or nl end
end
