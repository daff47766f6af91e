#!/bin/sh
# Reads what the files of core/ include and name, and complains of: an include that points up or aside, a vendor's header outside its
# room, a header too long to be read at once, a polder_ name outside the embedding API. Usage: includes.sh ROOT
set -eu
cd -- "${1:?usage: includes.sh ROOT}"
here=$(mktemp -d)
trap 'rm -rf -- "$here"' EXIT

cat >"$here/check.awk" <<'AWK'
BEGIN {
    # A floor and the floors it may include.
    may["base"] = "base"
    may["store"] = "store base"
    may["vm"] = "vm base"
    may["score"] = "score vm base"
    may["worker"] = "worker score vm base"
    may["host"] = "host store base"
    may["engine"] = "engine host store base"
    may["report"] = "report host store base"
    may["api"] = "api engine host store base"
    may["web"] = "web host store base"
    may["cli"] = "cli web api report engine host store base"
    # A vendor's header and its rooms; "*_lua" stands for files of that name on the floors that link Lua.
    room["cJSON.h"] = room["msgpack.h"] = room["sodium.h"] = room["utf8proc.h"] = room["libstemmer.h"] = "base"
    room["sqlite3.h"] = "store"
    room["lua.h"] = room["lauxlib.h"] = room["lualib.h"] = room["luaconf.h"] = "vm *_lua"
    room["uv.h"] = "host"
    room["microhttpd.h"] = "web"
    room["seccomp.h"] = room["landlock.h"] = "worker"
}

function complain(what) {
    printf "%s:%d: %s\n", FILENAME, FNR, what
    bad = 1
}

function among(word, words) {
    return index(" " words " ", " " word " ") > 0
}

# Where a header called `name` of a vendor may be included: "" when anywhere. <sodium/utils.h> lives where <sodium.h> does.
function room_of(name,    parts, n) {
    n = split(name, parts, "/")
    if (parts[n] in room)
        return room[parts[n]]
    return (parts[1] ".h") in room ? room[parts[1] ".h"] : ""
}

function check_include(line,    name, floor_of_name, rooms) {
    name = line
    sub(/^[ \t]*#[ \t]*include[ \t]*[<"]/, "", name)
    sub(/[>"].*/, "", name)
    rooms = room_of(name)
    if (rooms != "" && !among(floor, rooms) && !(among("*_lua", rooms) && among(floor, "score worker") && FILENAME ~ /_lua\.[ch]$/))
        complain(name " belongs in " rooms ", not in " floor)
    if (name ~ /^polder(\/[a-z]+)?\.h$/ && !among(floor, "api cli"))
        complain(name " is for api and those above, not for " floor)
    if (line !~ /"/ || name !~ /\//)
        return
    floor_of_name = name
    sub(/\/.*/, "", floor_of_name)
    if (!(floor_of_name in may))
        complain("\"" name "\" is on no floor")
    else if (!among(floor_of_name, may[floor]))
        complain(floor " may not include " floor_of_name " (" name ")")
}

# Names in code: comments and texts are taken out first.
function check_names(line,    name, declares) {
    declares = FILENAME ~ /^include\//
    while (match(line, /[A-Za-z0-9_]+/)) {
        name = substr(line, RSTART, RLENGTH)
        line = substr(line, RSTART + RLENGTH)
        if (name !~ /^polder_[a-z0-9_]+$/)
            continue
        if (declares)
            public[name] = 1
        else if (floor != "api" && !(floor == "cli" && name in public))
            complain(name ": polder_ names are those of include/ only")
    }
}

FNR == 1 {
    floor = FILENAME
    sub(/^core\//, "", floor)
    sub(/\/.*/, "", floor)
    commented = 0
    if (FILENAME ~ /^core\// && !(floor in may))
        complain("core/" floor " is no floor: name it in tests/arch/includes.sh")
}

FILENAME ~ /\.h$/ && FNR == (FILENAME ~ /^include\// ? 251 : 101) {
    complain("a header of more than " FNR - 1 " lines")
}

/^[ \t]*#[ \t]*include[ \t]*[<"]/ {
    if (FILENAME ~ /^core\//)
        check_include($0)
    next
}

{
    line = $0
    gsub(/\\./, "", line)
    gsub(/"[^"]*"/, "", line)
    if (commented && !sub(/^.*\*\//, "", line))
        next
    commented = 0
    while (match(line, /\/\*/)) {
        head = substr(line, 1, RSTART - 1)
        line = substr(line, RSTART + 2)
        if (match(line, /\*\//))
            line = head " " substr(line, RSTART + 2)
        else {
            line = head
            commented = 1
            break
        }
    }
    sub(/\/\/.*/, "", line)
    check_names(line)
}

END { exit bad }
AWK

# Public headers first: their names are known to what follows. One awk for all files; there are far fewer than a command line holds.
find include core -name '*.[ch]' -type f -exec awk -f "$here/check.awk" {} +
echo "includes point down, vendors stay in their rooms"
