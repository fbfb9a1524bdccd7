// Package survey asks a link for its DHCP servers: a client discovers, takes nothing, and all that offer are judged as a
// watch.Watcher judges those that it hears.
package survey

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"time"

	"moonwire/host/dhcp/client4"
	"moonwire/host/dhcp/dhcp4"
	"moonwire/host/dhcp/station"
	"moonwire/host/dhcp/watch"
)

// A Found is a server that offered something.
type Found struct {
	watch.Server
	Offer *dhcp4.Message // its last
}

// Servers collects offers for a time. That nobody offers anything is no error.
func Servers(ctx context.Context, l *station.Link, as client4.Config, allow watch.Allow, wait time.Duration) ([]*Found, error) {
	c, err := client4.New(ctx, l, as)
	if err != nil {
		return nil, err
	}
	defer c.Close()
	var silence *client4.Silence
	if _, err := c.DiscoverAll(ctx, netip.Addr{}, wait); err != nil && !errors.As(err, &silence) {
		return nil, err
	}
	return judge(c.Exchanged(), allow), nil
}

// judge finds the servers among what a client heard.
func judge(heard []client4.Exchange, allow watch.Allow) (list []*Found) {
	w := watch.New(watch.Options{Allow: allow})
	type key struct{ id, mac string }
	offers := map[key]*dhcp4.Message{}
	for _, x := range heard {
		if x.Out || x.Message == nil || x.Message.Type() != dhcp4.Offer {
			continue
		}
		for _, e := range w.See(&watch.Sighting{Time: x.Time, SrcMAC: x.SrcMAC, DstMAC: x.DstMAC, Src: x.Src, Dst: x.Dst, V4: x.Message}) {
			if e.Server != nil {
				offers[key{e.Server.ID, e.Server.MAC.String()}] = x.Message
			}
		}
	}
	for _, s := range w.Servers() {
		list = append(list, &Found{*s, offers[key{s.ID, net.HardwareAddr(s.MAC).String()}]})
	}
	return list
}
