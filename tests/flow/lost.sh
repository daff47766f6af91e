#!/bin/sh
# The store is lost, or can only be read: nothing is made in its place, and what can be read is.
. "$(dirname "$0")/lib.sh"

ok init .
ok put solution/delta title=Delta trl=5
cp polder.db kept.db

for asked_for in "get solution/delta" "put solution/eb title=Eb" "audit verify" "query solution" "export"; do
  rm -f polder.db polder.db-wal polder.db-shm
  # shellcheck disable=SC2086 # words of a command
  fails_with 4 $asked_for
  tells "there is no store at"
  tells "polder init DIR"
  [ ! -e polder.db ] || fail "expected no new store in the place of the lost one"
  : >polder.db
  # shellcheck disable=SC2086
  fails_with 7 $asked_for
  tells "empty, not a Polder store"
  tells "polder init DIR"
  [ ! -s polder.db ] || fail "expected the empty file as it was"
done
fails_with 5 init .

# What another program left, or nobody's database: it says what it is, and leaves it.
printf 'hello, this is a letter and no database, whatever its name says\n' >letter
for asked_for in "get solution/delta" "put solution/eb title=Eb" "audit verify"; do
  cp letter polder.db
  # shellcheck disable=SC2086
  fails_with 7 $asked_for
  tells "this file is not a Polder store"
  tells "it is left as it is; move it away"
  cmp -s letter polder.db || fail "expected the file as it was"
done
rm -f polder.db-wal polder.db-shm

# A file that may not grow, by a limit of the shell: an error like a full disk, not the end by a signal.
cp kept.db polder.db
seq -f '{"id":"lang-%g","title":"Lang, en nog veel langer dan dat"}' 4000 >many.jsonl
(
  ulimit -f 400
  fails_with 7 import many.jsonl --kind solution --atomic
  tells "may grow no more by a limit of this process"
  tells "ulimit -f"
) || exit 1
ok query solution --format jsonl --fields id
prints '{"id":"solution/delta"}'
ok audit verify
rm -f polder.db-wal polder.db-shm
cp kept.db polder.db
ok get solution/delta

# A folder that can only be read, as on another's disk. Whoever may write everything looks as somebody else.
chmod -R a+rX,a-w .
chmod a+rx "$flow"
if [ "$(id -u)" = 0 ]; then
  command -v setpriv >/dev/null || exit 0
  ok version
  setpriv --reuid=65534 --clear-groups "$POLDER" version >/dev/null 2>&1 || exit 0
  polder() { setpriv --reuid=65534 --clear-groups "$POLDER" "$@"; }
fi
ok get solution/delta --json
says '"trl":5'
ok get solution/delta --as-of 2 --claims
ok query solution --format jsonl --fields id
prints '{"id":"solution/delta"}'
ok query --sql 'select id from record' --json
says "solution/delta"
ok search delta
ok audit verify
says "the log is whole"
ok export
says "solution/delta"
fails_with 5 put solution/eb title=Eb
tells "can only be read"
fails_with 5 import many.jsonl --kind solution
tells "can only be read"
says_not "bad"

# Changes that are not in the file yet can't be read there: it says what to do.
chmod u+w .
printf 'x' >polder.db-wal
chmod a-w .
run get solution/delta
[ "$code" -ne 0 ] || says "Delta"
[ "$code" -eq 0 ] || tells "copy the folder to where you may write"
chmod -R u+w .
