#!/bin/sh
# Many records: conditions, order, forms of output, SQL.
. "$(dirname "$0")/lib.sh"

ok init .
cat >some.jsonl <<'END'
{"kind":"solution","id":"a","title":"Alfa; \"een\"","trl":7,"region":"NL34","technologies":["drones","sensors"]}
{"kind":"solution","id":"b","title":"Bravo","trl":5,"region":"NL32","technologies":["energy"]}
{"kind":"solution","id":"c","title":"Charlie","trl":9,"region":"NL34"}
END
ok import some.jsonl

ok query solution
says "solution/a"
says "Bravo"
fits
ok query solution --where 'trl >= 6 and region == "NL34"' --order -trl --format jsonl --fields id,trl
prints '{"id":"solution/c","trl":9}
{"id":"solution/a","trl":7}'
ok query solution --where 'technologies == "sensors"' --format jsonl --fields id
prints '{"id":"solution/a"}'
ok query solution --order trl --limit 1 --json
says '[{"id":"solution/b","kind":"solution","version":1,'
ok query solution --format csv --fields id,title,technologies
prints 'id,title,technologies
solution/a,"Alfa; ""een""","drones; sensors"
solution/b,Bravo,energy
solution/c,Charlie,'
ok query solution --where 'trl > 9'
prints "no records"
ok query solution --where 'trl > 9' --json
prints "[]"
ok query solution --where 'trl > 9' --format csv
says "id,title,description,"
lines 1
quiet

# A misspelt field is said, for it is no error: data may be ahead of its kind.
ok query solution --where 'trll >= 6 and title != "trll, titel"' --order -regoin --fields id,titel
tells 'no field "trll"; did you mean "trl"?'
tells 'no field "regoin"; did you mean "region"?'
tells 'no field "titel"; did you mean "title"?'
[ "$(wc -l <"$err")" -eq 3 ] || fail "expected one warning for each option"
ok query solution --where 'nofield == 1 and not has x_y' --order -elsewhere --fields id,nothere
tells 'the kind solution has no field "nofield", and none of its records has it'
tells 'the kind solution has no field "x_y"'
tells 'the kind solution has no field "elsewhere"'
tells 'the kind solution has no field "nothere"'
ok put solution/c x_y=3
ok query solution --where 'has x_y'
quiet
ok query solution --where 'price.amount > 3 or not version == 1' --order -price.amount --fields id,kind
quiet

fails_with 4 query solutions
tells 'did you mean "solution"?'
fails_with 2 query solution --where 'trl >> 3'
tells "column"
fails_with 2 query solution --limit many
fails_with 2 query
tells "KIND is missing"

ok query --sql 'select id, version from record order by id' --format csv
prints 'id,version
solution/a,1
solution/b,1
solution/c,2'
fails_with 2 query --sql 'select 1 as n, 2 as m, 3 as n' --json
tells 'columns 1 and 3 are both called \"n\"'
fails_with 2 query --sql 'select 1 as ""'
tells "column 1 has no name"
ok query --sql "select x'00ff' as b, 'é' as t" --json
prints "[{\"b\":\"x'00ff'\",\"t\":\"é\"}]"
fails_with 2 query --sql 'select * from solution where id = ?'
tells "none is given here"
fails_with 2 query --sql 'selekt 1'
fails_with 2 query --sql 'select 1; select 2'
tells "expected one statement, got more"
fails_with 2 query --sql '-- nothing'
tells "expected one statement, got none"

# A number never equals a text.
ok query solution --where "trl == '7'"
tells "trl holds numbers, and is compared with a text: leave out the quotes"
ok query solution --where 'title == 7 or region != "NL34" and trl >= 6'
tells "title holds texts, and is compared with a number: put it in quotes"
ok query solution --where 'trl >= 6 and region == "NL34" and title contains "7"'
quiet

# What --sql can't do, and what to do instead.
for write in 'delete from record' 'DELETE from solution' 'insert into record values (1)' 'update event set seq = 1' \
  'drop table event' 'create table x (a)' 'vacuum' 'replace into meta values (1, 2)'; do
  fails_with 5 query --sql "$write"
  tells "--sql only reads: a select, not "
  tells "records change by \`polder put\`"
done
fails_with 5 query --sql 'with x as (select 1) delete from record'
tells "--sql only reads"
for outside in "attach 'other.db' as other" 'detach main'; do
  fails_with 5 query --sql "$outside"
  tells "and no other file"
done
[ ! -e other.db ] || fail "expected no other file"
for setting in 'pragma journal_mode' 'PRAGMA user_version = 3'; do
  fails_with 5 query --sql "$setting"
  tells "a select, not pragma"
  tells "sqlite_master"
done
ok query --sql 'pragma table_info(solution)' --format csv
says "1,version,INTEGER,"
says ",trl,"
fails_with 5 query --sql 'pragma table_info'
fails_with 5 query --sql 'begin'
tells "sees one moment of the store"
fails_with 2 query --sql "select load_extension('x')"
tells "load_extension"

# The nearest table and column; the time that it has.
fails_with 2 query --sql 'select * from solutoin'
tells 'did you mean "solution"?'
fails_with 2 query --sql 'select s.titel from solution s'
tells 'there is no column "titel"'
tells 'did you mean "title"?'
fails_with 6 query --seconds 1 --sql 'with recursive c(x) as (select 1 union all select x + 1 from c) select sum(x) as s from c'
tells "longer than its limit, 1 second"
tells "such as --seconds 60"
fails_with 2 query solution --seconds 3
tells "--seconds goes with --sql"
fails_with 2 query solution --sql 'select 1'
tells "stands alone"
ok query solution --format jsonl
lines 3
