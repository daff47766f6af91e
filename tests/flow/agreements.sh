#!/bin/sh
# Agreements and signatories: who signed what, in which role, on whose behalf; what the kinds of the partnership refuse.
. "$(dirname "$0")/lib.sh"

ok init . --demo

# Who signed for Noord-Holland in February 2026, and where that is known from.
ok query signature --where 'agreement == "agreement/noord-holland"' --format csv
says "person/esther-rommel,gedeputeerde,organisation/province-noord-holland,2026-02-23"
says "person/janet-nieboer,algemeen directeur (CEO),organisation/rom-inwest,2026-02-23"
ok get signature/noord-holland-rom --claims --json
says "alinea 2, verwijst naar [1]"

# The national partnership builds on three earlier agreements.
ok get agreement/defence-innovation-partnership --json
says '"predecessor":["agreement/zuid-holland","agreement/limburg","agreement/noord-brabant"]'
says '"type":"partnership"'

# All seven regions have an agreement, and something of each kind is there to look at.
for region in noord-holland zeeland oost-nederland midden-nederland zuid-holland limburg noord-brabant; do
  ok get "agreement/$region" --json
  says "\"regions\":[\"region/$region\"]"
  ok get "agreement/demo-$region" --json
  says '"fictitious":true'
done
for kind in agreement allotment assessment attendance call criterion demand gathering indicator interest introduction \
  investment meeting observation organisation person programme region signature solution source submission technology \
  theme; do
  ok query "$kind" --limit 1 --json
  says "\"kind\":\"$kind\""
done

# Which end before the summer of 2027.
ok query agreement --where 'valid_until < "2027-07-01"' --order valid_until --format csv
says "agreement/demo-limburg"
says_not "agreement/demo-zuid-holland"

# Agreements that expire, by the day that is asked: how many days are left, and of what has no end date only how many.
ok indicators expiring days=60 --today 2026-11-24 --lang nl
says "Afgelopen, of loopt af binnen 60 dagen: 2. Zonder einddatum: 8."
says "Tot en met                Loopt af  Overeenkomst en partijen"
says "31 oktober 2026   24 dagen geleden  Proeftuin slimme materialen Limburg"
says "31 december 2026      nog 37 dagen  Proeftuin drones en veilige data"
fits
ok indicators expiring days=60 --today 2026-11-24 --lang en
says "Ended, or ends within 60 days: 2. Without an end date: 8."
says "31 December 2026   in 37 days  Proeftuin drones en veilige data"
says_not "dagen"
ok indicators expiring days=60 --today 2026-12-31 --json
says '"days":0'
says '"open_ended":8'
ok indicators expiring days=365 region=zeeland --today 2026-11-24 --json
says '"id":"agreement/demo-zeeland"'
says_not "noord-holland"
fails_with 4 indicators expiring region=nergens
tells "region/nergens is not there"
fails_with 2 indicators expiring days=-1

# What came after it is named; what was ended on purpose does not expire any more.
ok put agreement/opvolger title="Opvolger (fictief)" date=2026-12-01 predecessor='["agreement/demo-noord-holland"]' fictitious=true
ok indicators expiring days=60 --today 2026-11-24 --json
says '"successor":"agreement/opvolger"'
ok indicators expiring days=60 --today 2026-11-24 --lang nl
says "Noord-Holland (fictief), opgevolgd door"
ok put agreement/demo-limburg status=ended
ok indicators expiring days=60 --today 2026-11-24 --json
says_not "demo-limburg"

# A new one: what its kind doesn't know or can't be is refused, with the reason.
ok put agreement/proef title="Proef" type=letter_of_intent date=2026-11-01 valid_until=2027-11-01 regions=region/zeeland
fails_with 5 put agreement/proef valid_until=2026-10-01
tells "is geldig tot vóór de ondertekening"
fails_with 3 put signature/proef agreement=agreement/proef
tells "on_behalf_of"
ok put signature/proef agreement=agreement/proef on_behalf_of=organisation/ministry-of-defence role=directeur

# Codes are held against the form that their register gives them.
fails_with 5 put organisation/proef name=Proef register_number=1234567
tells "een KvK-nummer heeft 8 cijfers"
ok put organisation/proef name=Proef register_number=12345678 size=small type=start_up
fails_with 5 put organisation/proef regions=Zeeland
tells "geen NUTS-code"
fails_with 5 put technology/proef title=Proef cpv=356
tells "geen CPV-code"
fails_with 5 put technology/uncrewed_systems parent=technology/drones
tells "een deel van zichzelf"
fails_with 5 put observation/proef indicator=indicator/inhabitants period=gisteren value=1
tells "geen periode"
