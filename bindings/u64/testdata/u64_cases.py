# Prints what u64_cases.lua does, computed by Python's integers.
import re, sys
texts = re.findall(r"\"(\d+)\"", open(sys.argv[1]).read().split("for _")[0])
M = 2**64
def show(*v): print("\t".join({True: "true", False: "false"}[x] if isinstance(x, bool) else str(x) for x in v))
def number(n): return "%.0f" % float(n)
for x in map(int, texts):
    show(x, "%016x" % x, -x % M, ~x % M, number(x))
    for y in map(int, texts):
        show((x + y) % M, (x - y) % M, x * y % M, x // y if y else "-", x % y if y else "-", x < y, x <= y, x == y, x & y, x | y, x ^ y, pow(x, y, M))
        show(number((x - y) % M), number((x - y) % 2**32), number((x - y) % 2**7))
    for n in (0, 1, 31, 32, 33, 63, 64, 65, 200):
        show((x << n) % M, x >> n)
