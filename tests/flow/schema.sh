#!/bin/sh
# A kind is a schema: writes are checked by it, SQL has a view of it, and it can't change past the records that it has.
. "$(dirname "$0")/lib.sh"

ok init .
mkdir -p plugins/kist
kind() {
  printf '{"name":"kist","version":"%s","api":1,"title":{"nl":"Kist","en":"Crate"}}' "$1" >plugins/kist/plugin.json
  cat >plugins/kist/init.lua
}
kind 1.0.0 <<'END'
local polder = require "polder"
polder.kind { name = "crate", fields = {
  { name = "title", type = "text", required = true },
  { name = "code", type = "text", unique = true },
  { name = "mail", type = "email" },
  { name = "weight", type = "integer", minimum = 1 },
  { name = "colour", type = "term", terms = { { name = "red", nl = "rood" }, { name = "blue", nl = "blauw" } } },
  { name = "inside", type = "reference", kind = "crate" },
} }
END
# What isn't there because its plugin doesn't load is told with what is wrong with that plugin.
mv plugins/kist/init.lua good.lua
sed 's/"integer"/"intgr"/' good.lua >plugins/kist/init.lua
fails_with 3 put crate/a title=A
tells 'there is no kind "crate"'
tells "hint: plugin kist failed (kist/init.lua:2): polder.kind: "
fails_with 4 query crate
tells "plugin kist failed (kist/init.lua:2)"
ok registry kind
tells "plugin kist failed, so nothing of it is here: polder.kind: fields: [4] weight: type: expected one of"
fails_with 3 help kist
tells "the plugin kist failed: polder.kind"
fails_with 4 report kist/any
tells "plugin kist failed (kist/init.lua:2)"
fails_with 4 match --scorecard kist/any
tells "plugin kist failed (kist/init.lua:2)"
printf '{"id":"crate/a","title":"A"}\n' >crates.jsonl
fails_with 3 import crates.jsonl
tells "crates.jsonl:1: no plugin declares the kind \"crate\" (plugin kist failed (kist/init.lua:2)"
fails_with 3 import crates.jsonl --json
says "plugin kist failed (kist/init.lua:2)"
mv good.lua plugins/kist/init.lua
ok query crate
quiet
ok registry kind
ok put crate/a title=A code=x weight=3 colour=red
fails_with 3 put crate/b code=y
tells "title: expected a value, got nothing"
tells "at: crate/b"
fails_with 3 put crate/b title=B code=x
tells 'got "x", which crate/a has'
fails_with 3 put crate/b title=B colour=bluu
tells 'did you mean "blue"?'
fails_with 3 put crate/b title=B colour=rood
tells 'did you mean "red"?'
fails_with 3 put crate/b title=B mail=nobody
tells "name@example.org"
fails_with 3 put crate/a title=null
tells "title: expected a value"

sed -i 's/kind = "crate" },/kind = "crat" },/' plugins/kist/init.lua
ok plugin check kist --json
says 'kind \"crate\": inside: there is no kind \"crat\"; did you mean \"crate\"?'
sed -i 's/kind = "crat" },/kind = "crate" },/' plugins/kist/init.lua

# A reference to what is not there is kept, and told.
printf '{"id":"b","title":"B","inside":"crate/z"}\n{"id":"c","title":"C","wieght":2}\n{"id":"d","title":"D","weight":"2"}\n' >crates.jsonl
fails_with 1 import crates.jsonl --kind crate
tells 'crates.jsonl:3: crate/d: weight: expected an integer of at least 1, got "2"'
tells '1 reference to records that are not there: crate/z from crate/b'
tells 'the kind crate has no field "wieght" (1 row); did you mean "weight"?'
ok get crate/b --json
says '"inside":"crate/z"'
ok query --sql 'select * from reference' --format csv
prints 'record,field,target
crate/b,inside,crate/z'
ok put crate/c inside=crate/y
tells "inside: there is no record crate/y; did you mean crate/"
tells "kept all the same"
ok put crate/c weight=4
quiet
ok put crate/c inside=crate/y --json
says '"missing_references":[{"record":"crate/c","field":"inside","target":"crate/y"}]'
ok put crate/c inside=crate/a
quiet
run doctor
says "1 to records that are not there"
ok put crate/z title=Z
run doctor
says "every record that another points at is there"

# Deleting a record says who names it.
ok put crate/y title=Y
ok delete crate/y
quiet
ok delete crate/z
tells "1 reference to it is kept, which now leads nowhere: crate/b (inside)"
ok put crate/z title=Z
ok put crate/c inside=crate/z
ok delete crate/z --json
prints '{"id":"crate/z","deleted":true,"references":2,"referenced_by":[{"record":"crate/b","field":"inside","target":"crate/z"},{"record":"crate/c","field":"inside","target":"crate/z"}]}'
ok put crate/z title=Z
ok put crate/c inside=null

# Each kind is a view with typed columns.
ok query --sql 'select id, weight, typeof(weight) as t, colour from crate order by id limit 1' --json
prints '[{"id":"crate/a","weight":3,"t":"integer","colour":"red"}]'

# A new version of the kind that records stand in the way of: told at each load, the old one stays in force.
kind 2.0.0 <<'END'
local polder = require "polder"
polder.kind { name = "crate", fields = {
  { name = "title", type = "text", required = true },
  { name = "weight", type = "integer", minimum = 10 },
  { name = "owner", type = "text", required = true },
} }
END
ok registry kind
tells "the kind crate can't change: "
tells "crate/a weight: expected an integer of at least 10, got 3"
tells "polder put ID FIELD=VALUE"
ok put crate/e title=E weight=4
ok query --sql 'select colour from crate where id = "crate/a"' --format csv
says "red"
for one in a b c e z; do
  ok put crate/$one owner=Anna weight=12
done
ok registry kind
quiet
fails_with 3 put crate/a weight=4
fails_with 2 query --sql 'select colour from crate'
ok query --sql 'select owner from crate limit 1'

# The name of a table is not for a kind; other kinds are saved all the same.
kind 3.0.0 <<'END'
local polder = require "polder"
polder.kind { name = "record", fields = { { name = "title", type = "text" } } }
polder.kind { name = "box", fields = { { name = "n", type = "integer" } } }
END
ok registry kind
tells 'the kind can'"'"'t be called "record"'
fails_with 3 put box/a n=x
ok put box/a n=1
fails_with 3 put record/a title=x

# Pages.
printf 'name\nAa\nBb\nCc\nDd\nEe\n' >five.csv
ok import five.csv --kind organisation
ok query organisation --order -name --limit 2 --format jsonl --fields id
prints '{"id":"organisation/ee"}
{"id":"organisation/dd"}'
token=$(sed -n 's/^{"after":"\(.*\)"}$/\1/p' "$err")
[ -n "$token" ] || fail "expected a token"
ok query organisation --order -name --limit 2 --after "$token" --format jsonl --fields id
prints '{"id":"organisation/cc"}
{"id":"organisation/bb"}'
token=$(sed -n 's/^{"after":"\(.*\)"}$/\1/p' "$err")
ok query organisation --order -name --limit 2 --after "$token" --format jsonl --fields id
prints '{"id":"organisation/aa"}'
quiet
ok query organisation --limit 2
tells "there are more: --after"
fails_with 2 query organisation --limit 2 --after nonsense
tells "not where a page ended"
fails_with 2 query organisation --order name --after "$token"
tells "another order: -name"

# An open vocabulary: a word outside it is kept, and told with the nearest.
ok put solution/q title=Q 'technologies=["dronse"]'
tells '"dronse" is not in the vocabulary of technologies; did you mean "drones"?'
printf '{"id":"r","title":"R","technologies":["drones","ai"]}\n{"id":"s","title":"S","technologies":["ai"]}\n' >open.jsonl
ok import open.jsonl --kind solution
tells '"ai" is not in the vocabulary of solution.technologies (2 times)'
ok get solution/r --json
says '"technologies":["drones","ai"]'

# Money in a spreadsheet is in euros unless it says otherwise; a number alone is not enough in JSON.
printf 'id;title;price\nt;T;1.250,50\n' >money.csv
ok import money.csv --kind solution
ok get solution/t --json
says '"price":{"amount":1250.5,"currency":"EUR"}'
