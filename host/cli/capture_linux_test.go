package cli_test

import (
	"bufio"
	"bytes"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"moonwire/host/network/nettest"
	"moonwire/host/pcap"
)

// A run is the command, capturing on the left node of a pair.
type run struct {
	*exec.Cmd
	pair nettest.Pair
	out  *bufio.Reader
	err  *bufio.Reader
	pipe io.Closer       // of its standard output
	said strings.Builder // on the standard error output, until it listened

	ended chan struct{} // closed when it says more
}

// startCapture starts "moonwire capture" on the wire's left end and waits until it listens.
func startCapture(t *testing.T, args ...string) *run {
	t.Helper()
	return startCaptureOn(t, 1, append([]string{"-i", "right"}, args...)...)
}

// startCaptureOn starts "moonwire capture" on the left node and waits until it listens on so many interfaces.
func startCaptureOn(t *testing.T, interfaces int, args ...string) *run {
	t.Helper()
	p := nettest.NewPair(t)
	namespace, err := os.Open(p.Left.Path)
	if err != nil {
		t.Fatal(err)
	}
	defer namespace.Close()
	r := &run{Cmd: exec.Command("moonwire", append([]string{"capture", "--netns", "/proc/self/fd/3"}, args...)...), pair: p}
	r.ExtraFiles = []*os.File{namespace}
	stdout, err := r.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	stderr, err := r.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	r.pipe, r.out, r.err = stdout, bufio.NewReader(stdout), bufio.NewReader(stderr)
	if err := r.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Process.Kill() })
	for interfaces > 0 {
		line, err := r.err.ReadString('\n')
		r.said.WriteString(line)
		if strings.HasPrefix(line, "listening on") {
			interfaces--
		}
		if err != nil {
			t.Fatalf("it doesn't listen: %s", &r.said)
		}
	}
	return r
}

// send sends datagrams of a size from the right node to the left one.
func (r *run) send(t *testing.T, port, size, count int) {
	t.Helper()
	sendTo(t, r.pair.Right, net.IPv4(10, 0, 11, 1), port, size, count)
}

// sendTo sends datagrams of a size from a node.
func sendTo(t *testing.T, from *nettest.Node, to net.IP, port, size, count int) {
	t.Helper()
	c, err := from.Network.Packet(t.Context(), "udp4", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	for range count {
		if _, err := c.WriteTo(make([]byte, size), &net.UDPAddr{IP: to, Port: port}); err != nil {
			t.Fatal(err)
		}
	}
}

// end waits for the command's end and returns what it said, and its exit code.
func (r *run) end() (stdout, stderr string, code int) {
	out, _ := io.ReadAll(r.out)
	err, _ := io.ReadAll(r.err)
	r.Wait()
	return string(out), string(err), r.ProcessState.ExitCode()
}

// TestCaptureLive captures on a wire in namespaces of its own.
func TestCaptureLive(t *testing.T) {
	if !nettest.Inside(t) {
		return
	}
	t.Run("lines", func(t *testing.T) {
		r := startCapture(t, "-c", "3", "-tt", "udp port 9")
		r.send(t, 8, 5, 2)
		r.send(t, 9, 5, 3)
		stdout, stderr, code := r.end()
		if lines := regexp.MustCompile(`(?m)^\d+\.\d{6} ip 10\.0\.11\.2 > 10\.0\.11\.1 / udp \d+ > 9 / raw 5 bytes$`).FindAllString(stdout, -1); len(lines) != 3 {
			t.Errorf("lines:\n%s", stdout)
		}
		if want := "3 packets captured\n3 packets received by filter\n0 packets dropped by kernel\n"; stderr != want || code != 0 {
			t.Errorf("code %d:\n%s", code, stderr)
		}
	})
	t.Run("a file, and Ctrl-C", func(t *testing.T) {
		file := filepath.Join(t.TempDir(), "live.pcapng")
		r := startCapture(t, "-U", "-w", file, "udp")
		r.send(t, 9, 5, 5)
		for packetsIn(file) < 5 { // as -U promises
		}
		r.Process.Signal(os.Interrupt)
		_, stderr, code := r.end()
		if code != 130 || !strings.HasPrefix(stderr, "5 packets captured\n") {
			t.Errorf("code %d: %s", code, stderr)
		}
		f, err := os.Open(file)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		c, err := pcap.NewReader(f)
		if err != nil {
			t.Fatal(err)
		}
		var p pcap.Packet
		for c.Next(&p) == nil {
			if p.Flags().Direction() != pcap.Inbound || p.Flags().Reception() != pcap.Unicast || p.Len != 47 {
				t.Errorf("%+v", p)
			}
		}
		i := c.Interfaces()[0]
		if c.Err() != io.EOF || c.Packets() != 5 || i.Name != "right" || i.Filter != "udp" || *i.Statistics.Accepted != 5 || *i.Statistics.OSDrops != 0 {
			t.Errorf("%v, %d packets, %+v %+v", c.Err(), c.Packets(), i, i.Statistics)
		}
	})
	t.Run("a closed pipe", func(t *testing.T) {
		file := filepath.Join(t.TempDir(), "live.pcap")
		r := startCapture(t, "--print", "-w", file, "udp")
		r.send(t, 9, 5, 1)
		if _, err := r.out.ReadString('\n'); err != nil {
			t.Fatal(err)
		}
		r.pipe.Close()
		r.send(t, 9, 5, 1)
		_, stderr, code := r.end()
		if code != 141 || strings.Contains(stderr, "moonwire:") || packetsIn(file) == 0 {
			t.Errorf("code %d, %d packets: %s", code, packetsIn(file), stderr)
		}
	})
	t.Run("a full disk", func(t *testing.T) {
		r := startCapture(t, "-U", "-w", "/dev/full", "udp")
		r.send(t, 9, 5, 1)
		_, stderr, code := r.end()
		if code != 1 || !strings.Contains(stderr, "no space left on device") {
			t.Errorf("code %d: %s", code, stderr)
		}
	})
	t.Run("an interface that goes down", func(t *testing.T) {
		r := startCapture(t, "-c", "1", "udp")
		for _, up := range []bool{false, true} {
			if err := r.pair.Left.Network.Config().SetUp("right", up); err != nil {
				t.Fatal(err)
			}
		}
		line, _ := r.err.ReadString('\n')
		if line != "right went down; nothing comes until it is up\n" {
			t.Errorf("it says %q", line)
		}
		r.Process.Signal(os.Interrupt)
		r.end()
	})
	t.Run("rotation", func(t *testing.T) {
		dir := t.TempDir()
		r := startCapture(t, "-C", "1", "-W", "2", "-c", "1600", "-w", filepath.Join(dir, "ring"), "udp")
		r.send(t, 9, 1400, 1600)
		for !r.gone() { // some may be lost
			r.send(t, 9, 1400, 1)
			time.Sleep(time.Millisecond)
		}
		_, stderr, code := r.end()
		a, b := packetsIn(filepath.Join(dir, "ring0")), packetsIn(filepath.Join(dir, "ring1"))
		if files, _ := os.ReadDir(dir); code != 0 || len(files) != 2 || a == 0 || b == 0 || a+b >= 1600 {
			t.Errorf("code %d, %v with %d and %d packets: %s", code, files, a, b, stderr)
		}
	})
	t.Run("nothing there", func(t *testing.T) {
		p := nettest.NewPair(t)
		out, err := exec.Command("moonwire", "capture", "--netns", p.Left.Path, "-i", "rihgt").CombinedOutput()
		if err == nil || !bytes.Contains(out, []byte("no interface 'rihgt' (did you mean 'right'?)")) && !bytes.Contains(out, []byte("namespace")) {
			t.Errorf("%v: %s", err, out)
		}
	})
}

// packetsIn counts the whole packets in a file.
func packetsIn(file string) int64 {
	f, err := os.Open(file)
	if err != nil {
		return 0
	}
	defer f.Close()
	r, err := pcap.NewReader(f)
	if err != nil {
		return 0
	}
	n, _ := pcap.Count(r, nil) // it may be cut short: it is just being written
	return n
}
