#!/bin/sh
# Help, man page and completion know every command; the examples in the help work.
. "$(dirname "$0")/lib.sh"

ok help
fits
commands=$(awk '/^  [a-z]/ { print $1 }' "$out")
[ "$(echo "$commands" | wc -w)" -ge 16 ] || fail "expected every command in the list"
ok help --man
cp "$out" "$flow/man"
ok completion bash
cp "$out" "$flow/bash"
ok completion zsh
cp "$out" "$flow/zsh"
ok completion fish
cp "$out" "$flow/fish"
for command in $commands; do
  ok help "$command"
  says "usage: polder $command"
  says "example:"
  fits
  cp "$out" "$flow/help"
  ok "$command" --help
  cmp -s "$out" "$flow/help" || fail "expected --help to be what help says"
  grep -q "^\.SS polder $command" "$flow/man" || fail "expected $command in the man page"
  for shell in bash zsh fish; do
    grep -q "$command" "$flow/$shell" || fail "expected $command in the completion of $shell"
  done
done
ok --version
says "polder "
ok version --json
says '"version":"'
ok --help
says "usage: polder"
fails_with 2 help gte
tells 'did you mean "get"?'

# What bash makes of it.
if command -v bash >/dev/null; then
  asked="completion in bash"
  bash -c '. "$1"; COMP_WORDS=(polder --home x ma); COMP_CWORD=3; _polder; echo "${COMPREPLY[*]}"
    COMP_WORDS=(polder query x --format j); COMP_CWORD=4; _polder; echo "${COMPREPLY[*]}"
    COMP_WORDS=(polder plugin ch); COMP_CWORD=2; _polder; echo "${COMPREPLY[*]}"
    COMP_WORDS=(polder match --to); COMP_CWORD=2; _polder; echo "${COMPREPLY[*]}"' - "$flow/bash" >"$out" 2>"$err"
  prints "match
json jsonl
check
--top --today"
fi
if command -v zsh >/dev/null; then
  zsh -n "$flow/zsh" 2>"$err" || fail "expected zsh to read its completion"
fi
if command -v fish >/dev/null; then
  fish --no-execute "$flow/fish" 2>"$err" || fail "expected fish to read its completion"
fi
if command -v man >/dev/null; then
  asked="help --man, rendered"
  MANWIDTH=80 man -l --warnings=w "$flow/man" >"$out" 2>"$err" || fail "expected man to render the page"
  quiet
  says "--scorecard NAME"
fi
