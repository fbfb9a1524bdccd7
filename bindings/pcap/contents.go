package pcap

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"strings"
	"time"

	"moonwire/host/decl"
	"moonwire/host/pcap"
)

type readerArgs struct {
	Self *Reader `lua:"self"`
}

func closeReader(_ context.Context, a readerArgs) (decl.Done, error) {
	return decl.Done{}, a.Self.Close()
}

func format(_ context.Context, a readerArgs) (string, error) { return a.Self.r.Format().String(), nil }

// An interfaceInfo is one interface of a file, as Lua sees it.
type interfaceInfo struct {
	Name        string            `lua:"name?" doc:"as eth0"`
	Description string            `lua:"description?"`
	LinkType    string            `lua:"linktype" doc:"tcpdump's name of the link type, as EN10MB"`
	Number      int               `lua:"number" doc:"the link type's number (tcpdump.org/linktypes.html)"`
	Snap        int               `lua:"snap?" doc:"bytes kept of a packet at most; nil: all"`
	Resolution  float64           `lua:"resolution" doc:"unit of times in the file, in seconds"`
	Offset      int64             `lua:"offset?" doc:"seconds that the file adds to its times"`
	Filter      string            `lua:"filter?" doc:"what was captured, in tcpdump's language"`
	Addresses   []netip.Prefix    `lua:"addresses?" doc:"its own, as ip/length"`
	MAC         net.HardwareAddr  `lua:"mac?"`
	Speed       int64             `lua:"speed?" doc:"bits a second"`
	OS          string            `lua:"os?" doc:"operating system it was on"`
	Hardware    string            `lua:"hardware?"`
	FCS         *int              `lua:"fcs?" doc:"length of the frame check sequence at each packet's end, as the file has it"`
	Comment     string            `lua:"comment?"`
	Section     int               `lua:"section" doc:"of the file, from 1"`
	Statistics  *statisticsRecord `lua:"statistics?" doc:"what was counted on it; it often stands at the file's end"`
}

// A statisticsRecord is what a capture counted.
type statisticsRecord struct {
	Time           time.Time `lua:"time?" doc:"of counting, in seconds since 1970"`
	Start          time.Time `lua:"start?" doc:"of the capture"`
	End            time.Time `lua:"stop?" doc:"of the capture"`
	Received       *int64    `lua:"received?" doc:"packets that the interface received"`
	InterfaceDrops *int64    `lua:"interface_drops?" doc:"packets that the interface lost"`
	Accepted       *int64    `lua:"accepted?" doc:"packets that the filter let through"`
	KernelDrops    *int64    `lua:"kernel_drops?" doc:"packets that the operating system lost"`
	Delivered      *int64    `lua:"delivered?" doc:"packets that the capturing program got"`
	Comment        string    `lua:"comment?"`
}

// interfaces is reader:interfaces().
func interfaces(ctx context.Context, a readerArgs) (list []interfaceInfo, err error) {
	err = a.Self.reading(ctx, func(r *pcap.Reader) error {
		if err := r.Preface(); err != nil {
			return err
		}
		for _, i := range r.Interfaces() {
			list = append(list, infoOf(i))
		}
		return nil
	})
	return list, ended(err)
}

func infoOf(i pcap.Interface) interfaceInfo {
	info := interfaceInfo{Name: i.Name, Description: i.Description, LinkType: pcap.LinkTypeName(i.LinkType), Number: i.LinkType, Snap: i.Snap,
		Resolution: i.Resolution.Seconds(), Offset: i.Offset, Filter: i.Filter, Addresses: i.Addrs, MAC: i.MAC, Speed: int64(i.Speed), OS: i.OS,
		Hardware: i.Hardware, Comment: strings.Join(i.Comments, "\n"), Section: i.Section + 1}
	if i.FCS >= 0 {
		info.FCS = &i.FCS
	}
	if s := i.Statistics; s != nil {
		info.Statistics = &statisticsRecord{Time: s.Time, Start: s.Start, End: s.End, Received: signed(s.Received), InterfaceDrops: signed(s.IfDrops),
			Accepted: signed(s.Accepted), KernelDrops: signed(s.OSDrops), Delivered: signed(s.Used), Comment: strings.Join(s.Comments, "\n")}
	}
	return info
}

// signed is a count as Lua has it: a number. No capture counts 2^53 packets.
func signed(n *uint64) *int64 {
	if n == nil {
		return nil
	}
	s := int64(*n)
	return &s
}

// names is reader:names().
func names(ctx context.Context, a readerArgs) (all map[string][]string, err error) {
	all = map[string][]string{}
	err = a.Self.reading(ctx, func(r *pcap.Reader) error {
		if err := r.Preface(); err != nil {
			return err
		}
		for _, n := range r.Names() {
			address := net.HardwareAddr(n.Addr).String()
			if ip, ok := n.IP(); ok {
				address = ip.String()
			}
			all[address] = append(all[address], n.Names...)
		}
		return nil
	})
	return all, ended(err)
}

// secretTypes are the kinds of secrets that scripts name.
var secretTypes = map[string]pcap.SecretsType{"tls": pcap.TLSKeyLog, "ssh": pcap.SSHKeyLog, "wireguard": pcap.WireGuardKeyLog}

// A secretsRecord is one block of secrets, as Lua sees it.
type secretsRecord struct {
	Type string `lua:"type" doc:"tls (lines as SSLKEYLOGFILE has them), ssh, wireguard, or a number in hexadecimal"`
	Text []byte `lua:"text" doc:"the secrets"`
}

// secrets is reader:secrets().
func secrets(ctx context.Context, a readerArgs) (list []secretsRecord, err error) {
	err = a.Self.reading(ctx, func(r *pcap.Reader) error {
		if err := r.Preface(); err != nil {
			return err
		}
		for _, s := range r.Secrets() {
			record := secretsRecord{Type: fmt.Sprintf("%08x", uint32(s.Type)), Text: s.Data}
			for name, number := range secretTypes {
				if number == s.Type {
					record.Type = name
				}
			}
			list = append(list, record)
		}
		return nil
	})
	return list, ended(err)
}

// A sectionRecord is one section of a file, as Lua sees it.
type sectionRecord struct {
	Application string `lua:"application?" doc:"program that wrote it"`
	OS          string `lua:"os?" doc:"operating system it ran on"`
	Hardware    string `lua:"hardware?"`
	Comment     string `lua:"comment?"`
	Order       string `lua:"order" doc:"byte order: little or big"`
}

// sections is reader:sections().
func sections(ctx context.Context, a readerArgs) (list []sectionRecord, err error) {
	err = a.Self.reading(ctx, func(r *pcap.Reader) error {
		for _, s := range r.Sections() {
			order := "little"
			if s.BigEndian {
				order = "big"
			}
			list = append(list, sectionRecord{s.Application, s.OS, s.Hardware, strings.Join(s.Comments, "\n"), order})
		}
		return nil
	})
	return list, err
}

// A blockRecord is one block of a file, as Lua sees it.
type blockRecord struct {
	Type int    `lua:"type" doc:"its number"`
	Name string `lua:"name?" doc:"what it is called; nil for a type that nobody knows"`
	Body []byte `lua:"body" doc:"the bytes without type and lengths"`
}

// blocks is reader:blocks().
func blocks(ctx context.Context, a readerArgs) (list []blockRecord, err error) {
	err = a.Self.reading(ctx, func(r *pcap.Reader) error {
		if err := r.Preface(); err != nil {
			return err
		}
		for _, b := range r.Blocks() {
			list = append(list, blockRecord{int(b.Type), b.Name(), b.Body()})
		}
		return nil
	})
	return list, ended(err)
}
