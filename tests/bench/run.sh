#!/usr/bin/env bash
# Runs every benchmark of scoring, one after the other: what a match costs, a rerun after a change, a million solutions. Some half an
# hour, most of it importing; README.md says how to read what is printed. Usage: run.sh [POLDER]
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
polder=${1:-$here/../../build/bin/polder}

echo "## match"
bash "$here/match/run.sh" --rounds 7 --polder "$polder"
echo "## changed"
bash "$here/changed/run.sh" --polder "$polder"
bash "$here/changed/run.sh" --card bench/bench --polder "$polder"
echo "## large"
bash "$here/large/run.sh" --polder "$polder"
