#!/bin/sh
# strace.sh: what workers ask of the kernel once their sandbox is up: to read and write on one descriptor, memory, and the end. Skipped
# (exit code 77) where nothing can be traced. $POLDER is the program.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
: "${POLDER:?the program to test}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
unset POLDER_HOME LC_ALL LC_MESSAGES LANG

if ! strace -f -o "$work/probe" true 2>"$work/why"; then
    echo "skipped: strace can't trace here: $(head -n 1 "$work/why")"
    exit 77
fi

"$POLDER" init --demo "$work/home" >/dev/null
mkdir -p "$work/home/plugins"
cp -R "$here/plugins/time-rep" "$here/plugins/time-pcall" "$here/plugins/out-crash" "$here/plugins/memory-table" \
    "$work/home/plugins/"
for card in zeeland time-rep/hostile time-pcall/hostile out-crash/hostile memory-table/hostile; do
    mkdir "$work/trace"
    strace -ff -qq -o "$work/trace/of" "$POLDER" --home "$work/home" match --no-keep --scorecard $card \
        --demand demand/dijk-en-kust-bewaken --demand demand/drones-opmerken-kazerne >/dev/null 2>&1 || true
    mkdir -p "$work/all"
    for file in "$work"/trace/of.*; do mv "$file" "$work/all/$(echo $card | tr / _).${file##*.}"; done
    rmdir "$work/trace"
done

# Each file is one process. The sanitizers' own calls are let through in builds that have them.
awk '
    function judge(call,    name) {
        name = call
        sub(/\(.*/, "", name)
        calls++
        if (!(name in allowed)) { print "not ok: in a worker: " call; bad++ }
        if ((name == "read" || name == "write") && call !~ /^(read|write)\([23],/) { print "not ok: another descriptor: " call; bad++ }
    }
    BEGIN {
        split("read write brk mmap munmap mremap madvise mprotect futex exit exit_group rt_sigreturn restart_syscall " \
              "clock_gettime gettimeofday getrandom time prlimit64 sysinfo " \
              "sigaltstack rt_sigaction rt_sigprocmask sched_yield getpid gettid tgkill", names, " ")
        for (i in names) allowed[names[i]] = 1
    }
    FNR == 1 { if (cut != "") judge(cut); worker = up = 0; cut = "" }
    /^execve\(/ && /polder-worker/ && / = 0$/ { worker = 1; workers++; next }
    !worker { next }
    /^seccomp\(SECCOMP_SET_MODE_FILTER, [^,]*, \{len=.* = 0$/ { up = 1; filters++; next }
    !up && /^(read|write)\(3,/ { print "not ok: a worker spoke before its filter was up: " $0; bad++ }
    # A process that the host kills while it stands still for strace has no registers left, and strace prints those of the process
    # it looked at before: such a last call was never made. What the filter forbids ends with SIGSYS, what it lets through with a result.
    cut != "" && /^\+\+\+ killed by SIGKILL/ { cut = ""; next }
    cut != "" { judge(cut); cut = "" }
    !up || !/^[a-z_0-9]+\(/ { next }
    /<unfinished \.\.\.>$/ { cut = $0; next }
    { judge($0) }
    /^write\(2,/ { print "not ok: a worker wrote to stderr: " $0; bad++ }
    END {
        if (cut != "") judge(cut)
        printf "%d workers, %d filters, %d calls after them, %d not allowed\n", workers, filters, calls, bad
        # A worker that was ended while it still started has no filter, and was asked nothing.
        if (workers < 10 || filters < workers / 2 || calls < filters || bad) exit 1
    }' "$work"/all/*
