package record

import "time"

// Format is the version of the format that this package writes. It reads this one and older ones.
const Format = 1

// Places where a run can be.
const (
	InLab  = "lab"  // in a lab, or under simulated time otherwise: it is played by running it again
	InReal = "real" // on a real network: it is played from the answers
)

// A Header says what was run, where and when.
type Header struct {
	Format   int       `json:"format"`
	Moonwire string    `json:"moonwire"` // version of the program
	System   string    `json:"system"`   // as linux/amd64
	Place    string    `json:"place"`    // InLab or InReal
	Start    time.Time `json:"start"`    // when it began, by the script's clock
	Zone     Zone      `json:"zone"`

	Script string   `json:"script"`           // its name, as errors call it
	Called string   `json:"called"`           // as the command line calls it
	Dir    string   `json:"dir"`              // where it looked for modules first
	Words  []string `json:"words"`            // the command line behind "run", or behind a tool's name
	Tool   bool     `json:"tool,omitempty"`   // it was built into a tool
	Flags  []string `json:"flags,omitempty"`  // which the tool has built in
	Trust  int      `json:"trust"`            // where it came from
	Packed bool     `json:"packed,omitempty"` // modules and data came with it
	Grants []string `json:"grants,omitempty"` // what it was granted, if it is packed
	Allow  []string `json:"allow,omitempty"`  // all that it might do, as that was known where it ran
	Seed   int64    `json:"seed,string"`
	Can    Can      `json:"can"`
}

// A Zone is the time zone of a run.
type Zone struct {
	Name   string `json:"name"`
	Offset int    `json:"offset"` // seconds east of Greenwich
}

// Can says what the network of a run could do.
type Can struct {
	Inspect   bool `json:"inspect,omitempty"`   // count and list
	Configure bool `json:"configure,omitempty"` // be changed
}

// Location is the zone for package time.
func (z Zone) Location() *time.Location { return time.FixedZone(z.Name, z.Offset) }

// ZoneOf is the zone of a moment.
func ZoneOf(t time.Time) Zone {
	name, offset := t.Zone()
	return Zone{name, offset}
}

// An End says how a run ended.
type End struct {
	At      int64  `json:"at"` // nanoseconds since the start
	Events  int    `json:"events"`
	Code    int    `json:"code"`              // exit code
	Error   string `json:"error,omitempty"`   // what ended the script
	Stopped string `json:"stopped,omitempty"` // why it was ended from outside, or the recording was

}
