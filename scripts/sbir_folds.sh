#!/usr/bin/env bash
# Cross-validated figures of text search on real input: the setting is chosen on some of the demands, and measured on the others.
# See scripts/README.md.
#   scripts/sbir_folds.sh [DATA]      DATA: folder with demands.jsonl, solutions.jsonl, qrels.tsv (default ../shared/data/sbir)
#   POLDER: the program (default: polder on PATH, else build/bin/polder) · FOLDS (5) · SPLITS (20) · SEED (1)
#   MIN: exit code 1 when the held-out MRR is below it (0)
# Exit code 77, and "skipped" on stdout, where the data is not there.
set -euo pipefail

repo=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
data=${1:-$repo/../shared/data/sbir}
if [ ! -r "$data/qrels.tsv" ] || ! command -v lua5.4 >/dev/null; then
    echo "skipped: no $data/qrels.tsv here, or no lua5.4"
    exit 77
fi
POLDER=${POLDER:-$(command -v polder || echo "$repo/build/bin/polder")}
export POLDER

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
KEEP=$work "$repo/scripts/sbir.sh" "$data" >"$work/log" || { cat "$work/log" >&2; exit 1; }
cp -r "$repo/scripts/sbir/folds" "$work/home/plugins/folds"

for times in 0 1 2 3 5 8; do
    "$POLDER" --home "$work/home" eval --scorecard "folds/title-$times" --qrels "$data/qrels.tsv" --json >"$work/title-$times.json"
done
lua5.4 "$repo/scripts/sbir/cross_validate.lua" "$data/demands.jsonl" "${FOLDS:-5}" "${SPLITS:-20}" "${SEED:-1}" "${MIN:-0}" \
    "$work"/title-{0,1,2,3,5,8}.json

echo
echo "polder tune, title and description as two rules:"
"$POLDER" --home "$work/home" tune --scorecard folds/parts --metric mrr --folds "${FOLDS:-5}" --seed "${SEED:-1}" \
    --qrels "$data/qrels.tsv" | sed -n 2,3p
