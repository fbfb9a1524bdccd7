package pcap

import (
	"context"
	"math"
	"net"
	"net/netip"
	"strings"
	"time"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
	"moonwire/host/network"
	"moonwire/host/pcap"
)

type writerArgs struct {
	Self *Writer `lua:"self"`
}

func closeWriter(_ context.Context, a writerArgs) (decl.Done, error) {
	return decl.Done{}, a.Self.Close()
}

func flush(ctx context.Context, a writerArgs) (decl.Done, error) {
	return decl.Done{}, a.Self.writing(ctx, (*pcap.Writer).Flush)
}

func written(ctx context.Context, a writerArgs) (n int64, err error) {
	err = a.Self.writing(ctx, func(w *pcap.Writer) error {
		n = w.Packets()
		return nil
	})
	return n, err
}

type interfaceArgs struct {
	Self        *Writer          `lua:"self"`
	Name        string           `lua:"opts.name" doc:"as eth0"`
	Description string           `lua:"opts.description" doc:"what it is"`
	LinkType    string           `lua:"opts.linktype" doc:"tcpdump's name of the link type, or its number; else EN10MB"`
	Snap        int              `lua:"opts.snap" range:"0.." doc:"bytes kept of a packet; else all"`
	Filter      string           `lua:"opts.filter" doc:"what is captured, in tcpdump's language"`
	Addresses   []netip.Prefix   `lua:"opts.addresses" doc:"its own, as ip/length"`
	MAC         net.HardwareAddr `lua:"opts.mac" doc:"its own"`
	Speed       int64            `lua:"opts.speed" range:"0.." doc:"bits a second"`
	OS          string           `lua:"opts.os" doc:"operating system it is on"`
	Hardware    string           `lua:"opts.hardware" doc:"what it is made of"`
	Comment     string           `lua:"opts.comment" doc:"what there is to say"`
}

// addInterface is writer:interface(opts).
func addInterface(ctx context.Context, a interfaceArgs) (n int, err error) {
	i := pcap.Interface{LinkType: pcap.Ethernet, Snap: a.Snap, Name: a.Name, Description: a.Description, Filter: a.Filter, Addrs: a.Addresses, MAC: a.MAC,
		Speed: uint64(a.Speed), OS: a.OS, Hardware: a.Hardware, FCS: -1}
	if a.Comment != "" {
		i.Comments = []string{a.Comment}
	}
	if a.LinkType != "" {
		if i.LinkType, err = linkType(a.LinkType); err != nil {
			return 0, decl.BadArg("linktype", "%s", err)
		}
	}
	err = a.Self.writing(ctx, func(w *pcap.Writer) error {
		n, err = w.AddInterface(i)
		return err
	})
	return n + 1, err
}

type namesArgs struct {
	Self  *Writer             `lua:"self"`
	Names map[string][]string `lua:"names" doc:"lists of names by address, as reader:names gives them"`
}

// addNames is writer:names(names).
func addNames(ctx context.Context, a namesArgs) (decl.Done, error) {
	var list []pcap.Name
	for address, names := range a.Names {
		b, err := addressBytes(address)
		if err != nil {
			return decl.Done{}, err
		}
		for _, name := range names {
			if strings.Contains(name, "\x00") {
				return decl.Done{}, decl.BadArg("names", "a name of %s has a zero byte", address)
			}
		}
		list = append(list, pcap.Name{Addr: b, Names: names})
	}
	return decl.Done{}, a.Self.writing(ctx, func(w *pcap.Writer) error { return w.AddNames(list) })
}

// addressBytes are the bytes of an IP or MAC address.
func addressBytes(address string) ([]byte, error) {
	if ip, err := netip.ParseAddr(address); err == nil {
		return ip.AsSlice(), nil
	}
	mac, err := net.ParseMAC(address)
	if err != nil {
		return nil, decl.BadArg("names", "an IP or MAC address expected, got '%s'", address)
	}
	return mac, nil
}

type secretsArgs struct {
	Self *Writer `lua:"self"`
	Text []byte  `lua:"text" doc:"the secrets: for TLS lines as SSLKEYLOGFILE has them"`
	Type string  `lua:"type" choices:"tls|ssh|wireguard" doc:"what they are for"`
}

// addSecrets is writer:secrets(text, type).
func addSecrets(ctx context.Context, a secretsArgs) (decl.Done, error) {
	s := pcap.Secrets{Type: secretTypes[a.Type], Data: a.Text}
	return decl.Done{}, a.Self.writing(ctx, func(w *pcap.Writer) error { return w.AddSecrets(s) })
}

type statisticsArgs struct {
	Self           *Writer    `lua:"self"`
	Interface      lua.LValue `lua:"opts.interface" type:"string|integer" doc:"name or number of the interface; else the first"`
	Start          *float64   `lua:"opts.start" doc:"of the capture, in seconds since 1970"`
	Stop           *float64   `lua:"opts.stop" doc:"of the capture"`
	Received       *int64     `lua:"opts.received" doc:"packets that the interface received"`
	InterfaceDrops *int64     `lua:"opts.interface_drops" doc:"packets that the interface lost"`
	Accepted       *int64     `lua:"opts.accepted" doc:"packets that the filter let through"`
	KernelDrops    *int64     `lua:"opts.kernel_drops" doc:"packets that the operating system lost"`
	Delivered      *int64     `lua:"opts.delivered" doc:"packets that the capturing program got"`
	Comment        string     `lua:"opts.comment" doc:"what there is to say"`
}

// addStatistics is writer:statistics(opts).
func addStatistics(ctx context.Context, a statisticsArgs) (decl.Done, error) {
	s := pcap.Statistics{Time: network.ClockFrom(ctx).Now(), Received: unsigned(a.Received), IfDrops: unsigned(a.InterfaceDrops),
		Accepted: unsigned(a.Accepted), OSDrops: unsigned(a.KernelDrops), Used: unsigned(a.Delivered)}
	if a.Start != nil {
		s.Start = moment(*a.Start)
	}
	if a.Stop != nil {
		s.End = moment(*a.Stop)
	}
	if a.Comment != "" {
		s.Comments = []string{a.Comment}
	}
	return decl.Done{}, a.Self.writing(ctx, func(w *pcap.Writer) error {
		i, ok := 0, true
		if a.Interface != nil {
			i, ok = indexOf(w, a.Interface)
		}
		if !ok {
			return decl.BadArg("interface", "%s", noInterface(w, a.Interface))
		}
		return w.AddStatistics(i, &s)
	})
}

// unsigned is signed's inverse.
func unsigned(n *int64) *uint64 {
	if n == nil {
		return nil
	}
	u := uint64(max(*n, 0))
	return &u
}

// moment is a time that Lua has in seconds.
func moment(t float64) time.Time {
	whole, fraction := math.Modf(t)
	return time.Unix(int64(whole), int64(fraction*1e9))
}
