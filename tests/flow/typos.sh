#!/bin/sh
# Wrong usage: exit code 2, and the nearest thing that is right.
. "$(dirname "$0")/lib.sh"

fails_with 2
tells "usage: polder COMMAND"
fails_with 2 mtach
tells 'did you mean "match"?'
fails_with 2 match --topp 3
tells "unknown option --topp; did you mean --top?"
fails_with 2 match --top
tells "the K is missing"
fails_with 2 match --top 0
tells "from 1 to 10000"
fails_with 2 match --top 3 --top 4
tells "given twice"
fails_with 2 match --today 2026-02-30
tells "is not a date"
fails_with 2 match --json=yes
tells "takes no value"
fails_with 2 get
tells "usage: polder get ID"
fails_with 2 get a/b c/d
tells "one argument too many"
fails_with 2 registry rul
tells "did you mean rule?"
fails_with 2 registry comand
tells "did you mean command?"
fails_with 2 plugin lst
tells "did you mean list?"
fails_with 2 plugin info
tells "the plugin is missing"
fails_with 2 --hom x get a/b
tells "did you mean --home?"

# Where there is no workspace.
fails_with 4 get a/b
tells "polder init"
fails_with 4 get a/b --home none
tells "--home"
fails_with 4 --home none get a/b
POLDER_HOME=$flow/none fails_with 4 get a/b
tells "POLDER_HOME"

# With --json the error is JSON too, also when the options can't be read.
fails_with 4 get a/b --json
tells '{"error":{"code":"not_found","message":"'
fails_with 2 get --jso --json
tells '{"error":{"code":"usage","message":"unknown option --jso'

# The workspace is found from a folder inside it, by --home on either side of the command, by POLDER_HOME.
ok init here
ok put organisation/x name=X --home here
ok --home here get organisation/x
POLDER_HOME=here ok get organisation/x
mkdir here/deep
cd here/deep || exit 1
ok get organisation/x

# What a plugin makes: the nearest of its own, in the words that were typed.
ok registry command
says "network/path"
fails_with 4 network pth
tells 'there is no command "network pth"'
tells 'did you mean "path"?'
fails_with 2 agenda
tells 'did you mean `polder matchmaking agenda`?'
fails_with 2 list
tells 'did you mean `polder indicators list` or `polder network list` or `polder procurement list`?'
fails_with 4 network overview
tells "network has: bridges, isolated"
fails_with 4 report zeeland/zzzzzz
tells "there are: zeeland/haven"
! grep -qF "limburg/" "$err" || fail "expected the reports of zeeland alone"

# A record whose kind was mistyped, or guessed.
fails_with 4 get organistion/x
tells "did you mean organisation/x?"
fails_with 4 get firm/x
tells "did you mean organisation/x?"
