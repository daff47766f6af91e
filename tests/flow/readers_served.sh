#!/bin/sh
# The daemon while another process is in the midst of a change: it answers, also about plugins that changed meanwhile, and goes on with
# what it owes them by itself when the other has finished.
. "$(dirname "$0")/lib.sh"
command -v curl >/dev/null || exit 77

trap 'stop_writer; stop_daemon; rm -rf "$flow"' EXIT

# answers PATH TEXT
answers() {
  asked="(GET $1)"
  code=$(curl -s -o "$out" -w '%{http_code}' "$url$1")
  [ "$code" = 200 ] || fail "expected status 200"
  says "$2"
}

ok init --demo .
serve --listen 127.0.0.1:0

holds
mkdir -p plugins/klerk
cat >plugins/klerk/plugin.json <<'END'
{ "name": "klerk", "version": "1.0.0", "api": 1, "title": "klerk", "capabilities": { "records": { "read": ["demand"] } } }
END
cat >plugins/klerk/init.lua <<'END'
local polder = require "polder"
polder.kind {
  name = "brief", title = { nl = "Brief", en = "Letter" },
  fields = { { name = "title", type = "text", title = { nl = "Titel", en = "Title" } } },
}
polder.on { name = "note", event = "record.created", kind = "demand", handler = function() end }
END
until_says klerk/note curl -s "$url/api/registry"
answers /api/health '"status":"ok"'
answers /api/get/demand/dijk-en-kust-bewaken '"version":1'
answers '/api/get/demand/dijk-en-kust-bewaken?history=1' record.created
answers '/api/query/demand?limit=1' demand/
answers '/api/query/brief' '[]'
answers '/api/search?q=dijk' snippet
answers /api/conflicts agreement/
answers '/api/events?limit=1' '"seq":1'
lets_go

# Nobody has to change anything for that.
until_says '"brief"' polder events --type kinds.changed --json
ok query --sql 'select count(*) as n from brief'
kill -TERM "$daemon"
wait "$daemon" || fail "expected the daemon to end well"
daemon=
