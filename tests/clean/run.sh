#!/usr/bin/env bash
# A fresh Debian 12 with nothing on it: clone, `./bootstrap demo`, `./bootstrap test`, as root and as a user with sudo. Run by
# hand, as root: it needs debootstrap, the network and 15 to 30 minutes. Arguments: what to run in place of "demo test", such
# as "deps" or "demo test quick" in quotes each.
set -euo pipefail

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
repo=$(cd -- "$here/../.." && pwd -P)
suite=${SUITE:-bookworm}
mirror=${MIRROR:-http://deb.debian.org/debian}

say() { printf '== %s\n' "$*"; }

# Everything below runs in a mount and process namespace of its own: what it mounts and starts ends with it.
if [ "${1:-}" != --inside ]; then
    [ "$(id -u)" = 0 ] || { echo "tests/clean: run it as root" >&2; exit 2; }
    command -v debootstrap >/dev/null || { echo "tests/clean: apt-get install debootstrap" >&2; exit 2; }
    work=$(mktemp -d "${TMPDIR:-/var/tmp}/polder-clean.XXXXXX")
    trap 'rm -rf --one-file-system -- "$work"' EXIT
    trap 'exit 130' INT TERM
    unshare --mount --pid --fork --kill-child --propagation private "$0" --inside "$work" "$@"
    exit
fi

work=$2
shift 2
[ $# -gt 0 ] || set -- demo test

# What this machine needs to reach its package archive, the new one needs too.
network_of_this_machine() {
    cp -L /etc/resolv.conf "$1/etc/resolv.conf"
    echo "127.0.0.1 localhost $(hostname)" >"$1/etc/hosts"
    cp -a /etc/apt/apt.conf.d/. "$1/etc/apt/apt.conf.d/"
    rm -f -- "$1/etc/apt/sources.list"
    [ ! -e /etc/apt/sources.list ] || cp -L /etc/apt/sources.list "$1/etc/apt/sources.list"
    find /etc/apt/sources.list.d -maxdepth 1 \( -name 'debian*.list' -o -name 'debian*.sources' \) \
        -exec cp -L {} "$1/etc/apt/sources.list.d/" \;
}

# A copy of the fresh system, with the repository at /src to clone from.
fresh_system() {
    local system=$work/$1
    cp -a -- "$work/fresh" "$system"
    mount -t proc proc "$system/proc"
    mount --rbind /dev "$system/dev"
    mount --make-rslave "$system/dev"
    mkdir "$system/src"
    mount --bind -o ro "$repo" "$system/src"
}

inside() {
    local system=$work/$1
    shift
    env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 TERM="${TERM:-dumb}" chroot "$system" "$@"
}

# try SYSTEM WHO COMMAND…: the clone, then each bootstrap command, with the time that it took.
try() {
    local system=$1 who=$2 as=() began command
    shift 2
    [ "$who" = root ] || as=(runuser -u "$who" --)
    # The repository belongs to somebody else there, which git asks about.
    inside "$system" git config --system --add safe.directory '*'
    inside "$system" "${as[@]}" sh -c 'mkdir "/tmp/a folder" && git clone -q /src "/tmp/a folder/polder"'
    for command in "$@"; do
        say "$who: ./bootstrap $command"
        began=$SECONDS
        # Words of one argument are bootstrap's arguments.
        inside "$system" "${as[@]}" sh -c 'cd / && "/tmp/a folder/polder/bootstrap" '"$command" </dev/null || {
            say "$who: ./bootstrap $command failed after $((SECONDS - began)) s"
            return 1
        }
        times+=("$(printf '%-6s ./bootstrap %-12s %4d s' "$who" "$command" $((SECONDS - began)))")
    done
}

times=()
[ -z "$(git -C "$repo" status --porcelain)" ] || say "note: what is not committed is not tested"
say "debootstrap $suite"
began=$SECONDS
debootstrap --variant=minbase "$suite" "$work/fresh" "$mirror" >"$work/debootstrap.log" || {
    tail -n 20 "$work/debootstrap.log"
    exit 1
}
times+=("$(printf '%-6s %-24s %4d s' - debootstrap $((SECONDS - began)))")
network_of_this_machine "$work/fresh"
inside fresh apt-get -qq update
inside fresh env DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends install git ca-certificates >/dev/null
rm -rf -- "$work/fresh/var/lib/apt/lists"
mkdir -p "$work/fresh/var/lib/apt/lists/partial"

fresh_system as-root
try as-root root "$@"

fresh_system as-user
inside as-user apt-get -qq update
inside as-user env DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends install sudo >/dev/null
rm -rf -- "$work/as-user/var/lib/apt/lists"
inside as-user useradd --create-home anna
echo 'anna ALL=(ALL) NOPASSWD: ALL' >"$work/as-user/etc/sudoers.d/anna"
try as-user anna "$@"

say "all done"
printf '%s\n' "${times[@]}"
