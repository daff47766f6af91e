#!/usr/bin/env bash
# What `cmake --install` makes is a working tree: the program, its plugins, the library for other programs, the man page; also
# after the tree was moved. Usage: run.sh BUILD-FOLDER; $CC and $CFLAGS are those for a program beside the library.
set -euo pipefail

build=$(cd -- "${1:?usage: run.sh BUILD-FOLDER}" && pwd -P)
tests=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
unset POLDER_HOME
failures=0

ok() {
    local what=$1
    shift
    if "$@" >"$work/said" 2>&1; then
        echo "ok: $what"
    else
        echo "FAILED: $what: $*"
        sed 's/^/    /' "$work/said"
        failures=$((failures + 1))
    fi
}

# Prints what the command says; true when it went well and that holds $1.
says() {
    local said
    said=$("${@:2}") || return 1
    echo "$said"
    [[ $said == *"$1"* ]]
}

# Nothing in the tree may name the folder that it was built in or installed to, but for debug information.
names_no_folder() {
    local prefix=$1
    ! grep -rIlF -e "$build" -e "$prefix" -- "$prefix"
}

# The man page has its heading, and a formatter that is there finds nothing wrong with it.
man_page_is_sound() {
    local page=$1 complaints=
    grep -q '^\.TH POLDER 1' "$page" || { echo "no .TH POLDER 1"; return 1; }
    ! command -v man >/dev/null || complaints=$(LC_ALL=C.UTF-8 MANROFFSEQ='' MANWIDTH=80 man --warnings -l "$page" 2>&1 >/dev/null)
    ! command -v mandoc >/dev/null || complaints+=$(mandoc -T lint -W error "$page" 2>&1)
    [ -z "$complaints" ] || { echo "$complaints"; return 1; }
}

# Compiles somebody else's program tests/embed/$2.c against the installed header and library with nothing but pkg-config, and
# runs it with the rest.
embeds() {
    local prefix=$1 name=$2 quoted flags=() packages=(polder)
    [ "$name" != loop ] || packages+=(libuv)
    quoted=$(PKG_CONFIG_PATH="$prefix/lib/pkgconfig${PKG_CONFIG_PATH:+:$PKG_CONFIG_PATH}" pkg-config --cflags --libs "${packages[@]}")
    eval "flags=($quoted)" # pkg-config quotes for the shell: a prefix may hold spaces
    rm -f -- "$work/$name"
    # shellcheck disable=SC2086 # CFLAGS are words
    ${CC:-cc} -std=c11 -D_GNU_SOURCE -Wall -Wextra -Werror ${CFLAGS:-} -o "$work/$name" "$tests/embed/$name.c" "${flags[@]}" &&
        LD_LIBRARY_PATH="$prefix/lib" "$work/$name" "${@:3}"
}

# Each public header can be included first and alone, from C and from C++.
headers_stand_alone() {
    local prefix=$1 header
    while read -r header; do
        echo "#include <$header>" >"$work/one.c"
        ${CC:-cc} -std=c11 -Wall -Wextra -Wpedantic -Werror -I"$prefix/include" -fsyntax-only "$work/one.c" || return 1
        ! command -v c++ >/dev/null || c++ -x c++ -Wall -Wextra -Werror -I"$prefix/include" -fsyntax-only "$work/one.c" || return 1
    done < <(cd -- "$prefix/include" && find . -name '*.h' | cut -c 3-)
}

# Other programs see no name of the library's but those of its header.
exports_only_its_own() {
    local names others
    names=$(nm -D --defined-only "$1" | awk '{print $3}') || return 1
    [[ $names == *polder_open* ]] || { echo "no polder_open"; return 1; }
    others=$(grep -v -e '^polder_' -e '^__\(asan\|ubsan\|odr\|sancov\|start_\|stop_\)' <<<"$names" || true)
    [ -z "$others" ] || { echo "$others"; return 1; }
}

# The whole tree under `prefix`, with a workspace of its own called `name`.
works() {
    local prefix=$1 name=$2 polder=$1/bin/polder home=$work/$2 demand
    cd -- "$work"
    ok "$name: version" says "polder" "$polder" version
    ok "$name: a workspace with the demo" "$polder" init --demo "$home"
    demand=$("$polder" --home "$home" query demand --limit 1 --json | grep -o '"id":"[^"]*"' | head -n 1 | cut -d '"' -f 4 || true)
    ok "$name: bundled plugins are found and load" says '"state":"enabled"' "$polder" --home "$home" plugin list --json
    ok "$name: a match with a province's rules" says '"rank":1' \
        "$polder" --home "$home" match --scorecard zeeland --demand "$demand" --top 3 --json
    ok "$name: each header stands alone" headers_stand_alone "$prefix"
    ok "$name: another program uses the library" embeds "$prefix" embed "$home" zeeland "$demand"
    ok "$name: another program uses it on its own loop" embeds "$prefix" loop "$home" zeeland "$polder"
    ok "$name: the library shows only its own names" exports_only_its_own "$prefix/lib/libpolder.so"
    ok "$name: no folder is built in" names_no_folder "$prefix"
}

prefix="$work/first prefix"
ok "cmake --install" cmake --install "$build" --prefix "$prefix"
for file in bin/polder libexec/polder/polder-worker include/polder.h include/polder/records.h lib/libpolder.so lib/pkgconfig/polder.pc \
    share/man/man1/polder.1 share/polder/types/polder.lua share/polder/plugins/partnership/plugin.json \
    share/bash-completion/completions/polder share/zsh/site-functions/_polder \
    share/fish/vendor_completions.d/polder.fish share/doc/polder/copyright; do
    ok "$file is installed" test -s "$prefix/$file"
done
ok "the man page is sound" man_page_is_sound "$prefix/share/man/man1/polder.1"
ok "bash reads the completion" bash -n "$prefix/share/bash-completion/completions/polder"
works "$prefix" installed

mv -- "$prefix" "$work/second"
works "$work/second" moved

[ "$failures" = 0 ] || { echo "$failures failed"; exit 1; }
