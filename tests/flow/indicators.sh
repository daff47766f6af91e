#!/bin/sh
# Indicators over time: each value with its source, and only what its unit allows: growth, share of the whole, per inhabitant.
# What is not known stays empty, and what is not computed is told with the reason.
. "$(dirname "$0")/lib.sh"

ok init . --demo
ok plugin test indicators
ok plugin check indicators

# Which indicators there are, and what their units count. All commands speak Dutch or English, and fit a terminal.
ok indicators list --lang nl
says "demo-doorlooptijd  dagen     verhouding       28  2022–2025  Dagen van vraag tot"
fits
ok indicators list --lang en
says "demo-doorlooptijd  days         ratio       28  2022–2025  Days from demand to"
says_not "Eenheid"
fits

# A count: growth from the year before, share of all regions, and per 100,000 inhabitants of the region. Of 2025 no
# inhabitants are known, so the nearest year is taken, and named. [1] is where the values come from.
ok indicators series demo-banen region=zeeland last=2 --lang nl
says "De cijfers zijn verzonnen."
says "Gemiddelde groei per jaar, 2022–2025: Zeeland +5,2%."
says "Aandeel: van de 7 regio's samen."
says "[1] Monitor van het partnerschap (fictief): 2 waarden (source/demo-monitor)"
says "Regio    Periode  Waarde  Groei  Aandeel   Per 100.000  Bron"
says "Zeeland  2024        421  +1,0%    13,9%         107,5  [1]"
says "Zeeland  2025        454  +7,8%    14,3%  115,9 (2024)  [1]"
fits
ok indicators series demo-banen last=1 --json
says '"inhabitants":"observation/inhabitants-zeeland-2024"'
says '"per_100000":115.9245'
says '"source":"source/demo-monitor"'

# An amount: money as the language has it, with cents where there are any.
ok indicators series demo-omzet region=zeeland last=2 --lang nl
says "Zeeland  2024     € 1.410.000,50  +12,8%    18,3%         € 360.030  [1]"
ok indicators series demo-omzet region=zeeland last=2 --lang en
says "Zeeland  2024    €1,410,000.50  +12.8%  18.3%         €360,030  [1]"
says "Per 100,000: per 100,000 inhabitants of the same region and year"

# A percentage has no growth in per cent, no share of the whole and no number per inhabitant.
ok indicators series demo-tweezijdig region=zeeland last=1 --lang nl
says "Geen groei in procenten: een aandeel is zelf een deel van iets. Het verschil"
says "Geen aandeel in het geheel en geen getal per inwoner: aandelen tellen niet op"
says "Regio    Periode  Waarde  Verschil  Bron"
says "Zeeland  2025      44,5%      +3,5  [1]"
ok indicators series demo-tweezijdig --json
says '"quantity":"share"'
says '"refused":["No growth in per cent: a share is itself a part of something.'
says_not '"growth"'
says_not '"per_100000"'

# Nor has an index. A median of days may grow, but not be added up over regions.
ok indicators series demo-vertrouwen last=1 --lang en
says "No growth in per cent: an index is itself a ratio to a base."
says "index numbers don't add up"
ok indicators series demo-doorlooptijd last=1 --lang en
says "means, medians and ratios"
says "Zeeland           2025      240   -7.0%  [1]"

# What an unknown unit counts is for whoever keeps the indicator to say.
ok put indicator/kisten title="Kisten (fictief)" unit=kisten fictitious=true
ok put observation/kisten-zeeland indicator=indicator/kisten region=region/zeeland period=2025 value=40 fictitious=true
ok put observation/kisten-limburg indicator=indicator/kisten region=region/limburg period=2025 value=60 fictitious=true
ok indicators series kisten --lang nl
says "Zeg het zo: polder put indicator/kisten quantity=count"
ok put indicator/kisten quantity=count
ok indicators series kisten --json
says '"share":0.4'
fails_with 3 put indicator/kisten quantity=veel
tells "count"

# What is not observed is not made up: without a value for each region the whole is not known, and nothing stands there.
ok put observation/kisten-zeeland-2024 indicator=indicator/kisten region=region/zeeland period=2024 value=0 fictitious=true
ok indicators series kisten region=zeeland --lang nl
says "Geen aandeel (1 keer): niet elke regio heeft een waarde voor die periode."
says "Geen groei (1 keer): de eerdere waarde is niet bekend."
says "Geen groei (1 keer): de eerdere waarde is niet hoger dan 0."
ok put region/overal name="Overal (fictief)" nuts='["NL"]'
ok put observation/kisten-overal indicator=indicator/kisten region=region/overal period=2025 value=100 fictitious=true
ok indicators series kisten region=zeeland region=overal --lang nl
says "Geen aandeel (3 keer): de regio's overlappen elkaar."
says "Geen getal per inwoner (1 keer): van die regio zijn geen inwoners bekend."
ok indicators series inhabitants --lang nl
says "Geen getal per inwoner (7 keer): dit zijn de inwoners zelf."

# Of two values for one place and time one counts; one in another unit does not count. Both are told.
ok put observation/kisten-zeeland-dubbel indicator=indicator/kisten region=region/zeeland period=2025 value=41 fictitious=true
ok put observation/kisten-limburg-2024 indicator=indicator/kisten region=region/limburg period=2024 value=3 unit=pallets fictitious=true
ok indicators series kisten --lang nl
says "Let op: observation/kisten-zeeland-dubbel telt niet mee, want"
says "Let op: observation/kisten-limburg-2024 telt niet mee, want de eenheid is"

# Quarters grow from the same quarter of the year before.
ok put observation/kisten-q1 indicator=indicator/kisten region=region/zeeland period=2024-Q3 value=10 fictitious=true
ok put observation/kisten-q2 indicator=indicator/kisten region=region/zeeland period=2025-Q3 value=15 fictitious=true
ok indicators series kisten period=quarter --json
says '"growth":0.5'

# The indicator sheet says the same, with a picture, and every source.
ok report indicator indicator=demo-banen
says "# Banen bij deelnemende bedrijven (fictief)"
says "| Zeeland | 454 | 16,4% | 14,3% | 115,9 | 2024 |"
says "| **Samen** | **3.175** |"
says "Het aandeel is dat van de regio's samen."
says "2. Gebieden in Nederland 2024, Centraal Bureau voor de Statistiek"
ok report indicator indicator=demo-tweezijdig --lang en
says "| Zeeland | 44.5% | 6.0 |"
says "## What is not there, and why"
says_not "Samen"
says_not "Per 100"
ok report indicator indicator=kisten
says "- Let op: observation/kisten-zeeland-dubbel telt niet mee"
fails_with 3 report indicator indicator=nergens
tells "indicator/nergens"

# What is asked wrongly is told, with what is right.
fails_with 4 indicators series nergens --lang nl
tells "indicator/nergens is er niet: \`polder query indicator\` geeft ze"
fails_with 4 indicators series demo-banen region=nergens
tells "region/nergens is not there"
fails_with 4 indicators series demo-banen period=month
tells "nothing is observed"
fails_with 2 indicators series demo-banen period=week
tells "expected one of year, quarter, month"
fails_with 5 put observation/scheef indicator=indicator/kisten region=region/zeeland period=vorigjaar value=1
tells "is geen periode"

# Help has an example that works; a shell completes commands and arguments.
ok indicators series --help
says "polder indicators series demo-banen last=2"
fits
ok completion words indicators
says "series"
says "investments"
ok completion words indicators series
says "period=quarter"

# All of this only read: no command left an event.
ok events --type command.ran --json
prints "[]"
