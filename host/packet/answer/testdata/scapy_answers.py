# Reads lines of JSON, each {"reply": expression, "request": expression}; for each writes the bytes of both and whether
# Scapy says that the reply answers.
import json, sys
from scapy.all import *

for line in sys.stdin:
    pair = json.loads(line)
    try:
        request = eval(pair["request"])
        request = request.__class__(raw(request))
        reply = eval(pair["reply"], dict(globals(), request=request))
        reply = reply.__class__(raw(reply))
        print(json.dumps({"request": raw(request).hex(), "reply": raw(reply).hex(), "answers": bool(reply.answers(request))}))
    except Exception as e:
        print(json.dumps({"error": repr(e)}))
