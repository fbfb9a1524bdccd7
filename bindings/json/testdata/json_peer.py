# make: prints JSON texts in hexadecimal, one a line, good ones and mutants. judge: reads them again, then what a reader and
# writer of JSON made of each, and says where its opinion differs.
import json, random, sys

rnd = random.Random(7)

def value(depth):
    kind = rnd.randrange(9 if depth < 4 else 6)
    if kind == 0: return None
    if kind == 1: return rnd.random() < 0.5
    if kind == 2: return rnd.choice([0, 1, -1, 255, 2**31, 2**53, 2**53 + 1, -2**53, 2**63, 2**64 - 1, rnd.randrange(-10**9, 10**9)])
    if kind == 3: return rnd.choice([0.5, -1.25, 1e300, 1e-300, 3.141592653589793, 1e21, 1e-7, rnd.random() * 10**rnd.randrange(-20, 20)])
    if kind <= 5: return "".join(rnd.choice("ab\"\\/\b\n\t\x01 é€😀\u2028") for _ in range(rnd.randrange(8)))
    if kind <= 7: return [value(depth + 1) for _ in range(rnd.randrange(5))]
    return {"".join(rnd.choice("abcé\" ") for _ in range(rnd.randrange(4))): value(depth + 1) for _ in range(rnd.randrange(5))}

def make():
    for i in range(1500):
        text = json.dumps(value(0), ensure_ascii=rnd.random() < 0.5, indent=rnd.choice([None, None, 1])).encode()
        if i % 2:
            b = bytearray(text)
            for _ in range(rnd.randrange(1, 4)):
                at = rnd.randrange(len(b) + 1)
                what = rnd.randrange(3)
                if what == 0: b[at:at] = rnd.choice([b",", b"]", b"}", b"\"", b"[", b"{", b":", b"0", b"-", b".", b"e", b"\\", b" ", b"\n", b"null"])
                elif what == 1: del b[at:at + 1]
                else: b[at:at + 1] = bytes([rnd.randrange(32, 127)])
            text = bytes(b)
        if text and b"\\ud" not in text.lower(): print(text.hex())

def strict(text):
    def refuse(name): raise ValueError(name)
    def finite(number):
        if abs(float(number)) == float("inf"): raise ValueError(number)
        return float(number)
    return json.loads(text.decode(errors="surrogateescape"), parse_constant=refuse, parse_float=finite)

def same(a, b):
    if isinstance(a, bool) or isinstance(b, bool) or a is None or b is None: return a is b
    if isinstance(a, int) and isinstance(b, (int, float)) and abs(a) > 2**64 - 1: return float(a) == float(b)
    if isinstance(a, int) and a < -2**53: return float(a) == float(b)
    if isinstance(a, list): return isinstance(b, list) and len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, dict): return isinstance(b, dict) and a.keys() == b.keys() and all(same(a[k], b[k]) for k in a)
    return a == b

def judge():
    texts, answers = sys.stdin.read().split("---\n")
    texts, answers, bad, refused = texts.split(), answers.splitlines(), 0, 0
    if len(texts) != len(answers): sys.exit("%d texts, %d answers" % (len(texts), len(answers)))
    for hexed, answer in zip(texts, answers):
        text = bytes.fromhex(hexed)
        try: want = strict(text)
        except ValueError: want = ValueError
        except RecursionError: continue
        if answer.startswith("refused"):
            refused += 1
            ok = want is ValueError
        else:
            ok = want is not ValueError and same(want, json.loads(bytes.fromhex(answer).decode(errors="surrogateescape")))
        if not ok:
            bad += 1
            print(text, answer if answer.startswith("refused") else bytes.fromhex(answer), want)
    print("%d texts, %d refused" % (len(texts), refused))
    sys.exit(bad > 0)

make() if sys.argv[1] == "make" else judge()
