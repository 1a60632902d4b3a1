#!/usr/bin/env python3
"""Checks an evidence bundle, with nothing but Python's standard library.

    python3 verify.py BUNDLE [--key KEY] [--since CHECKPOINT-FILE]

It is written from docs/record-format.md alone and shares nothing with the
program that makes bundles. One finding stands on each line: what is wrong, the
place of the entry from 0 or the part of the zip. The last line is the verdict.
It ends with 0 for consistent, proved and since, 1 for broken, 2 for no bundle.
"""

import base64
import datetime
import hashlib
import json
import re
import sys
import zipfile

LIMIT = 1 << 32


class Fault(Exception):
    """Something is not as the page says."""


def sha(b):
    return hashlib.sha256(b).digest()


def unbase64(s):
    """Strict: what is decoded is encoded to the same text."""
    try:
        b = base64.b64decode(s, validate=True)
    except ValueError as e:
        raise Fault("not base64") from e
    if base64.b64encode(b).decode() != s:
        raise Fault("not the usual base64")
    return b


# Ed25519, RFC 8032, section 5.1. Slow and plain; nothing here is secret.

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)


def recover(y, sign):
    """The x of a point, or None."""
    if y >= P:
        return None
    x2 = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    if x2 == 0:
        return None if sign else 0
    x = pow(x2, (P + 3) // 8, P)
    if (x * x - x2) % P:
        x = x * ROOT % P
    if (x * x - x2) % P:
        return None
    return P - x if x & 1 != sign else x


def add(a, b):
    """Points are (X, Y, Z, T) with x = X/Z, y = Y/Z and xy = T/Z."""
    e = (a[1] - a[0]) * (b[1] - b[0]) % P
    f = (a[1] + a[0]) * (b[1] + b[0]) % P
    c = 2 * a[3] * b[3] * D % P
    d = 2 * a[2] * b[2] % P
    w, x, y, z = f - e, d - c, d + c, f + e
    return (w * x % P, y * z % P, x * y % P, w * z % P)


def times(n, p):
    q = (0, 1, 1, 0)
    while n:
        if n & 1:
            q = add(q, p)
        p = add(p, p)
        n >>= 1
    return q


def point(b):
    y = int.from_bytes(b, "little")
    sign = y >> 255
    y &= (1 << 255) - 1
    x = recover(y, sign)
    return None if x is None else (x, y, 1, x * y % P)


BASE_Y = 4 * pow(5, P - 2, P) % P
BASE_X = recover(BASE_Y, 0)
BASE = (BASE_X, BASE_Y, 1, BASE_X * BASE_Y % P)


def signed_by(key, text, signature):
    a = point(key)
    r = point(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= L:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + key + text).digest(), "little") % L
    u, v = times(s, BASE), add(r, times(h, a))
    return (u[0] * v[2] - v[0] * u[2]) % P == 0 and (u[1] * v[2] - v[1] * u[2]) % P == 0


# Keys, notes, checkpoints

def read_key(line):
    name, number, data = (line.strip().split("+", 2) + ["", ""])[:3]
    raw = unbase64(data)
    if len(raw) != 33 or raw[0] != 1 or not name or sha(name.encode() + b"\n" + raw)[:4].hex() != number:
        raise Fault("not a key")
    return name, bytes.fromhex(number), raw[1:]


def open_note(note, key):
    """The text of a note that the key signed."""
    text, found, rest = note.rpartition(b"\n\n")
    if not found or not rest.endswith(b"\n") or rest.count(b"\n") != 1:
        raise Fault("not a signed note")
    line = re.fullmatch("\u2014 ([^ ]+) ([^ ]+)\n", rest.decode("utf-8", "replace"))
    if not line or line[1] != key[0]:
        raise Fault("signed by somebody else")
    raw = unbase64(line[2])
    text += b"\n"
    if len(raw) != 68 or raw[:4] != key[1] or not signed_by(key[2], text, raw[4:]):
        raise Fault("not signed with this key")
    return text.decode("utf-8")


def read_head(text):
    m = re.fullmatch(r"stayput\.record/([^\n]+)\n(0|[1-9][0-9]*)\n([^\n]+)\nat [0-9TZ:-]+\n", text)
    if not m or len(unbase64(m[3])) != 32:
        raise Fault("not a checkpoint")
    return m[1], int(m[2]), unbase64(m[3])


# Leaves and the tree

def text_of(s):
    b, out = s.encode(), bytearray()
    n = len(b)
    while n >= 0x80:
        out.append(n & 0x7F | 0x80)
        n >>= 7
    out.append(n)
    return bytes(out) + b


def leaf_of(e):
    at = datetime.datetime.strptime(e["at"], "%Y-%m-%dT%H:%M:%S.%fZ") - datetime.datetime(1970, 1, 1)
    ms = (at.days * 86400 + at.seconds) * 1000 + at.microseconds // 1000
    return (text_of("stayput record v1") + text_of(e["log"]) + e["seq"].to_bytes(8, "big") + text_of(e["id"])
            + text_of(e["what"]) + ms.to_bytes(8, "big", signed=True) + text_of(e["by"]) + bytes.fromhex(e["digest"]))


def leaf_hash(leaf):
    return sha(b"\0" + leaf)


def node(a, b):
    return sha(b"\1" + a + b)


def power_below(n):
    return 1 << (n - 1).bit_length() - 1


def root_of(hashes):
    if not hashes:
        return sha(b"")
    if len(hashes) == 1:
        return hashes[0]
    k = power_below(len(hashes))
    return node(root_of(hashes[:k]), root_of(hashes[k:]))


def root_by_proof(seq, n, leaf, proof):
    """The root that the audit path of leaf seq among n leads to."""
    if not 0 <= seq < n:
        raise Fault("outside the tree")
    if n == 1:
        if proof:
            raise Fault("a proof too long")
        return leaf
    if not proof:
        raise Fault("a proof too short")
    k = power_below(n)
    if seq < k:
        return node(root_by_proof(seq, k, leaf, proof[:-1]), proof[-1])
    return node(proof[-1], root_by_proof(seq - k, n - k, leaf, proof[:-1]))


def roots_by_proof(m, lo, hi, old, proof):
    """Both roots that the proof of an earlier state leads to."""
    if m == hi:
        if lo == 0:
            if proof:
                raise Fault("a proof too long")
            return old, old
        if len(proof) != 1:
            raise Fault("a proof of the wrong length")
        return proof[0], proof[0]
    if not proof:
        raise Fault("a proof too short")
    k = power_below(hi - lo)
    if m <= lo + k:
        was, now = roots_by_proof(m, lo, lo + k, old, proof[:-1])
        return was, node(now, proof[-1])
    was, now = roots_by_proof(m, lo + k, hi, old, proof[:-1])
    return node(proof[-1], was), node(proof[-1], now)


# Lines

def once(pairs):
    if len({k for k, _ in pairs}) != len(pairs):
        raise Fault("a key stands there twice")
    return dict(pairs)


def quoted(s):
    out = []
    for c in s:
        if c in '"\\':
            out.append("\\" + c)
        elif c < " ":
            out.append("\\u%04x" % ord(c))
        else:
            out.append(c)
    return '"' + "".join(out) + '"'


def read_line(line):
    """An entry, with its salt and body as bytes, or gone. The line is written
    again and must come out the same."""
    head, found, body = line.partition(b',"body":')
    try:
        if found:
            if not body.endswith(b"}"):
                raise Fault("no end")
            body = body[:-1]
            body.decode("utf-8")
            json.loads(body)
            e = json.loads(head + b"}", object_pairs_hook=once)
        else:
            e = json.loads(line, object_pairs_hook=once)
        keys = [k for k in e if k != "proof"]
        if keys != ["log", "seq", "id", "what", "at", "by", "digest"] + (["salt"] if found else ["gone"]):
            raise Fault("other keys")
        if type(e["seq"]) is not int or not all(type(e[k]) is str for k in keys if k not in ("seq", "gone")):
            raise Fault("other values")
        again = '{"log":%s,"seq":%d,"id":%s,"what":%s,"at":%s,"by":%s,"digest":%s' % (
            quoted(e["log"]), e["seq"], quoted(e["id"]), quoted(e["what"]), quoted(e["at"]), quoted(e["by"]), quoted(e["digest"]))
        if "proof" in e:
            again += ',"proof":[' + ",".join(quoted(h) for h in e["proof"]) + "]"
            e["proof"] = [unbase64(h) for h in e["proof"]]
        if found:
            again += ',"salt":' + quoted(e["salt"])
            e["salt"], e["body"] = unbase64(e["salt"]), body
        elif e["gone"] is True:
            again += ',"gone":true}'
        if again.encode() != (head if found else line):
            raise Fault("another form")
        if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", e["at"]) or not re.fullmatch("[0-9a-f]{64}", e["digest"]):
            raise Fault("other values")
        e["leaf"] = leaf_of(e)
        return e
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError) as x:
        raise Fault("not a line of a record") from x


def object_of(body):
    try:
        o = json.loads(body, object_pairs_hook=list)
        return o if isinstance(o, list) and all(isinstance(p, tuple) for p in o) else []
    except (ValueError, RecursionError):
        return []


class Check:
    def __init__(self):
        self.findings = []
        self.heads = {}
        self.files = {}
        self.sizes = {}
        self.unsure = False

    def say(self, what, where):
        self.findings.append((what, str(where)))

    def read(self, path):
        parts = {}
        try:
            with zipfile.ZipFile(path) as z:
                infos = z.infolist()
                if len({i.filename.lower() for i in infos}) != len(infos):
                    self.say("added", "a name that is there twice")
                if z.comment:
                    self.say("packing", "a comment")
                for i in infos:
                    if not re.fullmatch(r"[A-Za-z0-9._/-]{1,200}", i.filename) or ".." in i.filename or i.filename.startswith("/"):
                        self.say("packing", i.filename.encode("ascii", "replace").decode())
                    elif i.file_size > LIMIT or i.compress_type not in (0, 8) or i.file_size > max(1 << 20, 200 * i.compress_size):
                        self.say("packing", i.filename)
                    else:
                        try:
                            parts.setdefault(i.filename, z.read(i))
                        except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError):
                            self.say("packing", i.filename)
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError):
            return None
        return parts

    def manifest(self, parts, key):
        listed = {}
        manifest = parts.get("manifest", b"")
        lines = manifest.decode("utf-8", "replace").split("\n")
        if lines[0] != "stayput bundle v1" or lines[-1] != "":
            self.say("altered", "manifest")
        for line in lines[1:-1]:
            m = re.fullmatch(r"([0-9a-f]{64}) (0|[1-9][0-9]*) ([A-Za-z0-9._/-]+)", line)
            if not m or m[3] in listed:
                self.say("altered", "manifest")
                continue
            listed[m[3]] = (m[1], int(m[2]))
        try:
            if open_note(parts.get("manifest.sig", b""), key) != "stayput.bundle/v1\n%s\n" % sha(manifest).hex():
                self.say("altered", "manifest")
        except Fault:
            self.say("signature", "manifest.sig")
        for name, (digest, size) in listed.items():
            if name not in parts:
                self.say("missing", name)
            elif sha(parts[name]).hex() != digest or len(parts[name]) != size:
                self.say("altered", name)
        for name in parts:
            if name not in listed and name not in ("manifest", "manifest.sig"):
                self.say("added", name)

    def wall(self, parts, place, key):
        try:
            log, size, root = read_head(open_note(parts.get(place + "checkpoint", b""), key))
        except Fault:
            self.say("signature", place + "checkpoint")
            return
        # The leaves
        text = parts.get(place + "leaves", b"").decode("utf-8", "replace").split("\n")
        some = re.fullmatch(r"some (\d+) of (\d+)", text[0])
        leaves, seqs = [], []
        good = bool(some or text[0] == "all %d" % size) and text[-1] == ""
        for line in text[1:-1]:
            try:
                seq, _, leaf = line.partition(" ")
                leaves.append(unbase64(leaf))
                seqs.append(int(seq))
            except (Fault, ValueError):
                good = False
        if some:
            good = good and int(some[2]) == size and int(some[1]) == len(leaves) and seqs == sorted(set(seqs))
        else:
            good = good and seqs == list(range(size)) and root_of([leaf_hash(x) for x in leaves[:size]]) == root
        # The lines
        raw = parts.get(place + "record.jsonl", b"").split(b"\n")
        if raw[-1] != b"":
            self.say("altered", place + "record.jsonl")
        lines = []
        for n, line in enumerate(raw[:-1]):
            try:
                lines.append(read_line(line))
            except Fault:
                self.unsure = True
                self.say("altered", seqs[n] if good and n < len(seqs) else "line %d" % (n + 1))
        if not good and not some:  # do the lines alone come to the root?
            if [e["seq"] for e in lines] == list(range(size)) and root_of([leaf_hash(e["leaf"]) for e in lines]) == root:
                for e in lines:
                    if e["seq"] >= len(leaves) or leaves[e["seq"]] != e["leaf"]:
                        self.say("altered", "leaf %d" % e["seq"])
                leaves = [e["leaf"] for e in lines]
                seqs = list(range(size))
            else:
                self.say("root", place + "checkpoint")
        elif not good:
            self.say("altered", place + "leaves")
        known = dict(zip(leaves, seqs))
        by_seq = dict(zip(seqs, leaves))
        found, last, whole = set(), -1, []
        for e in lines:
            seq = e["seq"]
            if e["log"] != log:
                self.say("altered", seq)
            if some:
                try:
                    if root_by_proof(seq, size, leaf_hash(e["leaf"]), e.get("proof", [])) != root:
                        self.say("altered", seq)
                except Fault:
                    self.say("altered", seq)
            elif "proof" in e:
                self.say("altered", seq)
            if e["leaf"] not in known:
                self.say("altered" if seq in by_seq else "added", seq)
                found.add(seq)
                continue
            if seq in found:
                self.say("added", seq)
                continue
            found.add(seq)
            if seq < last:
                self.say("moved", seq)
            last = max(last, seq)
            if seq >= size:
                self.say("added", seq)
            if e.get("gone") is None:
                if sha(len(e["salt"]).to_bytes(8, "big") + e["salt"] + e["body"]).hex() != e["digest"]:
                    self.unsure = True
                    self.say("altered", seq)
                    continue
                whole.append(e)
        for seq in seqs:
            if seq not in found and not any(f == ("altered", str(seq)) for f in self.findings):
                self.unsure = True
                self.say("missing", seq)
        destroyed = {}
        for e in whole:
            top = object_of(e["body"])
            if e["what"] == "destroyed" and len({k for k, _ in top}) == len(top):
                destroyed[dict(top).get("entry")] = e["seq"]
            for k, v in top:
                if k == "files" and isinstance(v, list):
                    for f in v:
                        d = dict(f) if isinstance(f, list) else {}
                        self.files.setdefault(d.get("sha256"), e["seq"])
                        self.sizes[d.get("sha256")] = d.get("size")
        for e in lines:
            if e.get("gone") and destroyed.get(e["id"], -1) <= e["seq"]:
                self.unsure = True
                self.say("missing", e["seq"])
        self.heads[log] = (size, root, [leaf_hash(x) for x in leaves], bool(some), parts.get(place + "earlier", b""))

    def evidence(self, parts):
        for digest, seq in self.files.items():
            name = "files/%s" % digest
            if name not in parts:
                self.say("missing", seq)
            elif sha(parts[name]).hex() != digest or len(parts[name]) != self.sizes[digest]:
                self.say("altered", seq)
        if not self.unsure:
            for name in parts:
                if name.startswith("files/") and name[6:] not in self.files:
                    self.say("added", name)

    def since(self, checkpoint, key):
        """True, or None when it cannot be told."""
        try:
            log, size, root = read_head(open_note(checkpoint, key))
            now, now_root, hashes, some, earlier = self.heads[log]
            if size > now:
                raise Fault("later")
            if size == now:
                ok = root == now_root
            elif not some:
                ok = root_of(hashes[:size]) == root
            else:
                for line in earlier.decode("ascii", "replace").split("\n"):
                    if line.split(" ")[0] == str(size):
                        proof = [unbase64(h) for h in line.split(" ")[1:]]
                        ok = roots_by_proof(size, 0, now, root, proof) == (root, now_root)
                        break
                else:
                    return None
            if not ok:
                raise Fault("another beginning")
            return True
        except (Fault, KeyError):
            self.say("since", "the checkpoint")
            return False


def main(args):
    given = since = path = None
    while args:
        a = args.pop(0)
        if a == "--key":
            given = args.pop(0)
        elif a == "--since":
            with open(args.pop(0), "rb") as f:
                since = f.read()
        else:
            path = a
    c = Check()
    parts = c.read(path)
    if not parts or not {"record.jsonl", "checkpoint", "manifest"} & set(parts):
        print("no bundle")
        return 2
    verdict = "consistent"
    try:
        key = read_key(given or parts.get("key", b"").decode("utf-8", "replace"))
    except Fault:
        print("signature key\nbroken")
        return 1
    c.manifest(parts, key)
    c.wall(parts, "", key)
    for n in sorted({name.split("/")[1] for name in parts if re.match("walls/[1-9][0-9]*/", name)}, key=int):
        c.wall(parts, "walls/%s/" % n, key)
    c.evidence(parts)
    if given:
        verdict = "proved"
    if since is not None and c.since(since, key):
        verdict = "since"
    for what, where in c.findings:
        print(what, where)
    print("broken" if c.findings else verdict)
    return 1 if c.findings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
