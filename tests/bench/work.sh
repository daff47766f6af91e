# work.sh: what the benchmarks of matches share, for `source`: options, the programs that make the work and measure it, a workspace with
# it. Uses `here`, the benchmark's folder, and `polder`, `demands`, `seed`; sets `match` and `work`, which is removed at the end.
# shellcheck shell=bash disable=SC2154,SC2034 # variables of who sources it
export LC_ALL=C
match=$here/../match

die() { printf 'run.sh: %s\n' "$1" >&2; exit "${2:-1}"; }

# options "NAME…" ARGUMENT…: sets the variable of each --NAME VALUE; --check and --nearby, where a name says so, set theirs to yes, and
# --check leaves one round.
options() {
    local names=" $1 "
    shift
    while [ $# -gt 0 ]; do
        case $names in *" ${1#--} "*) ;; *) die "unknown option $1; the options stand at the head of $0" 2 ;; esac
        case $1 in
            --check) check=yes rounds=1; shift; continue ;;
            --nearby) nearby=yes; shift; continue ;;
        esac
        [ $# -gt 1 ] || die "$1 wants a value" 2
        declare -g "${1#--}=$2"
        shift 2
    done
    [ -x "$polder" ] || die "there is no program $polder; build it first (./bootstrap build) or name it with --polder" 2
    polder=$(readlink -f -- "$polder")
}

# programs NAME…: made in $work, of generate, measure and peer.
programs() {
    local name sources
    work=$(mktemp -d)
    trap 'rm -rf -- "$work"' EXIT
    for name in "$@"; do
        sources=("$name.c")
        [ "$name" != peer ] || sources+=(records.c)
        (cd "$match" && "${CC:-cc}" -O2 -std=c11 -D_GNU_SOURCE -ffp-contract=off -o "$work/$name" "${sources[@]}" -lm)
    done
}

# records SOLUTIONS FOLDER: the work's records, as JSONL in a new folder.
records() {
    mkdir "$2"
    "$work/generate" "$demands" "$1" "$seed" "$2"
}

# workspace HOME: an empty one that has both scorecards. They declare the kinds that partnership declares too.
workspace() {
    "$polder" init "$1" >/dev/null
    cp -r "$match/plugin" "$1/plugins/bench"
    cp -r "$match/measured" "$1/plugins/measured"
    echo 'return { disabled = { "partnership", "noord-holland", "zeeland" } }' >"$1/polder.lua"
}

# forgotten HOME: what was kept of matches is thrown away, all of which can be made again; what plugins contribute is not part of the work.
forgotten() {
    rm -rf -- "$1/.cache"
    "$polder" --home "$1" registry >/dev/null 2>&1 # plugins that wait for partnership are told each time
}

# take COMMAND…: runs it under measure; its stdout is in $work/out, "seconds megabytes" in $work/took.
take() {
    "$work/measure" "$work/took" "$@" >"$work/out" 2>"$work/said" || die "failed: $*: $(cat "$work/said")"
}
