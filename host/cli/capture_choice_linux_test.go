package cli_test

import (
	"net"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"moonwire/host/network/nettest"
	"moonwire/host/pcap"
)

// TestCaptureChoices chooses interfaces, directions and files.
func TestCaptureChoices(t *testing.T) {
	if !nettest.Inside(t) {
		return
	}
	for _, c := range []struct{ flag, want string }{{"in", "9 9 9"}, {"out", "8 8"}, {"inout", "8 8 9 9 9"}} {
		t.Run("direction "+c.flag, func(t *testing.T) {
			t.Parallel()
			r := startCapture(t, "-Q", c.flag, "udp")
			sendTo(t, r.pair.Left, net.IPv4(10, 0, 11, 2), 8, 5, 2)
			r.send(t, 9, 5, 3)
			if got := r.ports(t, strings.Count(c.want, " ")+1); got != c.want {
				t.Errorf("captured packets to ports %s, want %s", got, c.want)
			}
		})
	}
	for name, args := range map[string][]string{"several interfaces": {"-i", "lo", "-i", "right"}, "any interface": {"-i", "any"}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			file := filepath.Join(t.TempDir(), "both.pcapng")
			r := startCaptureOn(t, 2, append(args, "-Q", "in", "-c", "5", "-w", file, "udp")...)
			sendTo(t, r.pair.Left, net.IPv4(127, 0, 0, 1), 8, 5, 2)
			r.send(t, 9, 5, 3)
			if _, stderr, code := r.end(); code != 0 || !strings.HasPrefix(stderr, "5 packets captured\n") {
				t.Errorf("code %d: %s", code, stderr)
			}
			if got, want := cameBy(t, file), []string{"lo", "lo", "right", "right", "right"}; !slices.Equal(got, want) {
				t.Errorf("the packets came by %v, want %v", got, want)
			}
		})
	}
	t.Run("files by time", func(t *testing.T) {
		t.Parallel()
		dir := t.TempDir()
		r := startCapture(t, "-U", "-G", "1", "-W", "2", "-w", filepath.Join(dir, "at-%s.pcap"), "udp")
		files := func() []string {
			all, _ := filepath.Glob(filepath.Join(dir, "at-*.pcap"))
			return all
		}
		for len(files()) < 2 {
			r.send(t, 9, 5, 1)
			time.Sleep(10 * time.Millisecond)
		}
		for all, ended := files(), false; !ended; {
			r.send(t, 9, 5, 1)
			time.Sleep(10 * time.Millisecond)
			if now := files(); !slices.Equal(now, all) {
				t.Fatalf("files %v after %v", now, all)
			}
			ended = r.gone()
		}
		_, stderr, code := r.end()
		all := files()
		if code != 0 || len(all) != 2 || packetsIn(all[0]) == 0 || packetsIn(all[1]) == 0 || !regexp.MustCompile(`at-\d{10}\.pcap$`).MatchString(all[0]) {
			t.Errorf("code %d, files %v with %d and more packets: %s", code, all, packetsIn(all[0]), stderr)
		}
	})
}

// ports are those that so many packets went to, in order of their numbers; then the capture is ended.
func (r *run) ports(t *testing.T, count int) string {
	t.Helper()
	var ports []string
	for range count {
		line, err := r.out.ReadString('\n')
		if err != nil {
			t.Fatal(err)
		}
		if port := regexp.MustCompile(`udp \d+ > (\d+)`).FindStringSubmatch(line); port != nil {
			ports = append(ports, port[1])
		}
	}
	r.Process.Signal(os.Interrupt)
	if rest, _, code := r.end(); code != 130 || rest != "" {
		t.Errorf("code %d, and more: %s", code, rest)
	}
	slices.Sort(ports)
	return strings.Join(ports, " ")
}

// gone says whether the command has said its last words.
func (r *run) gone() bool {
	if r.ended == nil {
		r.ended = make(chan struct{})
		go func() {
			r.err.Peek(1)
			close(r.ended)
		}()
	}
	select {
	case <-r.ended:
		return true
	default:
		return false
	}
}

// cameBy are the names of the interfaces that a file's packets came by, sorted.
func cameBy(t *testing.T, file string) (names []string) {
	t.Helper()
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
		names = append(names, c.Interfaces()[p.Interface].Name)
	}
	slices.Sort(names)
	return names
}
