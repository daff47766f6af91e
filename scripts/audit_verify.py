#!/usr/bin/env python3
"""Checks what `polder audit export` wrote, without Polder: python3 audit_verify.py LOG.jsonl; exit code 1 names the first bad event."""
import hashlib, json, sys

def sha(text): return hashlib.sha256(text.encode()).hexdigest()
def walk(path):  # gives each event's number and hash, checked from the first on; of erased data a later event tells the digest
    prev, left, told = "0" * 64, {}, {}
    for seq, line in enumerate(open(path, encoding="utf-8", newline="\n"), 1):
        try:
            event, data = json.loads(line), line.rstrip("\n").split(',"data":', 1)[1][:-1]
            chained = ["polder-event-1", prev, str(seq)] + [event[key] for key in ("time", "actor", "type", "subject", "digest")]
            follows = [event["seq"], event["prev"], event["hash"]] == [seq, prev, sha("\n".join(chained) + "\n")]
            fits = event["salt"] is None or sha(event["salt"] + "\n" + data) == event["digest"]
            left |= {seq: sha("" if data == "null" else data)} if event["salt"] is None else {}
            told |= {gone["seq"]: gone["digest"] for gone in event["data"]["erased"]} if event["type"] == "record.forgotten" else {}
        except (ValueError, LookupError, TypeError):
            sys.exit(f"event {seq}: this line is no event, or was cut off")
        if not (follows and fits):
            sys.exit(f"event {seq}: " + ("it is missing, moved or changed" if fits else "its data was changed"))
        yield seq, (prev := event["hash"])
    for seq in (seq for seq in left if told.get(seq) != left[seq]):
        sys.exit(f"event {seq}: its data was erased, and nothing tells of what is there now")

if __name__ == "__main__":
    seq, last = 0, ""
    try:
        for seq, last in walk(*sys.argv[1:]): pass
    except (TypeError, OSError, UnicodeDecodeError) as why:
        sys.exit(__doc__ if isinstance(why, TypeError) else f"{why}")
    print(f"{seq} events, every hash is right; the last is {last}" if seq else sys.exit(f"{sys.argv[1]}: there is no event in it"))
