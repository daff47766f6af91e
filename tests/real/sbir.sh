#!/usr/bin/env bash
# The documented script on the real data, when it lies beside the checkout: it fails itself when the ranking is worse than plain BM25.
set -euo pipefail
data=../shared/data/sbir
if [ ! -r "$data/qrels.tsv" ] || ! command -v lua5.4 >/dev/null; then
    echo "skipped: no $data here, or no lua5.4"
    exit 77
fi
exec scripts/sbir.sh "$data"
