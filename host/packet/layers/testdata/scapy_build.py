# Reads one JSON object a line, {"setup": ..., "expr": ...}, and prints {"hex": ...} or {"error": ...} for each: the
# bytes of the packet that Scapy makes of the expression.
import json
import logging
import sys

logging.getLogger("scapy").setLevel(logging.CRITICAL)
from scapy.all import *
from scapy.layers.inet6 import *

done = set()
for line in sys.stdin:
    case = json.loads(line)
    try:
        if case["setup"] and case["setup"] not in done:
            exec(case["setup"], globals())
            done.add(case["setup"])
        print(json.dumps({"hex": bytes(eval(case["expr"])).hex()}), flush=True)
    except Exception as e:
        print(json.dumps({"error": repr(e)}), flush=True)
