#!/bin/sh
# includes.sh itself: it accepts a right tree, and each wrong line put into it makes it fail and is named.
set -eu
check=$(cd -- "$(dirname -- "$0")" && pwd)/includes.sh
tree=$(mktemp -d)
trap 'rm -rf -- "$tree"' EXIT
failures=0

# A small tree with nothing wrong in it.
plant() {
    rm -rf -- "$tree/core" "$tree/include"
    mkdir -p "$tree/include/polder"
    echo 'const char *polder_version(void);' >"$tree/include/polder.h"
    echo 'int polder_more(void);' >"$tree/include/polder/more.h"
    for floor in base store vm score worker host engine api cli; do
        mkdir -p "$tree/core/$floor"
        printf '/* polder_comment */\n#include "base/err.h"\n#include <stdio.h>\nconst char *t = "polder_text";\n' >"$tree/core/$floor/a.c"
    done
    printf '#include "vm/vm.h"\n#include <lua.h>\n' >"$tree/core/score/rule_lua.c"
    printf '#include "polder.h"\nconst char *polder_version(void) { return ""; }\n' >"$tree/core/api/polder.c"
    printf '#include "polder.h"\nint main(void) { return !polder_version() + polder_more(); }\n' >"$tree/core/cli/main.c"
    printf '#include <linux/landlock.h>\n#include <seccomp.h>\n' >"$tree/core/worker/sandbox.c"
}

report() {
    failures=$((failures + 1))
    echo "FAILED: $1"
}

# refused FILE LINE EXPECTED: with that line at its end, the check fails and says EXPECTED of it.
refused() {
    plant
    printf '%s\n' "$2" >>"$tree/$1"
    if said=$(sh "$check" "$tree" 2>&1); then
        report "accepted in $1: $2"
    else
        case $said in
            "$1:"*"$3"*) ;;
            *) report "$1: $2: said \"$said\", not \"$3\"" ;;
        esac
    fi
}

plant
sh "$check" "$tree" >/dev/null || report "a right tree is refused"

refused core/base/a.c '#include "store/store.h"' 'base may not include store'
refused core/store/a.c '#include "vm/vm.h"' 'store may not include vm'
refused core/host/a.c '#include "vm/vm.h"' 'host may not include vm'
refused core/host/a.c '  #  include "engine/match.h"' 'host may not include engine'
refused core/score/a.c '#include "store/store.h"' 'score may not include store'
refused core/worker/a.c '#include "host/host.h"' 'worker may not include host'
refused core/api/a.c '#include "cli/command.h"' 'api may not include cli'
refused core/cli/a.c '#include "repl/page.h"' 'is on no floor'
refused core/store/a.c '#include <cJSON.h>' 'cJSON.h belongs in base'
refused core/store/a.c '#include <cjson/cJSON.h>' 'belongs in base'
refused core/host/a.c '#include <sodium/utils.h>' 'belongs in base'
refused core/cli/a.c '#include <sqlite3.h>' 'belongs in store'
refused core/host/a_lua.c '#include <lua.h>' 'belongs in vm'
refused core/score/a.c '#include <lauxlib.h>' 'belongs in vm'
refused core/worker/a.c '#include <uv.h>' 'belongs in host'
refused core/vm/a.c '#include <seccomp.h>' 'belongs in worker'
refused core/host/a.c '#include <linux/landlock.h>' 'belongs in worker'
refused core/engine/a.c '#include "polder.h"' 'polder.h is for api'
refused core/engine/a.c '#include <polder/more.h>' 'more.h is for api'
refused core/base/a.c 'int polder_sum(int a);' 'polder_sum: polder_ names'
refused core/cli/a.c 'static int polder_new_name;' 'polder_new_name: polder_ names'
refused core/base/a.c '/* x */ int polder_sum;' 'polder_sum: polder_ names'

plant
mkdir "$tree/core/attic"
echo 'int x;' >"$tree/core/attic/a.c"
if sh "$check" "$tree" >/dev/null; then report "a folder that is no floor is accepted"; fi

plant
for line in $(seq 101); do echo "int line_$line;"; done >"$tree/core/base/long.h"
if sh "$check" "$tree" >/dev/null; then report "a header of 101 lines is accepted"; fi
sed -i 1d "$tree/core/base/long.h"
sh "$check" "$tree" >/dev/null || report "a header of 100 lines is refused"

[ "$failures" = 0 ] || exit 1
echo "includes.sh refuses what it must"
