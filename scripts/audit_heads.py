#!/usr/bin/env python3
"""Checks an exported log against its signed ends, without Polder: python3 audit_heads.py LOG.jsonl HEADS.json [PUBLIC-KEY]

HEADS.json is what `polder audit sign` printed, or the file that polder.lua keeps. The log must be whole (audit_verify.py) and reach
each of them, as PUBLIC-KEY signed it. Exit code 1 names the event or the head that is bad.
"""
import hashlib, json, sys
from audit_verify import walk

# Ed25519, as RFC 8032 has it: points are (x, y, z, t) with x/z, y/z on the curve and t = xy/z.
P, Q = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P


def add(a, b):
    k, l = (a[1] - a[0]) * (b[1] - b[0]), (a[1] + a[0]) * (b[1] + b[0])
    m, n = 2 * a[3] * b[3] * D, 2 * a[2] * b[2]
    e, f, g, h = l - k, n - m, n + m, l + k
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(n, a):
    out = (0, 1, 1, 0)
    while n:
        out, a, n = add(out, a) if n & 1 else out, add(a, a), n >> 1
    return out


def point(code):
    y = int.from_bytes(code, "little") & (2**255 - 1)
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if x * x % P == square else x * pow(2, (P - 1) // 4, P) % P
    if y >= P or x * x % P != square:
        raise ValueError
    x = P - x if x & 1 != code[31] >> 7 else x
    return x, y, 1, x * y % P


def signed(head):
    """Whether the head is what its key signed."""
    try:
        key, made = bytes.fromhex(head["public_key"]), bytes.fromhex(head["signature"])
        text = f"polder-head-1\n{head['seq']}\n{head['time']}\n{head['hash']}\n".encode()
        base, s = point((4 * pow(5, -1, P) % P).to_bytes(32, "little")), int.from_bytes(made[32:], "little")
        h = int.from_bytes(hashlib.sha512(made[:32] + key + text).digest(), "little") % Q
        left, right = times(s, base), add(point(made[:32]), times(h, point(key)))
        same = all((left[i] * right[2] - right[i] * left[2]) % P == 0 for i in (0, 1))
        return len(key) == 32 and len(made) == 64 and s < Q and same
    except (ValueError, LookupError, TypeError):
        return False


def check(log, path, key):
    heads = [json.loads(line) for line in open(path, encoding="utf-8") if line.strip()]
    wanted, hashes, seq = {head["seq"] for head in heads}, {}, 0
    for seq, last in walk(log):
        if seq in wanted:
            hashes[seq] = last
    for head in heads:
        if not signed(head):
            sys.exit(f"the head of event {head['seq']} is not as it was signed")
        if key and head["public_key"] != key:
            sys.exit(f"the head of event {head['seq']} was signed by another key")
        if head["seq"] not in hashes:
            sys.exit(f"event {head['seq']} was signed, and the log ends at {seq}: it was cut off")
        if head["hash"] != hashes[head["seq"]]:
            sys.exit(f"event {head['seq']}: what was signed is another; all of the log may have been written anew")
    if not heads:
        sys.exit("nothing here was signed")
    print(f"{seq} events, every hash is right; {len(heads)} signed, the last of them event {heads[-1]['seq']}")


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4) or sys.argv[1].startswith("-"):
        sys.exit(__doc__.split("\n")[0])
    try:
        check(sys.argv[1], sys.argv[2], sys.argv[3] if len(sys.argv) == 4 else None)
    except (OSError, ValueError, LookupError, TypeError) as why:
        sys.exit(f"can't be read: {why}")
