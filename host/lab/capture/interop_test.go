//go:build interop

package capture_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"moonwire/host/lab/capture"
	"moonwire/host/lab/wire"
)

func output(t *testing.T, name string, args ...string) string {
	t.Helper()
	out, err := exec.Command(name, args...).Output()
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return string(out)
}

// record makes a capture file with losses on two links, and says where it is. The file isn't closed yet when check is
// called.
func record(t *testing.T, check func(path string)) (path string) {
	p := newPair(t)
	path = filepath.Join(t.TempDir(), "lab.pcapng")
	dst, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer dst.Close()
	f, err := capture.NewFile(dst, capture.Options{Wait: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range p.links {
		if err := f.Add(l); err != nil {
			t.Fatal(err)
		}
	}
	if err := p.links[1].Impair(p.ports[2], wire.Impairment{Rate: 1e6, Queue: 1}); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		p.ports[0].Send(frame(60))
		p.sleep(t, 1234567*time.Nanosecond)
	}
	for range 3 {
		p.ports[2].Send(frame(1000))
	}
	p.ports[3].Send(frame(60))
	p.sleep(t, time.Second)
	check(path)
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

const wantFrames = `R0--R1|0x00000006|0.000000000|60|
R0--R1|0x00000006|0.001234567|60|
R0--R1|0x00000006|0.001234567|60|
R2--R3|0x00000006|0.001234567|1000|
R2--R3|0x00000006|0.000000000|1000|
R2--R3|0x00000006|0.000000000|1000|lost on R2--R3: queue full
R2--R3|0x00000005|0.000000000|60|
`

func readBack(t *testing.T, path string) string {
	return output(t, "tshark", "-r", path, "-T", "fields", "-E", "separator=|", "-e", "frame.interface_name",
		"-e", "frame.packet_flags", "-e", "frame.time_delta", "-e", "frame.len", "-e", "frame.comment")
}

func TestTsharkReadsIt(t *testing.T) {
	t.Parallel()
	path := record(t, func(path string) {
		for range 100 { // the writer may still be at it
			if readBack(t, path) == wantFrames {
				return
			}
			time.Sleep(20 * time.Millisecond)
		}
		t.Error("before it was closed, the file hadn't all frames")
	})
	if got := readBack(t, path); got != wantFrames {
		t.Errorf("tshark reads\n%s\nwant\n%s", got, wantFrames)
	}
}

func TestCapinfosKnowsTheInterfaces(t *testing.T) {
	t.Parallel()
	path := record(t, func(string) {})
	info := output(t, "capinfos", path)
	for _, want := range []string{
		`Number of packets: +7\n`, `Number of interfaces in file: 2\n`, `File timestamp precision: +nanoseconds \(9\)`,
		`Name = R0--R1\n`, `Description = outbound: R2.eth0 to R3.eth0\n`, `Hardware = simulated link\n`, `Encapsulation = Ethernet`,
	} {
		if !regexp.MustCompile(want).MatchString(info) {
			t.Errorf("capinfos says nothing like %q:\n%s", want, info)
		}
	}
	if strings.Count(info, "Number of stat entries = 1") != 2 {
		t.Errorf("capinfos finds no statistics:\n%s", info)
	}
}
