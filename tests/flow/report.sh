#!/bin/sh
# Reports: what there is, one of each format, arguments, the same bytes again, and a plugin that writes nonsense.
. "$(dirname "$0")/lib.sh"

ok init . --demo
mkdir -p plugins/try
cat >plugins/try/plugin.json <<'JSON'
{ "name": "try", "version": "1.0.0", "api": 1, "title": "Try", "contact": "nobody",
  "capabilities": { "records": { "read": ["region", "person"] } } }
JSON

# A report in a few lines: it reads records and writes blocks; the form is Polder's.
cat >plugins/try/init.lua <<'LUA'
local polder = require "polder"

polder.report {
  name = "regions",
  title = { nl = "Regio's", en = "Regions" },
  args = { { name = "most", type = "integer", default = 3, minimum = 1 }, { name = "only", type = "record", kind = "region" } },
  write = function(report, args, ctx)
    local rows = {}
    for _, region in ipairs(polder.query { kind = "region", limit = args.most }) do
      if not args.only or args.only == region.id then
        rows[#rows + 1] = { name = region.name, nuts = region.nuts, budget = { amount = 1234.5, currency = "EUR" } }
      end
    end
    report:section(ctx.lang == "nl" and "De regio's" or "The regions")
    report:text("Opgesteld op ", report:date(ctx.today), ".")
    report:table {
      caption = "Regio's", columns = {
        { name = "name", title = "Naam" }, { name = "nuts", title = "NUTS" },
        { name = "budget", title = "Budget", type = "money" },
      }, rows = rows,
    }
  end,
}

polder.report { name = "people", formats = { "md" }, write = function(report)
  for _, person in ipairs(polder.query { kind = "person" }) do report:text(person.name) end
end }
polder.report { name = "huge", write = function(report)
  while true do report:text(("x"):rep(1000000)) end
end }
polder.report { name = "many", write = function(report)
  for _ = 1, 20000 do report:text("x") end
end }
polder.report { name = "endless", write = function() while true do end end }
polder.report { name = "wrong", write = function(report)
  report:text("goed")
  report:table { caption = "T", columns = { { name = "a", type = "date" } }, rows = { { a = "gisteren" } } }
end }
polder.report { name = "writes", write = function() polder.put("region/x", { name = "x" }) end }
polder.report { name = "forbidden", write = function() polder.get("demand/x") end }
polder.report { name = "odd", write = function(report) report:list(function() end) end }
polder.report { name = "later", write = function(report) keep = report end }
polder.report { name = "reasons", write = function(report, _, ctx)
  report:text(ctx.say("Omdat: ", "Because: "), report:said("uit Zeeland", "nl"))
end }
polder.report { name = "signs", write = function(report)
  report:text("<script>alert(1)</script>\27[31m\0\xff\u{202e}")
end }
polder.report { name = "english", lang = "en", write = function(report, _, ctx)
  report:text("Made on ", report:date(ctx.today), ".")
end }
LUA

ok report
says "try/regions"
says "md html csv json"
fits
COLUMNS=120 ok report
says "[most=…] [only=…]"
ok report --json
says '"name":"try/people"'
says '"formats":["md"]'

ok report regions --today 2026-11-24
says "# Regio's"
says "Opgesteld op 24 november 2026."
says "| Limburg | NL42 | € 1.234,50 |"
says "Rapport try/regions (try 1.0.0), 24 november 2026"
quiet

# A report of one language is in that language unasked, and in no other.
ok report english --today 2026-11-24 --format html
says '<html lang="en">'
says "Made on 24 November 2026."
fails_with 2 report english --lang nl
tells "the report try/english is in English only"
tells "leave --lang out"
ok report --json
says '"lang":"en"'
ok report try/regions --lang en --today 2026-11-24 --format html
says '<html lang="en">'
says "The regions"
says "€1,234.50"

ok report reasons --lang en --format html
says '<html lang="en">'
says 'Because: <span lang="nl">uit Zeeland</span>'
ok report reasons --lang nl --format html
says 'Omdat: uit Zeeland'
ok report regions most=1 --format csv
says "Naam,NUTS,Budget"
says "Limburg,NL42,1234.5"
lines 2
ok report regions only=zeeland most=10 --format json
says '"title":"Regio'
says '"name":"Zeeland"'
says_not "Limburg"
ok report regions -o out.html
prints "Wrote out.html"
[ "$(head -c 15 out.html)" = "<!DOCTYPE html>" ] || fail "expected HTML in out.html"

# What is asked wrongly is told with what there is.
fails_with 4 report regoins
tells 'did you mean "regions"?'
fails_with 2 report regions mst=3
tells 'did you mean "most"?'
fails_with 2 report regions most=veel
tells "most: expected a whole number"
fails_with 2 report regions most=0
tells "below 1"
fails_with 2 report people --format csv
tells "it is made as: md"
fails_with 2 report regions --format pdf

# A run is kept: it prints again in another form, and written again from where it stood it is the same.
ok report regions --today 2026-11-24 --format json
cp "$out" "$flow/first"
run_id=$(sed 's/.*"run":"\([^"]*\)".*/\1/' "$flow/first")
log=$(sed 's/.*"log":\([0-9]*\).*/\1/' "$flow/first")
ok report "$run_id" --format md
says "| Limburg | NL42 | € 1.234,50 |"
ok put region/limburg name=Veranderd
ok report regions --today 2026-11-24 --format md
says "Veranderd"
ok report regions --today 2026-11-24 --as-of "$log" --no-keep --format json
sed 's/,"run":"[^"]*"//' "$flow/first" >"$flow/first-bare"
cmp -s "$out" "$flow/first-bare" || fail "expected the same bytes from the same point in the log"
fails_with 4 report run/none

# Who is forgotten is gone from the reports that were kept.
ok report people --format md
says "Janet Nieboer"
run_id=$(polder query --sql "select id from run where what = 'report' order by id desc limit 1" --format csv | tail -1)
ok report "$run_id"
ok forget person/janet-nieboer --why "op verzoek"
fails_with 4 report "$run_id"
tells "was erased"

# A plugin that does wrong is named, with its line; nothing is written.
fails_with 3 report wrong -o wrong.html
tells "rows[1]: a: expected a date such as 2026-02-23, got text"
tells "at: try/init.lua:37"
[ ! -e wrong.html ] || fail "expected no file"
fails_with 3 report huge
tells "at most 6 MiB"
fails_with 3 report many
tells "at most 10000 parts"
fails_with 6 report endless
tells "try/init.lua"
fails_with 3 report writes
tells "a report only reads"
fails_with 3 report forbidden
tells "may not read records of kind demand"
fails_with 3 report odd
ok report signs --format html --no-keep
says "&lt;script&gt;"
says_not "<script"
LC_ALL=C grep -q "$(printf '[\001-\010\033\177]')" "$out" && fail "expected no control characters"
ok report signs --no-keep
LC_ALL=C grep -q "$(printf '\033')" "$out" && fail "expected no control characters"

# A report counts all records, also more than one query gives.
mkdir "$flow/many"
cd "$flow/many" || exit 1
ok init . --demo
seq -f '{"id":"organisation/veel-%g","name":"Veel (fictief)","type":"sme","fictitious":true}' 10050 |
  polder import - --kind organisation >"$out" 2>"$err" || fail "expected an import of 10,050 organisations"
ok report overview --format md --lang en
says "- organisations: **10,1"

# So do a region's report and the network.
seq -f '{"id":"solution/veel-%g","title":"Veel (fictief)","technologies":["radar"],"fictitious":true}' 10050 |
  polder import - --kind solution >"$out" 2>"$err" || fail "expected an import of 10,050 solutions"
ok report noord-brabant/keten --no-keep
says "| radar | 1 | 10.05"
ok network isolated
says "organisation/veel-9999"
