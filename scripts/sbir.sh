#!/usr/bin/env bash
# Real input: imports 767 public US defence topics and 1,810 awards, ranks by text alone, and measures the ranking against the
# 310 known links. See scripts/README.md.
#   scripts/sbir.sh [DATA]      DATA: folder with demands.jsonl, solutions.jsonl, qrels.tsv (default ../shared/data/sbir)
#   POLDER: the program (default: polder on PATH, else build/bin/polder) · TOP: ranks per demand (100) · KEEP: folder that stays
set -euo pipefail

repo=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
data=${1:-$repo/../shared/data/sbir}
top=${TOP:-100}
polder=${POLDER:-$(command -v polder || echo "$repo/build/bin/polder")}

fail() {
    echo "sbir.sh: $1" >&2
    exit "$2"
}
[ -x "$polder" ] || fail "no polder at $polder: build it (./bootstrap build) or set POLDER" 7
command -v lua5.4 >/dev/null || fail "lua5.4 is needed: apt install lua5.4" 7
for file in demands.jsonl solutions.jsonl qrels.tsv; do
    [ -r "$data/$file" ] || fail "$data/$file can't be read" 4
done

if [ -n "${KEEP:-}" ]; then
    mkdir -p "$KEEP"
    work=$(cd "$KEEP" && pwd)
else
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
fi

lua5.4 "$repo/scripts/sbir/convert.lua" text <"$data/demands.jsonl" >"$work/demand.jsonl"
lua5.4 "$repo/scripts/sbir/convert.lua" abstract <"$data/solutions.jsonl" >"$work/solution.jsonl"

"$polder" init "$work/home"
"$polder" --home "$work/home" import "$work/demand.jsonl" --kind demand
"$polder" --home "$work/home" import "$work/solution.jsonl" --kind solution

# Plain BM25 without stems gives mrr 0.748, p1 0.685, recall10 0.838; the shipped rule these, less a little room.
"$polder" --home "$work/home" eval --scorecard partnership/text --qrels "$data/qrels.tsv" --top "$top" \
    --min mrr=0.85 --min p1=0.79 --min recall10=0.92
