#!/bin/sh
# Pages of the store that a failing disk, or a program beside Polder, has spoiled: whoever meets one is told that the store is
# damaged, nobody gets half an answer for a whole one, and `audit verify` finds what nobody met.
. "$(dirname "$0")/lib.sh"

ok init .
seq -f '{"id":"solution/s%g","title":"Drones boven het water van de haven","trl":5}' 300 >rows.jsonl
ok import rows.jsonl
ok put demand/d title='Drones boven water'
ok put source/krant title=Krant
ok put solution/s1 trl=6 --source source/krant
ok match --scorecard zeeland
ok audit verify
ok query solution --format jsonl --limit 1000
cp "$out" whole
cp polder.db whole.db
for name in event event_subject record record_kind record_changed sqlite_autoindex_record_1 claim claim_record version run kind \
  plugin_file search_data search_content search_docsize search_record; do
  ok query --sql "select rootpage as page from sqlite_master where name = '$name'" --format csv
  printf '%s %s\n' "$name" "$(tail -n 1 "$out" | tr -d '\r')" >>pages
done

# spoil PAGE HOW: its bytes become zeros, or others.
spoil() {
  rm -f polder.db-wal polder.db-shm
  cp whole.db polder.db
  case $2 in zeros) from=/dev/zero ;; *) from=/dev/urandom ;; esac
  dd if=$from of=polder.db bs=4096 seek=$(($1 - 1)) count=1 conv=notrunc status=none
}

# answered: as if nothing was wrong, or refused with the reason; never as a mistake of Polder's.
answered() {
  case $code in
  0) ;;
  7) tells "the store is damaged" ;;
  *) fail "expected an answer, or that the store is damaged ($name, $how)" ;;
  esac
}

while read -r name page; do
  for how in zeros others; do
    spoil "$page" $how
    run query solution --format jsonl --limit 1000
    answered
    [ "$code" -ne 0 ] || cmp -s "$out" whole || fail "expected the whole answer or none ($name, $how)"
    run put solution/nieuw title=Nieuw --no-handlers
    answered
    run import rows.jsonl --no-handlers
    answered
    spoil "$page" $how
    run audit verify
    case $code in
    1 | 3 | 7) ;;
    *) fail "expected that the check tells of $name ($how)" ;;
    esac
  done
done <pages

# The first page says what the file is.
spoil 1 others
fails_with 7 get solution/s1
tells "this file is not a Polder store"
spoil 1 zeros
fails_with 7 put solution/nieuw title=Nieuw
tells "not a Polder store"
