#!/bin/sh
# Indicators over time with their sources, investments against budgets, agreements that expire; what is not known stays empty.
. "$(dirname "$0")/lib.sh"

ok init . --demo
ok plugin test indicators
ok plugin check indicators

ok indicators list
says "indicator/demo-banen"

# A series: values, growth, share, per 100,000 inhabitants, and where each comes from.
ok indicators series demo-banen last=1
says "Zeeland: gemiddeld"
says "(2024)"
says "source/demo-monitor"
cp "$out" "$flow/before"

# One more observation is in it at once; its growth is against the year before.
ok put source/monitor title="Monitor (fictief)" reliability=B fictitious=true
ok put indicator/startups title="Start-ups (fictief)" unit=aantal fictitious=true
ok put observation/startups-2024 indicator=indicator/startups region=region/zeeland period=2024 value=40 source=source/monitor fictitious=true
ok put observation/startups-2025 indicator=indicator/startups region=region/zeeland period=2025 value=50 source=source/monitor fictitious=true
ok indicators series startups --json
says '"growth":0.25'
says '"source":"source/monitor"'
says '"share":1'

# Another region without a value for a year: no share, for the whole is not known. Nothing is filled in.
ok put observation/startups-limburg indicator=indicator/startups region=region/limburg period=2024 value=60 source=source/monitor fictitious=true
ok indicators series startups region=zeeland
says "40,0 %"
[ "$(grep -c ' %' "$out")" -eq 3 ] || fail "expected no share for 2025"
ok put observation/startups-dubbel indicator=indicator/startups region=region/zeeland period=2025 value=51 source=source/monitor fictitious=true
ok indicators series startups
says "let op: observation/startups-dubbel telt niet mee, want observation/startups-2025 is er ook"
fails_with 5 put observation/scheef indicator=indicator/startups region=region/zeeland period=vorigjaar value=1
tells "is geen periode"

# Investments: a proposal uses nothing of a budget, what is committed does; too much is told.
ok put programme/klein title="Klein programma (fictief)" budget="EUR 1000" fictitious=true
ok put investment/een title=Een programme=programme/klein region=region/zeeland amount="EUR 900" status=proposed themes=safety date=2026-01-01 fictitious=true
ok indicators investments --json
says '"key":"programme/klein","left":"€ 1.000"'
ok put investment/een status=committed
ok put investment/twee title=Twee programme=programme/klein region=region/zeeland amount="EUR 200" status=paid themes=safety date=2026-02-01 fictitious=true
ok indicators investments
says "110,0 %"
ok indicators investments --json
says '"remark":"boven het budget"'
ok indicators investments by=theme
says "safety"
ok indicators investments by=region region=zeeland year=2026
says "Zeeland"

# Agreements that expire, by the day that is asked; and what came after.
ok indicators expiring days=60 --today 2026-11-24
says "31 december 2026"
says "nog 37 dagen"
says "zonder einddatum"
ok put agreement/opvolger title="Opvolger (fictief)" date=2026-12-01 predecessor='["agreement/demo-noord-holland"]' fictitious=true
ok indicators expiring days=60 --today 2026-11-24
says "opgevolgd door"

fails_with 4 indicators series nergens
fails_with 2 indicators series demo-banen period=week
tells "expected one of year, quarter, month"

# All of this only read: no command left an event.
ok events --type command.ran --json
prints "[]"
