# shellcheck shell=sh
# lib.sh: what the flows share: they drive the real binary ($POLDER) as a user does, each in a folder of its own, and look at what
# a user sees: standard output ($out), standard error ($err), exit code. Sourced, never run.
set -u
: "${POLDER:?the path of the polder binary}"
case $POLDER in /*) ;; *) POLDER=$PWD/$POLDER ;; esac

unset POLDER_HOME
export COLUMNS=80 LC_ALL=C.UTF-8 NO_COLOR=1
flow=$(mktemp -d "${TMPDIR:-/tmp}/polder-flow-XXXXXX") || exit 1
trap 'rm -rf "$flow"' EXIT
mkdir "$flow/home"
cd "$flow/home" || exit 1
out=$flow/out
err=$flow/err

fail() {
  printf 'FAILED: %s\n  command: polder %s\n  exit code: %s\n  stdout:\n' "$1" "${asked:-}" "${code:-}" >&2
  sed 's/^/    /' "$out" >&2
  printf '  stderr:\n' >&2
  sed 's/^/    /' "$err" >&2
  exit 1
}

polder() { "$POLDER" "$@"; }

run() {
  asked=$*
  polder "$@" >"$out" 2>"$err"
  code=$?
}

# The command must succeed.
ok() {
  run "$@"
  [ "$code" -eq 0 ] || fail "expected exit code 0"
}

# fails_with CODE ARGUMENTS…: must end with this exit code and say something.
fails_with() {
  expected=$1
  shift
  run "$@"
  [ "$code" -eq "$expected" ] || fail "expected exit code $expected"
  [ -s "$err" ] || fail "expected a message on stderr"
}

# The last command's standard output, or error, has this text; or has it not.
says() { grep -qF -- "$1" "$out" || fail "expected on stdout: $1"; }
says_not() { ! grep -qF -- "$1" "$out" || fail "not expected on stdout: $1"; }
tells() { grep -qF -- "$1" "$err" || fail "expected on stderr: $1"; }
quiet() { [ ! -s "$err" ] || fail "expected nothing on stderr"; }
prints() { [ "$(cat "$out")" = "$1" ] || fail "expected on stdout exactly: $1"; }
lines() { [ "$(wc -l <"$out")" -eq "$1" ] || fail "expected $1 lines on stdout"; }

# own_plugin NAME: the folder of a plugin that stands on partnership, as yet without its init.lua.
own_plugin() {
  mkdir "plugins/$1"
  printf '{"name":"%s","version":"1.0.0","api":1,"requires":{"partnership":">=1.0"}}\n' "$1" >"plugins/$1/plugin.json"
}

# No line is wider than the terminal, but a command to copy.
fits() {
  [ "$(grep -vE '^(why:| *polder) ' "$out" | wc -L)" -le "$COLUMNS" ] || fail "expected lines of at most $COLUMNS columns"
}

# Another process that is in the midst of a change; who makes one has `stop_writer` in its trap.
writer=
stop_writer() { [ -z "$writer" ] || kill -9 "$writer" 2>/dev/null; }

# holds: another process takes the lock to write, and keeps it until `lets_go`: an import that is all or nothing, and waits for rows. It
# tells of the bad one when it is inside; the others are there because it reads many bytes at a time.
holds() {
  mkfifo rows told
  "$POLDER" import - --kind theme --format jsonl --atomic --no-handlers <rows >/dev/null 2>told &
  writer=$!
  exec 5>rows 6<told
  { echo '{"id":"geen id"}' && seq -f '{"id":"traag-%g","title":"Traag, en met een lange naam"}' 3000; } >&5
  read -r said <&6 || fail "expected a process that writes"
  case $said in *'geen id'*) ;; *) fail "expected a bad row: $said" ;; esac
}

lets_go() {
  exec 5>&- 6<&-
  wait "$writer"
  writer=
  rm rows told
}

# A daemon; who starts one has `stop_daemon` in its trap.
daemon=
stop_daemon() { [ -z "$daemon" ] || kill -9 "$daemon" 2>/dev/null; }

# serve ARGUMENTS…: starts it, and waits until it says where it listens ($url).
serve() {
  [ -p started ] || mkfifo started
  "$POLDER" serve --json "$@" >started 2>serve.err &
  daemon=$!
  asked="serve $*"
  read -r started_line <started || {
    cp serve.err "$err"
    fail "expected the daemon to start"
  }
  url=$(printf '%s' "$started_line" | grep -o 'http://[0-9.]*:[0-9]*' || :)
}

# until_says TEXT COMMAND…: the command is run until it says so.
until_says() {
  text=$1
  shift
  for _ in $(seq 2000); do
    "$@" >"$out" 2>"$err" && grep -qF -- "$text" "$out" && return
  done
  asked=$*
  code=-
  fail "expected, sooner or later: $text"
}
