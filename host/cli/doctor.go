package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"syscall"

	"moonwire/host/ink"
	"moonwire/host/network"
)

var doctorCommand = &Command{
	Usage: "doctor",
	Short: "say what this machine allows, and the remedy",
	Long: `
Tries each thing that experiments may need and says whether it works here: raw frames, raw IP and ping sockets, ports
below 1024, IPv6, network namespaces, open files, memory limits. Nothing is changed, but what a run that was killed has
left on this machine is undone. What does not work comes with a remedy.`,
	Run: func(args []string, s Streams) error {
		if len(args) > 0 {
			return usagef("doctor takes no words, got '%s'", args[0])
		}
		writeDiagnosis(s.Out, examinations())
		return nil
	},
}

// An examination tries one thing.
type examination struct {
	name   string
	for_   string // what experiments use it for
	try    func() (found string, err error)
	remedy string // "" when there is none
}

// writeDiagnosis tries everything, then lists the remedies, each one once.
func writeDiagnosis(out io.Writer, list []examination) {
	fmt.Fprintln(out, versionLine())
	fmt.Fprintln(out)
	var remedies []string
	i := ink.Of(out)
	for _, e := range list {
		found, err := e.try()
		mark := i.Paint(ink.Green, "ok")
		if err != nil {
			mark, found = i.Paint(ink.Red, "no"), err.Error()
			if e.remedy != "" && !strings.Contains(strings.Join(remedies, "\n"), e.remedy) {
				remedies = append(remedies, e.remedy)
			}
		}
		fmt.Fprintf(out, "%s  %-18s %-42s %s\n", mark, e.name, e.for_, found)
	}
	for _, r := range remedies {
		fmt.Fprintf(out, "\n%s\n", r)
	}
}

// examinations are all of them, those that every system has first.
func examinations() []examination {
	return append([]examination{
		{"sockets", "TCP and UDP on this machine", listens("127.0.0.1:0"), ""},
		{"IPv6", "the same over IPv6", listens("[::1]:0"), ""},
		{"low ports", "servers on ports below 1024", lowPort, lowPorts},
	}, systemExaminations()...)
}

const lowPorts = `Ports below 1024 need root, the capability cap_net_bind_service, or a lower limit (on Linux):

  sudo sysctl -w net.ipv4.ip_unprivileged_port_start=0`

// listens tries to be a TCP server.
func listens(address string) func() (string, error) {
	return func() (string, error) {
		l, err := network.Kernel().Listen(context.Background(), "tcp", address, nil)
		if err != nil {
			return "", err
		}
		return "", l.Close()
	}
}

// lowPort tries ports below 1024 until one is free or denied.
func lowPort() (string, error) {
	for port := 1023; ; port-- {
		found, err := listens("127.0.0.1:" + strconv.Itoa(port))()
		if !errors.Is(err, syscall.EADDRINUSE) || port == 1 {
			return found, err
		}
	}
}
