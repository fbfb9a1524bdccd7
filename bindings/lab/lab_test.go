package lab_test

import (
	"runtime"
	"testing"

	lua "github.com/yuin/gopher-lua"

	"moonwire/bindings/addr"
	"moonwire/bindings/bit"
	"moonwire/bindings/bytes"
	"moonwire/bindings/dgram"
	"moonwire/bindings/lab"
	"moonwire/bindings/lfs"
	"moonwire/bindings/link"
	"moonwire/bindings/mime"
	"moonwire/bindings/packet"
	"moonwire/bindings/pcap"
	"moonwire/bindings/socket"
	"moonwire/bindings/u64"
	"moonwire/host/decl"
	"moonwire/host/hosttest"
	"moonwire/host/network"
	"moonwire/host/network/simtime"
)

func modules() []*decl.Module {
	return []*decl.Module{lab.Module(), packet.Module(), dgram.Module(), socket.Module(), addr.Module(), bytes.Module(), bit.Module(), u64.Module(), mime.Module(), lfs.Module(), link.Module(), pcap.Module()}
}

func TestLab(t *testing.T) {
	t.Parallel()
	hosttest.RunFile(t, "testdata/lab.lua", modules()...)
}

// TestMisuse holds the errors for what a script gets wrong.
func TestMisuse(t *testing.T) {
	t.Parallel()
	hosttest.RunFile(t, "testdata/misuse.lua", modules()...)
}

// TestSimulated runs labs in simulated time.
func TestSimulated(t *testing.T) {
	t.Parallel()
	clock := simtime.New(simtime.Epoch)
	defer clock.Close()
	hosttest.RunFileIn(t, network.Virtual(network.Kernel(), clock), "testdata/simulated.lua", modules()...)
}

// TestDropped holds that labs that nobody holds any more are closed: their goroutines end.
func TestDropped(t *testing.T) {
	var counts []int
	count := &decl.Module{Name: "count", Funcs: []decl.Function{decl.Raw{Name: "goroutines", Run: func(*lua.LState) int {
		counts = append(counts, runtime.NumGoroutine())
		return 0
	}}}}
	hosttest.Run(t, `
count.goroutines()
for i = 1, 10 do
  local net = lab{"h1..h50 -- sw1 -- R1"}
  assert(net.h1.interfaces.eth0.up)
end
count.goroutines()
for i = 1, 20 do collectgarbage() task.sleep(0.05) end
count.goroutines()`, append(modules(), count)...)
	before, during, after := counts[0], counts[1], counts[2]
	if during < before+20 || after > before+50 {
		t.Errorf("%d goroutines before, %d with labs, %d after nobody held them", before, during, after)
	}
}
