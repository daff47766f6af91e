#!/usr/bin/env python3
"""Checks what `polder audit export` wrote, without Polder: python3 audit_verify.py LOG.jsonl; exit code 1 names the first bad event."""
import hashlib, json, sys


def sha(text):
    return hashlib.sha256(text.encode()).hexdigest()


def walk(path):
    """Each event's number and hash, checked from the first on."""
    prev, seq, left, told = "0" * 64, 0, {}, {}
    for line in open(path, encoding="utf-8", newline="\n"):
        seq += 1
        try:
            event, data = json.loads(line), line.rstrip("\n").split(',"data":', 1)[1][:-1]
            lines = ["polder-event-1", prev, str(seq)] + [event[k] for k in ("time", "actor", "type", "subject", "digest")]
        except (ValueError, LookupError, TypeError):
            sys.exit(f"event {seq}: this line is no event, or was cut off")
        if event["salt"] is None:  # erased: what is left is what a later record.forgotten tells
            left[seq] = sha("" if data == "null" else data)
        elif sha(event["salt"] + "\n" + data) != event["digest"]:
            sys.exit(f"event {seq}: its data was changed")
        if event["seq"] != seq or event["prev"] != prev or sha("".join(l + "\n" for l in lines)) != event["hash"]:
            sys.exit(f"event {seq}: it is missing, moved or changed")
        if event["type"] == "record.forgotten":
            told.update((e["seq"], e["digest"]) for e in event["data"]["erased"])
        prev = event["hash"]
        yield seq, prev
    bad = [n for n in left if told.get(n) != left[n]]
    if bad:
        sys.exit(f"event {bad[0]}: its data was erased, and nothing tells of what is there now")


if __name__ == "__main__":
    seq, last = 0, "0" * 64
    if len(sys.argv) != 2 or sys.argv[1].startswith("-"):
        sys.exit(__doc__)
    try:
        for seq, last in walk(sys.argv[1]):
            pass
    except OSError as why:
        sys.exit(f"can't be read: {why}")
    print(f"{seq} events, every hash is right; the last is {last}")
