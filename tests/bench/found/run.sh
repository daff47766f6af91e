#!/usr/bin/env bash
# How well partnership/text finds what is known to fit, on the real input of scripts/sbir.sh: as shipped, and as chosen on some demands
# and measured on others. ../README.md says how to read it. Ends with 1 when a figure is below what is asked.
# Usage: run.sh POLDER [DATA]     DATA: ../../../../shared/data/sbir; where it isn't there, "skipped"
set -euo pipefail
export LC_ALL=C
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../../.." && pwd -P)
POLDER=$(readlink -f -- "${1:?usage: run.sh POLDER [DATA]}")
export POLDER
data=${2:-$root/../shared/data/sbir}
[ -r "$data/qrels.tsv" ] || { echo "skipped: no $data/qrels.tsv here"; exit; }
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT

"$root/scripts/sbir.sh" "$data" >"$work/shipped" || { cat "$work/shipped" >&2; exit 1; }
"$root/scripts/sbir_folds.sh" "$data" >"$work/folds" || { cat "$work/folds" >&2; exit 1; }
sed -n '/^scorecard/,$p' "$work/shipped"
cat "$work/folds"
# Plain BM25: mrr 0.748, p1 0.685, recall10 0.838.
{
    awk '$1 == "mrr" { printf "found\tMRR of partnership/text, as shipped\t%s\tat least\t0.79\t0.85\n", $2 }
         $1 == "p1" { printf "found\tP@1, where plain BM25 has 0.685\t%s\tat least\t0.685\n", $2 }
         $1 == "recall10" { printf "found\trecall@10, where plain BM25 has 0.838\t%s\tat least\t0.838\n", $2 }' "$work/shipped"
    awk '/^held out, [0-9]* folds/ { printf "found\tMRR held out, 5 folds, 20 splits\t%s\tat least\t0.79\t0.85\n", $(NF - 4); exit }' "$work/folds"
} >>"${BENCH_RATIOS:-/dev/null}"
