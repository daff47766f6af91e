#!/bin/sh
# The daemon beside commands: it reads for others over HTTP, runs handlers as soon as a command wrote, signs where the log ends, and
# leaves nothing behind. Waiting is for something to happen, never for a time.
. "$(dirname "$0")/lib.sh"
command -v curl >/dev/null || exit 77

trap 'stop_daemon; rm -rf "$flow"' EXIT

# ended: by SIGTERM, with exit code 0.
ended() {
  kill -TERM "$daemon"
  wait "$daemon"
  code=$?
  daemon=
  [ "$code" -eq 0 ] || {
    cp serve.err "$err"
    fail "expected the daemon to end well"
  }
}

# answers PATH STATUS: its body is in $out.
answers() {
  asked="(GET $1)"
  code=$(curl -s -o "$out" -w '%{http_code}' "$url$1")
  [ "$code" = "$2" ] || fail "expected status $2"
}

# same PATH COMMAND…: the body is what the command prints as JSON.
same() {
  answers "$1" 200
  cp "$out" body
  shift
  ok "$@" --json
  cmp -s body "$out" || {
    cat body >"$err"
    fail "expected what HTTP gave"
  }
}

ok init --demo .
mkdir -p plugins/klerk
cat >plugins/klerk/plugin.json <<'EOT'
{ "name": "klerk", "version": "1.0.0", "api": 1, "title": "klerk",
  "capabilities": { "records": { "read": ["demand"], "write": ["theme"] } } }
EOT
cat >plugins/klerk/init.lua <<'EOT'
local polder = require "polder"
polder.on {
  name = "note", event = "record.created", kind = "demand",
  handler = function(event)
    polder.put("theme/" .. event.subject:match("/(.+)"), { title = "Gezien" })
  end,
}
EOT
ok events run

fails_with 5 serve --listen 0.0.0.0:0
tells "can be reached from other machines"
fails_with 2 serve --listen nergens
tells "is no address"
fails_with 2 serve --listen example.org:80

serve --listen 127.0.0.1:0
[ -n "$url" ] || fail "expected an address in: $started_line"
fails_with 7 serve --listen 127.0.0.1:0
tells "is served already, by process $daemon ("
tells "polder serve --json"

# What it says is what the commands say.
agreement=agreement/defence-innovation-partnership
same "/api/get/$agreement" get "$agreement"
same "/api/get/$agreement?claims=1" get "$agreement" --claims
same "/api/get/$agreement?history=1" get "$agreement" --history
same "/api/get/$agreement?as_of=400" get "$agreement" --as-of 400
same "/api/get/$agreement?as_of=400&claims=1" get "$agreement" --as-of 400 --claims
same "/api/query/solution?as_of=450&limit=4" query solution --as-of 450 --limit 4
answers "/api/get/$agreement?as_of=once" 400
says "as_of: "
same "/api/query/solution?order=-trl&limit=3&where=trl%20%3E%3D%207" query solution --where 'trl >= 7' --order -trl --limit 3
same "/api/search?q=onbemande&limit=5" search onbemande --limit 5
run search onbemande --limit 2
token=$(sed -n 's/.*--after //p' "$err")
same "/api/search?q=onbemande&limit=2&after=$token" search onbemande --limit 2 --after "$token"
same "/api/conflicts" conflicts
same "/api/conflicts?id=$agreement" conflicts "$agreement"
same "/api/events?since=3&limit=2&type=record.*" events --since 3 --limit 2 --type 'record.*'
same "/api/registry?type=handler" registry handler

# Pages.
after=$(curl -s -D - -o /dev/null "$url/api/query/solution?limit=2" | sed -n 's/^Polder-After: *\([^[:space:]]*\).*/\1/p')
same "/api/query/solution?limit=2&after=$after" query solution --limit 2 --after "$after"

# Errors are those of the contract.
answers /api/get/solution/nope 404
says '{"error":{"code":"not_found","message":"there is no record solution/nope"'
answers /api/get/nope 400
answers /api/nope 404
says '/api/health'
answers "/api/query/solution?limti=3" 400
says 'did you mean \"limit\"?'
answers "/api/query/solution?limit=x" 400
answers "/api/query/solution?where=trl%20%3E" 400
answers /api/query/nope 404
answers '/api/query/solution?as_of=2020-01-01' 404
answers / 404
[ "$(curl -s -o "$out" -w '%{http_code}' -H 'Host: evil.example' "$url/api/health")" = 403 ] || fail "expected 403 for another's name"
[ "$(curl -s -o "$out" -w '%{http_code}' -X POST -d '{}' "$url/api/get/$agreement")" = 405 ] || fail "expected 405 for a POST"
[ "$(curl -s -I -o "$out" -w '%{http_code}' "$url/api/health")" = 200 ] || fail "expected HEAD to work"

# A command writes, and leaves handlers to others; the daemon is there at once, and tells who listens.
mkfifo live
curl -sN "$url/api/events/live?type=record.*" >live &
reader=$!
exec 4<live
read -r line <&4
[ "$line" = ": polder" ] || fail "expected the stream to begin"
ok put demand/watch title=Wacht --no-handlers
while read -r line <&4; do
  case $line in
    *'"subject":"theme/watch"'*) break ;;
    *'"type":"record.'* | id:* | '' | ':') ;;
    *) fail "not expected in the stream: $line" ;;
  esac
done
kill "$reader"
exec 4<&-
until_says Gezien polder get theme/watch
until_says '"failures":0' curl -s "$url/api/health"

# A plugin that changes is loaded again.
sed -i 's/Gezien/Anders/; s/name = "note"/name = "note2"/' plugins/klerk/init.lua
until_says klerk/note2 curl -s "$url/api/registry"
ok put demand/again title=Weer --no-handlers
until_says Anders polder get theme/again

# The end of the log is signed, by a key that comes while it runs.
ok audit key
public=$(sed -n 's/.*"public_key":"\([0-9a-f]*\)".*/\1/p' audit.key)
echo 'return { audit = { sign_every = "1h", keep = "heads.jsonl" } }' >polder.lua
heads() { curl -s -o /dev/null "$url/api/health" && cat heads.jsonl; }
until_says '"signature"' heads
lines 1
ok audit verify --head heads.jsonl --public-key "$public"

# Clients that listen when it ends are let go, and it doesn't wait for them.
curl -sN "$url/api/events/live" >live &
one=$!
exec 4<live
read -r line <&4
curl -sN "$url/api/events/live?type=nothing.*" >other.txt &
other=$!
listening() { curl -s -o /dev/null "$url/api/health" && cat other.txt; }
until_says ': polder' listening
ended
wait "$one" || fail "expected the stream to end well"
wait "$other" || fail "expected the other stream to end well"
exec 4<&-
[ ! -s serve.err ] || grep -q 'loading them again' serve.err || fail "expected only that plugins were loaded again"

# Killed, it leaves nothing that is in the way; and a socket is for its owner alone.
serve --listen unix:polder.sock
kill -9 "$daemon"
wait "$daemon" 2>/dev/null
serve --listen unix:polder.sock
[ "$(stat -c %a polder.sock)" = 600 ] || fail "expected a socket for its owner alone"
until_says '"status":"ok"' curl -s --unix-socket polder.sock http://any.example/api/health
ended
[ ! -e polder.sock ] || fail "expected the socket to be gone"

# Without HTTP there is still work to do.
serve --listen none
ok put demand/third title=Drie --no-handlers
until_says Anders polder get theme/third
ended

# A handler that takes long keeps nobody waiting: not the others, not commands, not the daemon's end. It has its time with the next one.
mkdir plugins/traag
cat >plugins/traag/plugin.json <<'EOT'
{ "name": "traag", "version": "1.0.0", "api": 1, "title": "traag",
  "capabilities": { "records": { "read": ["demand", "theme"], "write": ["theme"] }, "call_ms": 600000 } }
EOT
cat >plugins/traag/init.lua <<'EOT'
local polder = require "polder"
polder.on {
  name = "waits", event = "record.created", kind = "demand",
  handler = function(event)
    repeat for _ = 1, 1e6 do end until polder.get("theme/go")
    polder.put("theme/after", { title = event.data.fields.title })
  end,
}
EOT
serve --listen none
ok put demand/fourth title=Vier
quiet
until_says Anders polder get theme/fourth
ok put demand/fifth title=Vijf --no-handlers
until_says Anders polder get theme/fifth
ok events waiting --json
says '"handler":"traag/waits","plugin":"traag"'
says '"waiting":2'
ended
serve --listen none
ok put theme/go title=Nu --no-handlers
until_says Vijf polder get theme/after
ended

echo 'return { audit = { sign_every = "soon" } }' >polder.lua
fails_with 3 registry
tells 'sign_every is no time such as "30m"'
ok audit verify

# The files beside the store are gone, as a careless clean-up does: two who don't share them would damage it, so nothing is
# answered or written until the daemon starts anew.
printf 'return {}\n' >polder.lua
serve --listen 127.0.0.1:0
answers /api/get/theme/third 200
mv polder.db-shm away.db-shm
answers /api/get/theme/third 503
says "was removed, replaced or moved while the store was open"
ok put demand/fourth title=Vier --no-handlers
kill -9 "$daemon"
wait "$daemon" 2>/dev/null
ok audit verify
serve --listen 127.0.0.1:0
answers /api/get/demand/fourth 200
ended
