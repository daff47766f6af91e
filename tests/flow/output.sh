#!/bin/sh
# Output that can't be written is an error with a message, never silence; nothing of it lands in the store.
. "$(dirname "$0")/lib.sh"

ok init . --demo
for asked in "query solution" "export" "help" "plugin list" "get solution/dijkvoeler --json"; do
  if [ -c /dev/full ]; then
    # shellcheck disable=SC2086 # words of the command
    polder $asked >/dev/full 2>"$err"
    code=$?
    [ "$code" -eq 7 ] || fail "expected exit code 7 on a full device"
    tells "No space left on device"
  fi
  # shellcheck disable=SC2086
  polder $asked >&- 2>"$err"
  code=$?
  [ "$code" -eq 7 ] || fail "expected exit code 7 with a closed output"
  tells "cannot write the output"
done

# A reader that stops: polder ends with it, without a word.
asked="export | true"
{
  polder export 2>"$err"
  echo $? >"$flow/code"
} | true
code=$(cat "$flow/code")
[ "$code" -eq 141 ] || fail "expected the end by SIGPIPE when the reader is gone"
quiet

# A closed standard error or input is no descriptor for the store to get.
polder put organisation/x name=X 2>&- >/dev/null || fail "expected a put to work without stderr"
polder put organisation/x name=Y <&- >/dev/null 2>"$err" || fail "expected a put to work without stdin"
ok audit verify
says "the log is whole"

# Colours and escapes from data never reach the output.
ok put organisation/evil name="$(printf 'a\033[31mb')"
ok get organisation/evil
says 'a\x1b[31mb'
ok query organisation --where 'name contains "31mb"'
says 'a\x1b[31mb'
! grep -q "$(printf '\033')" "$out" || fail "expected no escape in the output"
