#!/bin/sh
# The log can be checked: by polder, by others, and against an end of it that was signed.
script=$PWD/scripts/audit_verify.py
. "$(dirname "$0")/lib.sh"

ok init .
ok put solution/delta title='Delta "drone" é' trl=7
ok put person/an name='An Voorbeeld' role=adviseur
ok put solution/delta trl=8
ok audit verify
says "the log is whole"

ok audit export -o log.jsonl
prints ""
ok audit export
cmp -s "$out" log.jsonl || fail "expected the same lines in the file"
ok audit export --json
says '[{"seq":1,'

ok audit key
says "public key: "
key=$(sed -n 's/^public key: //p' "$out")
[ "$(stat -c %a audit.key)" = 600 ] || fail "expected a key that only its owner can read"
fails_with 5 audit key
tells "left as it is"
ok audit sign -o head.json
prints ""
ok audit sign
says "\"public_key\":\"$key\""
ok put solution/delta trl=9
ok audit verify --head head.json --public-key "$key"
says "as they were signed"
ok audit verify --json
says '"signatures":2'
fails_with 3 audit verify --public-key "$(printf '%064d' 0)"
tells "no end of the log was signed with this key"
fails_with 4 audit sign --key none.key
tells "makes a key"
fails_with 2 audit verify -o x
tells "takes no --output"
fails_with 2 audit sing
tells "did you mean sign?"

# A store in which somebody cut off the end is told by the signature that was kept elsewhere.
ok put solution/delta trl=1
ok audit sign -o later.json
ok init other
ok put solution/klein title=Klein --home other
fails_with 3 audit verify --home other --head later.json
tells "the log is not as it was signed, at event"
tells "the end of the log is missing"
ok audit verify --head later.json
# The daemon keeps one a line; a file that is none of either says nothing of the log.
cat head.json later.json >heads.jsonl
ok audit verify --head heads.jsonl
printf 'nonsense\n' >>heads.jsonl
fails_with 2 audit verify --head heads.jsonl
tells "heads.jsonl:3"
# Nor does one without any, which proves nothing.
: >none.json
fails_with 2 audit verify --head none.json
tells "this has no signed ends of a log"
for text in '{}' '[1]' 7; do
  printf '\n%s\n' "$text" >none.json
  fails_with 2 audit verify --head later.json --head none.json
  tells "this has no signed end of a log"
  tells "none.json:2"
done
# A head that was changed is no damage of the log.
sed 's/"time":"2/"time":"1/' later.json >forged.json
fails_with 3 audit verify --head forged.json
tells "the log is not as it was signed, at event"
tells "it was changed or forged"
tells "where the signed ends are kept"

# Forgetting leaves the log whole, for the script too.
ok forget person/an --why 'asked for it'
ok audit verify --head later.json
ok audit export -o forgotten.jsonl
! grep -q "Voorbeeld" forgotten.jsonl || fail "expected no name in the log"

command -v python3 >/dev/null || exit 0

# What answers is held against the log, too.
ok init tables
ok put solution/delta title=Delta trl=5 --home tables
ok put solution/delta title='Delta II' --home tables
ok put solution/eb title=Eb --home tables
ok audit verify --home tables
says "2 records, with versions, claims, decisions and indexes, kinds and runs: all as the log"
ok audit verify --home tables --json
says '"whole":true'
says '"differences":[]'
# write SQL: writes in the file beside Polder.
write() {
  python3 - "$1" <<'END' || fail "expected to write in the file"
import sqlite3, sys
db = sqlite3.connect("tables/polder.db")
db.executescript(sys.argv[1])
db.commit()
END
}

# What records are found by is held against it too, and can be made again.
ok put source/blad title=Blad --home tables
ok put solution/eb trl=4 --source source/blad --home tables
ok settle solution/eb trl --source source/blad --why 'seen' --home tables
ok withdraw source/blad --why 'no' --home tables
write "update search_content set c2 = 'Vloed' where c2 = 'Eb'; delete from search_data where id > 10"
fails_with 1 audit verify --home tables
says "solution/eb: the full-text index holds another text than the log tells"
tells "audit reindex"
ok audit reindex --home tables
ok search eb --home tables
says solution/eb
ok audit verify --home tables
write "update settlement set why = 'bought'; update withdrawal set why = 'yes'"
fails_with 1 audit verify --home tables
says "the decision on trl"
says "source/blad: its withdrawal of event"
write "update settlement set why = 'seen'; update withdrawal set why = 'no'"
ok audit verify --home tables

# Runs and kinds are no records, and held against the log too: what was asked and answered, and what a field is declared to be.
ok match --scorecard zeeland --home tables
write "update run set result = replace(result, 'zeeland', 'limburg'); update kind set plugin = 'x' where name = 'region'"
fails_with 1 audit verify --home tables
says ": its result isn't what the log has the digest of"
says "region: its row in the table says plugin x, the log partnership"
tells "2 things in the tables are not as it tells"
write "update run set result = replace(result, 'limburg', 'zeeland'); update kind set plugin = 'partnership' where name = 'region'"
ok audit verify --home tables

# So are views, by which people's own SQL reads, and the trigger that keeps the past.
write "drop view region; create view region as select 'region/x' as id, 'X' as name; drop trigger record_version"
fails_with 1 audit verify --home tables
says "record_version: this trigger is missing"
says "region: the kind's view is another than is made of it"
tells "audit reindex"
ok audit reindex --home tables
ok audit verify --home tables
write "update kind set schema = replace(schema, '\"many\":true', '\"many\":false')"
fails_with 1 audit verify --home tables
says "the table declares it otherwise than the log tells"
says "more"
tells "audit reindex"
ok audit reindex --home tables
ok audit verify --home tables
write "drop view region"
fails_with 2 query --sql 'select * from region' --home tables
tells "the view of the kind region is lost"
tells "audit reindex"
ok audit reindex --home tables
ok query --sql 'select * from region' --home tables

python3 - <<'END' || fail "expected to write in the file"
import sqlite3
db = sqlite3.connect("tables/polder.db")
db.execute("update record set data = json_set(data, '$.trl', 9) where id = 'solution/delta'")
db.commit()
END
fails_with 1 audit verify --home tables
says "the log is whole"
says "solution/delta: the table says trl 9, the log 5"
tells "1 of 3 records"
fails_with 1 audit verify --home tables --json
says '"whole":false'
says '"differ":1'
says '{"id":"solution/delta","part":"record","field":"trl","table":9,"log":5,'
check() { python3 "$script" "$1" >"$out" 2>&1; }
asked="(scripts/audit_verify.py)"
check log.jsonl || fail "expected the script to find the log whole"
says "every hash is right"
check forgotten.jsonl || fail "expected the script to find the log whole after forget"
# A file without events, or none at all, is no log that is right.
: >nothing.jsonl
! check nothing.jsonl || fail "expected an empty file to be no log"
says "nothing.jsonl: there is no event in it"
! check none.jsonl || fail "expected a file that isn't there to be no log"
says "No such file"
! python3 "$script" >"$out" 2>&1 || fail "expected the script to ask for a file"
says "python3 audit_verify.py LOG.jsonl"
says_not "range"
# Each of these it must find; the first line is of the kinds, the second of what was put first.
for change in '2s/"trl":7/"trl":6/' '2s/"actor":"/"actor":"x/' '2s/"time":"2/"time":"1/' '3d' '2{h;d};3G' '1d' \
  '2s/"salt":"[0-9a-f]*"/"salt":null/' '2s/"hash":"./"hash":"x/'; do
  sed "$change" log.jsonl >changed.jsonl
  cmp -s log.jsonl changed.jsonl && fail "expected a change by $change"
  ! check changed.jsonl || fail "expected the script to find $change"
  says "event "
done
sed 's/"erased":true/"erased":true,"x":1/' forgotten.jsonl >changed.jsonl
! check changed.jsonl || fail "expected the script to find what was changed in erased data"

# Signed ends show what a chain can't: that its tail is gone, or that all of it was written anew.
asked="(scripts/audit_heads.py)"
heads() { python3 "$(dirname "$script")/audit_heads.py" "$@" >"$out" 2>&1; }
mkdir signed
ok init signed
ok put solution/delta title=Delta --home signed
ok audit key --home signed --json
public=$(sed -n 's/.*"public_key":"\([0-9a-f]*\)".*/\1/p' "$out")
ok audit sign --home signed -o first.json
ok put solution/delta title=Twee --home signed
ok audit sign --home signed -o second.json
cat first.json second.json >heads.jsonl
ok put solution/delta title=Drie --home signed
ok audit export --home signed -o log.jsonl
heads log.jsonl heads.jsonl "$public" || fail "expected the script to find the log as signed"
says "2 signed"
head -n 2 log.jsonl >cut.jsonl
check cut.jsonl || fail "expected the chain alone to be whole"
! heads cut.jsonl heads.jsonl || fail "expected the script to find that the end is gone"
says "event 3 was signed, and the log ends at 2"
sed 's/"title":"Twee"/"title":"Vier"/' log.jsonl >changed.jsonl
! heads changed.jsonl heads.jsonl || fail "expected the script to find the change"
says "event 3: its data was changed"
mkdir anew
ok init anew
ok put solution/delta title=Vals --home anew
ok put solution/delta title=Vals2 --home anew
ok audit export --home anew -o anew.jsonl
asked="(scripts/audit_heads.py)"
check anew.jsonl || fail "expected another chain to be whole"
! heads anew.jsonl heads.jsonl || fail "expected the script to find another log"
says "what was signed is another"
! heads log.jsonl heads.jsonl 00ff || fail "expected the script to ask for that key"
says "by another key"
sed 's/"signature":"./"signature":"x/' heads.jsonl >bad.jsonl
! heads log.jsonl bad.jsonl || fail "expected the script to check the signature"
says "not as it was signed"
sed 's/"time":"2/"time":"1/' heads.jsonl >bad.jsonl
! heads log.jsonl bad.jsonl || fail "expected the script to check what was signed"
says "not as it was signed"
head -c 700 log.jsonl >half.jsonl
! check half.jsonl || fail "expected the script to find half a line"
says "this line is no event, or was cut off"
