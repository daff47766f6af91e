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
for kind in agreement assessment attendance call criterion demand gathering indicator interest introduction \
  investment meeting observation organisation person programme region signature solution source submission technology \
  theme; do
  ok query "$kind" --limit 1 --json
  says "\"kind\":\"$kind\""
done

# Which end before the summer of 2027.
ok query agreement --where 'valid_until < "2027-07-01"' --order valid_until --format csv
says "agreement/demo-limburg"
says_not "agreement/demo-zuid-holland"

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
