#!/bin/sh
# layers.sh: on a kernel that lacks a layer of the sandbox, plugins are not run unless the operator's polder.lua allows it by name, and
# doctor says which layer works. $POLDER is the program, $WITHOUT the one that takes a layer away (without.c).
set -eu
: "${POLDER:?the program to test}" "${WITHOUT:?tests/hostile/without.c, built}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
unset POLDER_HOME LC_ALL LC_MESSAGES LANG
problems=0

problem() {
    echo "not ok: $1"
    problems=$((problems + 1))
}

# run FILE LAYER ARGUMENT…: both streams into FILE, the exit code into $code
run() {
    file=$1 layer=$2
    shift 2
    code=0
    "$WITHOUT" "$layer" "$POLDER" --home "$work/home" "$@" >"$work/$file" 2>"$work/$file.err" || code=$?
}

holds() {
    grep -qF -- "$2" "$work/$1" || problem "$1 lacks '$2': $(cat "$work/$1")"
}

exits() {
    [ "$code" = "$1" ] || problem "without $layer: exit code $code, expected $1: $(cat "$work/$file.err")"
}

"$POLDER" init --demo "$work/home" >/dev/null
"$POLDER" --home "$work/home" match --scorecard zeeland --json --no-keep --today 2026-11-24 >"$work/expected"
cp "$work/home/polder.lua" "$work/polder.lua"

for layer in landlock seccomp; do
    cp "$work/polder.lua" "$work/home/polder.lua"
    run refused $layer match --scorecard zeeland
    exits 5
    holds refused.err "'$layer' does not work here (Function not implemented)"
    holds refused.err "allow_without = { \"$layer\" }"
    [ ! -s "$work/refused" ] || problem "without $layer: there is an answer all the same"
    run doctor $layer doctor --json
    exits 7

    echo "return { allow_without = { \"$layer\" } }" >"$work/home/polder.lua"
    run allowed $layer match --scorecard zeeland --json --no-keep --today 2026-11-24
    exits 0
    cmp -s "$work/allowed" "$work/expected" || problem "without $layer, allowed: another answer"
    run doctor $layer doctor
    exits 0
    grep -q "^ *ok  *no_new_privs" "$work/doctor" || problem "doctor does not say that no_new_privs works"
    grep -q "^ *ok  *$layer" "$work/doctor" && problem "doctor says that $layer works"
    grep -q " $layer .*not" "$work/doctor" || problem "doctor does not say that $layer is missing: $(cat "$work/doctor")"
done

# One that is allowed does not allow the other.
echo 'return { allow_without = { "seccomp" } }' >"$work/home/polder.lua"
run other landlock match --scorecard zeeland
exits 5

[ "$problems" = 0 ] && echo "layers: ok"
exit "$problems"
