#!/bin/sh
# What would change a rank where a field is a place, a text or a code.
. "$(dirname "$0")/lib.sh"

COLUMNS=160
ok init .
own_plugin local
cat >plugins/local/init.lua <<'LUA'
local polder = require "polder"
polder.rule { name = "near", max = 10, measure = polder.place("solution.place", "demand.place", { full = 0, zero = 100 }) }
polder.rule { name = "alike", max = 10, measure = polder.text("demand.title", "solution.description") }
polder.rule { name = "papers", max = 10,
  measure = polder.overlap("demand.certificates", "solution.certificates", { without = { solution = 0 } }) }
polder.rule { name = "here", gate = polder.member("solution.region", "demand.regions", { prefix = true }) }
polder.rule { name = "civil", on = "solution", max = 10, needs = { solution = { "civil_use" } },
  score = function(solution) return solution.civil_use and 10 or 0 end }
polder.scorecard { name = "near", rules = { near = 1 } }
polder.scorecard { name = "alike", rules = { alike = 1 } }
polder.scorecard { name = "papers", gates = { "here" }, rules = { papers = 1, civil = 1 } }
LUA
# Along one meridian, on which a degree is 111.19 km. Forty others have no place and no region; each word of the demand is in some of their texts.
ok put demand/d title="Sonar en radar tegen drones boven water" 'place={"lon":5,"lat":52}' 'certificates=["ISO 9001","AQAP-2110"]' regions=NL34
ok put solution/a title=A 'place={"lon":5,"lat":52.1}' region=NL341 'certificates=["ISO 9001","AQAP-2110"]' civil_use=ja \
  description="radar en sonar vinden drones"
ok put solution/b title=B 'place={"lon":5,"lat":52.5}' region=NL342 certificates="ISO 9001" description="radar die vogels ziet en telt"
ok put solution/c title=C 'place={"lon":5,"lat":52.8}' region=NL11 description="een camera die schepen ziet"
ok put solution/e title=E region=NL341 'certificates=["ISO 9001","AQAP-2110"]'
n=0
while [ $n -lt 40 ]; do
  set -- sonar water drones tegen boven
  shift $((n % 5))
  printf '{"id":"solution/x%d","title":"X","description":"vervoer en opslag van goederen, ook met %s, deel %d"}\n' $n "$1" $n
  n=$((n + 1))
done >"$flow/others.jsonl"
ok import "$flow/others.jsonl"
ok put demand/g title="Kabels leggen en testen in zee"
ok put solution/p title=P description="wij leggen kabels in zee, ook bij heel slecht weer en hoge golven"
ok put solution/q title=Q description="wij graven sleuven voor kabels, ook bij vorst"

# c stands 88.96 km away and b 55.60: 33.36 km take it there, so in whole kilometres 34.
ok explain --scorecard local/near demand/d solution/c --what-if
says "solution.place 34 km towards demand.place, from 5.0000, 52.8000: rank 3 -> 2 ("
fits
ok explain --scorecard local/near demand/d solution/c --what-if --json
says '"new":{"lon":5,"lat":52.494'
says '"km":34,"towards":"demand.place","rank":2,"rank_was":3'
# Where there is none, all the way.
ok explain --scorecard local/near demand/d solution/e --what-if
says "solution.place at demand.place instead of nothing: rank 4 -> 1 (score 100.0"
LC_ALL=nl_NL.UTF-8
ok explain --scorecard local/near demand/d solution/c --what-if
says "solution.place 34 km naar demand.place, van 5.0000, 52.8000: rang 3 -> 2 ("
LC_ALL=C.UTF-8

# One word, the best of all that gain; stop words are none.
ok explain --scorecard local/alike demand/d solution/c --what-if
says "solution.description also saying 'Sonar': rank 43 -> 3 ("
says "  with texts the rank is about so: how rare a word is counts as it does now"
# One is not enough, two are; in JSON also the whole text.
ok explain --scorecard local/alike demand/g solution/q --what-if
says "solution.description also saying 'leggen', 'zee': rank 2 -> 1 ("
ok explain --scorecard local/alike demand/g solution/q --what-if --json
says '"new":"wij graven sleuven voor kabels, ook bij vorst leggen zee","words":["leggen","zee"],"rank":1,"rank_was":2,'
# Where there is no text, it says just that.
ok explain --scorecard local/alike demand/g solution/e --what-if
says "solution.description saying 'Kabels': rank 46 -> 2 ("
LC_ALL=nl_NL.UTF-8
ok explain --scorecard local/alike demand/g solution/q --what-if
says "solution.description met ook 'leggen', 'zee': rang 2 -> 1 ("
LC_ALL=C.UTF-8
# A text of a megabyte gets few tries, and an answer.
{ printf '{"id":"solution/long","title":"L","description":"'; yes "vervoer en opslag" | head -c 1000000 | tr '\n' ' '; printf '"}\n'; } >"$flow/long.jsonl"
ok import "$flow/long.jsonl"
ok explain --scorecard local/alike demand/g solution/long --what-if --json
says '"changes":['
ok delete solution/long

# A code takes the place of a code, and a gate lets it in; what a list of names lacks is added; a text that is asked for is any text.
ok explain --scorecard local/papers demand/d solution/c --what-if
says "solution.region NL34 instead of NL11: rank none -> 4 ("
says_not "saying"
ok explain --scorecard local/papers demand/d solution/b --what-if
says "solution.certificates also AQAP-2110: rank 3 -> 2 ("
says "solution.civil_use ja instead of nothing: rank 3 -> 2 ("

# What is told is true: with the words written, the rank is that.
ok put solution/q description="wij graven sleuven voor kabels, ook bij vorst leggen zee"
ok match --scorecard local/alike --demand demand/g --json --no-keep
says '"rank":1,"solution":"solution/q"'
