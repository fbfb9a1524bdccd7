package client4

// A State is one of RFC 2131's (figure 5).
type State string

// The states.
const (
	Init       State = "init"
	Selecting  State = "selecting"
	Requesting State = "requesting"
	InitReboot State = "init-reboot"
	Rebooting  State = "rebooting"
	Bound      State = "bound"
	Renewing   State = "renewing"
	Rebinding  State = "rebinding"
)
