# make: prints tables as Python's csv writes them, in hexadecimal, one a line. judge: reads them again, and what a reader
# and writer of CSV made of each, and says where its opinion differs.
import csv, io, random, sys

rnd = random.Random(11)

def rows():
    cell = lambda: "".join(rnd.choice(["a", "b", "\"", ",", ";", "\r\n", "\n", " ", "é"]) for _ in range(rnd.randrange(6)))
    return [[cell() for _ in range(rnd.randrange(1, 5))] for _ in range(rnd.randrange(6))]

def parse(text):
    return [row for row in csv.reader(io.StringIO(text, newline=""), strict=True) if row]

def make():
    for _ in range(1000):
        out = io.StringIO(newline="")
        style = dict(quoting=rnd.choice([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]), lineterminator=rnd.choice(["\n", "\r\n"]))
        csv.writer(out, **style).writerows(rows())
        print(out.getvalue().encode().hex() or "-")

def judge():
    texts, answers = sys.stdin.read().split("---\n")
    bad, texts, answers = 0, texts.split(), answers.split()
    if len(texts) != len(answers): sys.exit("%d texts, %d answers" % (len(texts), len(answers)))
    for text, answer in zip(texts, answers):
        text, answer = ("" if t == "-" else bytes.fromhex(t).decode() for t in (text, answer))
        if parse(text) != parse(answer):
            bad += 1
            print(repr(text), repr(answer))
    print(len(texts), "texts")
    sys.exit(bad > 0)

make() if sys.argv[1] == "make" else judge()
