#!/bin/sh
# A disk that is full: nothing that was kept is lost, what comes is refused with the reason, and with room again all goes on.
. "$(dirname "$0")/lib.sh"

# A disk of its own: mounted in a namespace of this flow, where that is allowed.
if [ -z "${FULL_DISK:-}" ]; then
  self=$(cd "$(dirname "$0")" && pwd)/full.sh
  unshare --mount --map-root-user true 2>/dev/null || exit 77
  cd / || exit 1
  FULL_DISK=1 exec unshare --mount --map-root-user sh "$self"
fi
trap 'cd /; umount "$flow/disk"; rm -rf "$flow"' EXIT
mkdir "$flow/disk"
mount -t tmpfs -o size=16m tmpfs "$flow/disk" 2>/dev/null || exit 77
cd "$flow/disk" || exit 1
ok init .
ok put solution/delta title=Delta trl=5
seq -f '{"id":"solution/lang-%g","title":"Lang, en nog veel langer dan dat"}' 4000 >many.jsonl

# fill KILOBYTES: so much is left.
fill() {
  rm -f rest
  room=$(df -k --output=avail . | tail -n 1)
  head -c "$(((room - $1) * 1024))" /dev/zero >rest
}

fill 0
for asked_for in "get solution/delta" "put solution/eb title=Eb" "import many.jsonl" "audit verify"; do
  # shellcheck disable=SC2086 # words of a command
  fails_with 7 $asked_for
  tells "the disk is full"
  tells "make room"
done
fill 200
fails_with 7 import many.jsonl --atomic
tells "the disk is full; nothing of this change was kept"
ok get solution/delta
fill 40
fails_with 7 put solution/eb title=Eb
tells "the disk is full"
fill 400
fails_with 1 forget solution/delta --why 'asked by letter'
tells "traces may be left in the file"
ok audit verify
rm rest
ok audit verify
ok forget solution/delta --why 'asked by letter'
ok import many.jsonl
ok audit verify
