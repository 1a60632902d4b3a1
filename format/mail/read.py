# Reads a message from standard input with Python's own library and prints what it holds,
# so that the tests have a second opinion.
import email, email.policy, hashlib, json, sys

m = email.message_from_bytes(sys.stdin.buffer.read(), policy=email.policy.default)
defects = [str(d) for p in m.walk() for d in p.defects]
body, html = m.get_body(("plain",)), m.get_body(("html",))
addresses = lambda h: [[a.display_name, a.addr_spec] for a in m[h].addresses] if m[h] else []
print(json.dumps({
    "from": addresses("from"), "to": addresses("to"), "cc": addresses("cc"), "bcc": addresses("bcc"),
    "subject": m["subject"], "date": m["date"] or "", "unsent": m["x-unsent"], "language": m["content-language"] or "",
    "headers": sorted(k.lower() for k in m.keys()),
    "text": body.get_content() if body else "", "html": html.get_content() if html else "",
    "files": [{"name": a.get_filename(), "type": a.get_content_type(), "sum": hashlib.sha256(a.get_payload(decode=True)).hexdigest()} for a in m.iter_attachments()],
    "defects": defects,
}))
