package node

import (
	"gvisor.dev/gvisor/pkg/tcpip"
	"gvisor.dev/gvisor/pkg/tcpip/header"
	"gvisor.dev/gvisor/pkg/tcpip/stack"
)

// InterfaceStats are an interface's counters, by the names of ifTable (RFC 2863).
type InterfaceStats struct {
	InOctets, InUcastPkts, InMulticastPkts, InBroadcastPkts     uint64
	InDiscards, InErrors, InUnknownProtos                       uint64
	OutOctets, OutUcastPkts, OutMulticastPkts, OutBroadcastPkts uint64
	OutDiscards                                                 uint64
}

// InterfaceStats are those of one interface.
func (n *Node) InterfaceStats(iface string) (InterfaceStats, error) {
	d := n.device(iface)
	if d == nil {
		return InterfaceStats{}, n.missing(iface)
	}
	c := &d.counts
	return InterfaceStats{
		InOctets: c.inOctets.Load(), InUcastPkts: c.inUnicast.Load(), InMulticastPkts: c.inMulticast.Load(),
		InBroadcastPkts: c.inBroadcast.Load(), InDiscards: c.inDiscards.Load(), InErrors: c.inErrors.Load(),
		InUnknownProtos: c.inUnknown.Load(),
		OutOctets:       c.outOctets.Load(), OutUcastPkts: c.outUnicast.Load(), OutMulticastPkts: c.outMulticast.Load(),
		OutBroadcastPkts: c.outBroadcast.Load(), OutDiscards: c.outDiscards.Load(),
	}, nil
}

// IPStats are the counters of one version of IP, by the names of ipSystemStatsTable (RFC 4293).
type IPStats struct {
	InReceives, InHdrErrors, InAddrErrors, InUnknownProtos, InDelivers uint64
	ReasmReqds, ForwDatagrams                                          uint64
	OutRequests, OutNoRoutes, OutDiscards                              uint64
	FragOKs, FragFails, FragCreates                                    uint64
}

// ICMPStats are the counters of one version of ICMP, with those of each type.
type ICMPStats struct {
	InMsgs, InErrors, OutMsgs uint64
	InTypes, OutTypes         map[byte]uint64
}

// TCPStats are the counters of TCP (RFC 4022).
type TCPStats struct {
	ActiveOpens, PassiveOpens, AttemptFails, EstabResets, CurrEstab uint64
	InSegs, OutSegs, RetransSegs, InErrs, OutRsts                   uint64
}

// UDPStats are the counters of UDP (RFC 4113).
type UDPStats struct{ InDatagrams, NoPorts, InErrors, OutDatagrams uint64 }

// Stats are a node's counters.
type Stats struct {
	IP, IP6     IPStats
	ICMP, ICMP6 ICMPStats
	TCP         TCPStats
	UDP         UDPStats
}

// Stats are the node's counters now.
func (n *Node) Stats() Stats {
	s := n.stack.Stats()
	t, u := s.TCP, s.UDP
	return Stats{
		IP:    n.ipStats(v4, header.IPv4ProtocolNumber),
		IP6:   n.ipStats(v6, header.IPv6ProtocolNumber),
		ICMP:  n.icmpStats(v4, s.ICMP.V4.PacketsReceived.Invalid.Value()),
		ICMP6: n.icmpStats(v6, s.ICMP.V6.PacketsReceived.Invalid.Value()),
		TCP: TCPStats{
			ActiveOpens: t.ActiveConnectionOpenings.Value(), PassiveOpens: t.PassiveConnectionOpenings.Value(),
			AttemptFails: t.FailedConnectionAttempts.Value(), EstabResets: t.EstablishedResets.Value(),
			CurrEstab: t.CurrentEstablished.Value(), InSegs: t.ValidSegmentsReceived.Value() + t.InvalidSegmentsReceived.Value(),
			OutSegs: t.SegmentsSent.Value(), RetransSegs: t.Retransmits.Value(),
			InErrs: t.InvalidSegmentsReceived.Value() + t.ChecksumErrors.Value(), OutRsts: t.ResetsSent.Value(),
		},
		UDP: UDPStats{
			InDatagrams: n.counts.udpIn.Load(), NoPorts: n.counts.udpNoPorts.Load(), OutDatagrams: n.counts.udpOut.Load(),
			InErrors: u.ChecksumErrors.Value() + u.MalformedPacketsReceived.Value() + u.ReceiveBufferErrors.Value(),
		},
	}
}

func (n *Node) ipStats(version int, proto tcpip.NetworkProtocolNumber) IPStats {
	c := &n.counts.ip[version]
	s := IPStats{
		InReceives: c.inReceives.Load(), InHdrErrors: c.inHdrErrors.Load(), InAddrErrors: c.inAddrErrors.Load(),
		InUnknownProtos: c.inUnknownProtos.Load(), ReasmReqds: c.reasmReqds.Load(), ForwDatagrams: c.forwarded.Load(),
		OutRequests: c.outRequests.Load(), OutNoRoutes: c.outNoRoutes.Load(), OutDiscards: c.outDiscards.Load(),
		FragOKs: c.fragOKs.Load(), FragFails: c.fragFails.Load(), FragCreates: c.fragCreates.Load(),
	}
	for _, nic := range n.stack.NICInfo() {
		if ip, ok := nic.NetworkStats[proto].(stack.IPNetworkEndpointStats); ok {
			s.InDelivers += ip.IPStats().PacketsDelivered.Value()
		}
	}
	return s
}

func (n *Node) icmpStats(version int, invalid uint64) ICMPStats {
	s := ICMPStats{InErrors: invalid}
	s.InTypes, s.InMsgs = n.counts.icmpIn[version].all()
	s.OutTypes, s.OutMsgs = n.counts.icmpOut[version].all()
	return s
}
