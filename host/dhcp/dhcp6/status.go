package dhcp6

import (
	"encoding/binary"
	"strconv"

	"moonwire/host/packet"
)

// A StatusCode says how a request ended (RFC 8415 section 21.13).
type StatusCode uint16

// The codes of RFC 8415.
const (
	Success       StatusCode = 0
	UnspecFail    StatusCode = 1
	NoAddrsAvail  StatusCode = 2
	NoBinding     StatusCode = 3
	NotOnLink     StatusCode = 4
	UseMulticast  StatusCode = 5
	NoPrefixAvail StatusCode = 6
)

// String is the code's name, as "NoAddrsAvail".
func (c StatusCode) String() string {
	if name := statuses.name(uint64(c)); name != "" {
		return name
	}
	return "status " + strconv.Itoa(int(c))
}

// StatusCodeOf is the code of that name, or of that number.
func StatusCodeOf(v packet.Value) (StatusCode, bool) {
	n, ok := statuses.number(v, 2)
	return StatusCode(n), ok
}

// statuses are IANA's status codes.
var statuses = newNames(map[uint64]string{
	0: "Success", 1: "UnspecFail", 2: "NoAddrsAvail", 3: "NoBinding", 4: "NotOnLink", 5: "UseMulticast", 6: "NoPrefixAvail",
	7: "UnknownQueryType", 8: "MalformedQuery", 9: "NotConfigured", 10: "NotAllowed", // RFC 5007
	11: "QueryTerminated",                                                                    // RFC 5460
	12: "DataMissing", 13: "CatchUpComplete", 14: "NotSupported", 15: "TLSConnectionRefused", // RFC 7653
	16: "AddressInUse", 17: "ConfigurationConflict", 18: "MissingBindingInformation", 19: "OutdatedBindingInformation", // RFC 8156
	20: "ServerShuttingDown", 21: "DNSUpdateNotSupported", 22: "ExcessiveTimeSkew",
})

// A Status is what a status code option says.
type Status struct {
	Code    StatusCode
	Message string
}

// Option is the status as an option.
func (s Status) Option() Option {
	return Option{Code: StatusOption, Data: append(binary.BigEndian.AppendUint16(nil, uint16(s.Code)), s.Message...)}
}

// Status is the first status among the options; success when there is none (RFC 8415 section 21.13).
func (s Options) Status() Status {
	if b, ok := s.Get(StatusOption); ok && len(b) >= 2 {
		return Status{StatusCode(binary.BigEndian.Uint16(b)), string(b[2:])}
	}
	return Status{}
}
