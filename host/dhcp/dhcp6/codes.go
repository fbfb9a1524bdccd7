package dhcp6

// Codes of the options that clients, servers and relay agents work with (RFC 8415 section 21).
const (
	ClientID       = 1
	ServerID       = 2
	IANA           = 3
	IATA           = 4
	IAAddr         = 5
	OptionRequest  = 6
	Preference     = 7
	ElapsedTime    = 8
	RelayMessage   = 9
	Authentication = 11
	ServerUnicast  = 12
	StatusOption   = 13
	RapidCommit    = 14
	UserClass      = 15
	VendorClass    = 16
	InterfaceID    = 18
	ReconfMessage  = 19
	ReconfAccept   = 20
	IAPD           = 25
	IAPref         = 26
	InfoRefresh    = 32
	RemoteID       = 37 // RFC 4649
	ClientFQDN     = 39
	EchoRequest    = 43 // RFC 4994
	ClientLinkAddr = 79 // RFC 6939
	SolMaxRT       = 82
	InfMaxRT       = 83
	RelayPort      = 135 // RFC 8357
)
