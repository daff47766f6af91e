#!/bin/bash
# Runs of all scorecards, random changes of records and of plugins' files between them, then every run again: all must be the
# same to the byte. The changes come from a seed, so they are the same everywhere.
#   run.sh POLDER [RUNS [CHANGES [SEED [OTHER_POLDER]]]]     OTHER_POLDER: another build, which replays the same runs
set -eu
polder=$(realpath "$1")
runs=${2:-100} changes=${3:-1000} seed=${4:-1}
other=$(realpath "${5:-$1}")
root=$(cd "$(dirname "$0")/../../.." && pwd)
unset POLDER_HOME
folder=$(mktemp -d "${TMPDIR:-/tmp}/polder-replay-XXXXXX")
trap 'rm -rf "$folder"' EXIT
cd "$folder"
"$polder" init home --demo >/dev/null
cd home
cp -r "$root"/plugins/partnership "$root"/plugins/regions/* plugins/
mapfile -t cards < <("$polder" registry scorecard --format csv | awk -F, 'NR > 1 { print $3 "/" $2 }')
per_round=${#cards[@]}
rounds=$(((runs + per_round - 1) / per_round))

# Lines of JSON that change, add and take away values of solutions and demands. Park-Miller, so any awk gives the same.
changes_of() { # ROUND COUNT
  awk -v seed="$((seed * 1000 + $1))" -v count="$2" '
    function roll(n) { seed = (seed * 16807) % 2147483647; return seed % n }
    BEGIN { roll(1); roll(1); roll(1) }
    { ids[NR] = $0 }
    END {
      split("maritiem sensoren energie logistiek cyber robotica data materiaal", words, " ")
      for (i = 0; i < count; i++) {
        what = roll(7)
        id = what == 6 ? "solution/nieuw-" seed : ids[1 + roll(NR)]
        if (id in used) { i--; continue }
        used[id] = 1
        word = words[1 + roll(8)]
        if (what == 6) fields = "\"title\":\"Nieuw " word "\",\"trl\":" 1 + roll(9)
        else if (what == 0 && id ~ /^demand/) fields = "\"trl_min\":" 1 + roll(9)
        else if (what == 1) fields = "\"description\":\"Iets met " word " en " words[1 + roll(8)] " voor " words[1 + roll(8)] "\""
        else if (what == 2 && id ~ /^solution/) fields = "\"delivery_days\":" roll(900)
        else if (what == 3) fields = "\"description\":null"
        else if (id ~ /^solution/) fields = "\"trl\":" 1 + roll(9)
        else fields = "\"title\":\"Vraag naar " word " " roll(1000) "\""
        print "{\"id\":\"" id "\"," fields "}"
      }
    }' ids
}

"$polder" query --sql "select id from record where kind in ('solution', 'demand') order by id" --format csv | tail -n +2 >ids
start=$SECONDS
made=0
for ((round = 1; round <= rounds; round++)); do
  for card in "${cards[@]}"; do
    ((made < runs)) || break
    "$polder" match --scorecard "$card" --top 7 --seed "$made" --today 2026-11-24 --json 2>>stderr |
      sed 's/.*"run":"\([^"]*\)".*/\1/' >>kept
    made=$((made + 1))
  done
  # One change in fifty is of a plugin's file: another weight, another number of points.
  count=$((changes / rounds + (round <= changes % rounds)))
  plugin=$((count / 50 + 1))
  changes_of "$round" "$((count - plugin))" >rows
  "$polder" import rows >/dev/null 2>>stderr
  for ((i = 0; i < plugin; i++)); do
    file=$(find plugins -name 'rules.lua' -o -name 'init.lua' | sort | awk -v n="$((round + i))" '{ f[NR] = $0 } END { print f[1 + n % NR] }')
    awk -v n="$((round * 7 + i))" '{ if (match($0, / = [0-9],$/)) sub(/ = [0-9],$/, " = " 1 + (NR + n) % 9 ","); print } END { print "-- " n }' "$file" >new
    cp new "$file"
  done
done
rm -r plugins/* # all of them gone, those of the last change too
done_making=$((SECONDS - start))
same=0
while read -r run; do
  if "$other" replay "$run" >answer 2>&1; then same=$((same + 1)); else head -5 answer; fi
done <kept
echo "$made runs of ${#cards[@]} scorecards, $changes changes ($(grep -c . stderr || true) lines on stderr): $same the same; made in $done_making s, all in $((SECONDS - start)) s"
printf 'replay\truns of all scorecards that are the same / all %s\t%s\tat least\t1\n' "$made" \
  "$(awk -v a="$same" -v b="$made" 'BEGIN { printf "%.4f", a / b }')" >>"${BENCH_RATIOS:-/dev/null}"
[ "$same" -eq "$made" ]
