//go:build interop

package stdlib_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"moonwire/host/catalog"
	"moonwire/host/hosttest"
)

// TestLua51 runs the tests of the modules that need no binding under the reference interpreter.
func TestLua51(t *testing.T) {
	for _, name := range []string{"check", "expect", "framing", "tabulate"} {
		source, err := os.ReadFile("testdata/" + name + ".lua")
		if err != nil {
			t.Fatal(err)
		}
		for chunk := range strings.SplitSeq(string(source), "\n---\n") {
			cmd := exec.Command("lua5.1", "-")
			cmd.Env = append(os.Environ(), "LUA_PATH=./?.lua")
			cmd.Stdin = strings.NewReader(chunk)
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Errorf("%s: %v\n%s\n%s", name, err, out, chunk)
			}
		}
	}
}

// python frames two messages by Python's own means.
const python = `
import struct
m = [b"hello", b"x" * 300]
def varint(n):
    b = b""
    while n > 127: b += bytes([n & 127 | 128]); n >>= 7
    return b + bytes([n])
out = [
    b"".join(struct.pack(">H", len(x)) + x for x in m),
    b"".join(struct.pack("<I", len(x)) + x for x in m),
    b"".join(varint(len(x)) + x for x in m),
    b"".join(b"".join(struct.pack("B", len(x[i:i+100])) + x[i:i+100] for i in range(0, len(x), 100)) + b"\0" for x in m),
    b"".join(x + b"\r\n" for x in m),
]
for o in out: print(o.hex())
`

const ours = `
local bytes, framing = require "bytes", require "framing"
local messages = {"hello", ("x"):rep(300)}
for _, way in ipairs{framing.prefixed(2), framing.prefixed(4, {order = "little"}), framing.prefixed("varint"),
  framing.chunked(1, {chunk = 100}), framing.delimited("\r\n")} do
  local all = ""
  for _, message in ipairs(messages) do all = all .. way:encode(message) end
  print((bytes.hex(all)))
end
`

// TestPythonFraming compares framed bytes with those of Python's struct.
func TestPythonFraming(t *testing.T) {
	want, err := exec.Command("python3", "-c", python).Output()
	if err != nil {
		t.Fatal(err)
	}
	if got := hosttest.Run(t, ours, catalog.Modules()...); got != string(want) {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

// TestPythonWave lets Python's wave module read what wav wrote.
func TestPythonWave(t *testing.T) {
	file := filepath.Join(t.TempDir(), "x.wav")
	hosttest.Run(t, `assert(require "wav".write(`+"[["+file+"]]"+`, {0, 1, -1, 32767, -32768}, 8000))`, catalog.Modules()...)
	script := "import wave,sys,struct; w=wave.open(sys.argv[1]); print(w.getnchannels(), w.getsampwidth(), w.getframerate(), struct.unpack('<5h', w.readframes(9)))"
	out, err := exec.Command("python3", "-c", script, file).CombinedOutput()
	if want := "1 2 8000 (0, 1, -1, 32767, -32768)\n"; err != nil || string(out) != want {
		t.Errorf("%v: got %swant %s", err, out, want)
	}
}
