package foreign

import (
	"testing"

	"github.com/google/gopacket"
	"github.com/google/gopacket/layers"
)

// parts are gopacket's layers that are fields of a layer with a table.
var parts = []gopacket.LayerType{
	layers.LayerTypeCiscoDiscoveryInfo, layers.LayerTypeLinkLayerDiscoveryInfo,
	layers.LayerTypeICMPv6RouterSolicitation, layers.LayerTypeICMPv6RouterAdvertisement,
	layers.LayerTypeICMPv6NeighborSolicitation, layers.LayerTypeICMPv6NeighborAdvertisement,
	layers.LayerTypeICMPv6Redirect, layers.LayerTypeICMPv6Echo,
	layers.LayerTypeMLDv1MulticastListenerQuery, layers.LayerTypeMLDv1MulticastListenerReport,
	layers.LayerTypeMLDv1MulticastListenerDone, layers.LayerTypeMLDv2MulticastListenerQuery,
	layers.LayerTypeMLDv2MulticastListenerReport,
	layers.LayerTypeSCTPUnknownChunkType, layers.LayerTypeSCTPData, layers.LayerTypeSCTPInit, layers.LayerTypeSCTPSack,
	layers.LayerTypeSCTPHeartbeat, layers.LayerTypeSCTPError, layers.LayerTypeSCTPShutdown,
	layers.LayerTypeSCTPShutdownAck, layers.LayerTypeSCTPCookieEcho, layers.LayerTypeSCTPEmptyLayer,
	layers.LayerTypeSCTPInitAck, layers.LayerTypeSCTPHeartbeatAck, layers.LayerTypeSCTPAbort,
	layers.LayerTypeSCTPShutdownComplete, layers.LayerTypeSCTPCookieAck,
}

// empties are the data frames of 802.11, which say nothing that the frame's header doesn't.
func empties(t gopacket.LayerType) bool {
	return layers.LayerTypeDot11Data <= t && t <= layers.LayerTypeDot11DataQOSCFAckPollNoData
}

// TestEveryType holds that each type of layer that gopacket has is read here or has a table.
func TestEveryType(t *testing.T) {
	t.Parallel()
	have := map[gopacket.LayerType]bool{}
	for _, k := range known {
		if have[k.layer.LayerType()] {
			t.Errorf("%s: its type is listed twice", k.name)
		}
		have[k.layer.LayerType()] = true
	}
	for l := range tabled {
		have[l] = true
	}
	for _, l := range parts {
		have[l] = true
	}
	for l := layers.LayerTypeARP; l <= layers.LayerTypeRADIUS; l++ {
		if !have[l] && !empties(l) {
			t.Errorf("gopacket's layer %d, %v, is missing", l, l)
		}
	}
}

func TestSnake(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"SrcIP": "src_ip", "TEID": "teid", "MyDiscriminator": "my_discriminator", "DBMAntennaSignal": "dbm_antenna_signal",
		"IPv6Src": "ipv6_src", "RequestURI": "request_uri", "Address1": "address1", "GTPExtensionHeaders": "gtp_extension_headers",
	} {
		if got := snake(name); got != want {
			t.Errorf("%s is %s, want %s", name, got, want)
		}
	}
}
