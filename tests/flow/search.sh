#!/bin/sh
# Records by the words in them, in Dutch and in English.
. "$(dirname "$0")/lib.sh"

ok init . --demo
ok put solution/proef title='Onbemande boten voor de kade' description='Cafés and façades near the harbour' \
  technologies=hydrogen
ok put organisation/proef name='Kadebedrijf Zzyx' note='boten'

ok search onbemande boot kades --json
says '[{"id":"solution/proef","kind":"solution","version":1,'
says '"snippet":"'
ok search cafe facade --format jsonl
lines 1
says '"id":"solution/proef"'
ok search waterstof kade --kind solution --format jsonl
says '"id":"solution/proef"'
ok search '"kade boten"'
prints "nothing found"
ok search 'boten -onbemande zzyx' --format jsonl
lines 1
says '"id":"organisation/proef"'
ok search zzyx
says "Kadebedrijf Zzyx"
fits
ok search drones --limit 2 --format jsonl
lines 2
ok search drones --kind demand --format csv
says "id,title,snippet"
says_not "solution/"

# Pages: each begins where the one before ended, and together they are the whole.
ok search drones --limit 1000 --format jsonl
quiet
cp "$out" "$flow/whole"
: >"$flow/pages"
after=
while ok search drones --limit 3 --format jsonl ${after:+--after "$after"}; do
  cat "$out" >>"$flow/pages"
  after=$(sed -n 's/^{"after":"\(.*\)"}$/\1/p' "$err")
  [ -n "$after" ] || break
done
cmp -s "$flow/whole" "$flow/pages" || fail "expected the same from the pages"
[ "$(wc -l <"$flow/whole")" -gt 9 ] || fail "expected more than three pages"
ok search drones --limit 3
tells "there are more: --after "
token=$(sed -n 's/.*--after //p' "$err")
fails_with 2 search boten --after "$token"
tells "that page was of another search"
fails_with 2 search drones --after nonsense
tells "not where a page ended"

ok put solution/proef title='Vaste brug' description=null
ok search onbemande boot kades --json
prints "[]"
ok delete organisation/proef
ok search zzyx --json
prints "[]"

# Nothing that people type is an error of syntax.
ok search 'title:x AND "(brug* OR'
fails_with 2 search 'de het'
tells "no word to look for"
fails_with 2 search
fails_with 4 search brug --kind solutoin
tells 'did you mean "solution"?'
