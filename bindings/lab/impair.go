package lab

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"time"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
	"moonwire/host/lab/wire"
)

// faults are what may be wrong with a link, or with one direction of it.
type faults struct {
	From      string         `lua:"from?" doc:"only what this node sends; else both directions"`
	Loss      float64        `lua:"loss?" range:"0..1" doc:"chance that a frame is lost, each for itself"`
	Burst     *burst         `lua:"burst?" doc:"losses in bursts, beside loss (Gilbert-Elliott)"`
	Corrupt   float64        `lua:"corrupt?" range:"0..1" doc:"chance that one bit of a frame is flipped"`
	Duplicate float64        `lua:"duplicate?" range:"0..1" doc:"chance that a frame arrives twice"`
	Delay     time.Duration  `lua:"delay?" range:"0..86400" doc:"seconds that a frame takes"`
	Jitter    time.Duration  `lua:"jitter?" range:"0..86400" doc:"seconds by which that changes, either way"`
	Overtake  bool           `lua:"overtake?" doc:"a frame that jitter delays less arrives before earlier ones"`
	Reorder   float64        `lua:"reorder?" range:"0..1" doc:"chance that a frame leaves the order"`
	Late      time.Duration  `lua:"late?" range:"0..86400" doc:"seconds that such a frame comes late; else it goes ahead without delay"`
	Rate      lua.LValue     `lua:"rate?" doc:"bits a second: a number, or a text such as \"1Mbps\"; else no limit"`
	Queue     int            `lua:"queue?" range:"0..16777216" doc:"frames that wait for a link with a rate; 0: 1000"`
	Filter    *lua.LFunction `lua:"filter?" doc:"called with each frame, a packet, and who sent it; what it returns goes on: nothing or true is the frame itself, false or false and a reason drops it, a packet or bytes replace it, and so does a list"`
}

// burst is when losses come together.
type burst struct {
	P        float64 `lua:"p" range:"0..1" doc:"chance that a good link turns bad with a frame"`
	R        float64 `lua:"r?" range:"0..1" doc:"chance that a bad one turns good; else 1 - p"`
	LossBad  float64 `lua:"loss_bad?" range:"0..1" doc:"chance that a bad link loses a frame; else 1"`
	LossGood float64 `lua:"loss_good?" range:"0..1" doc:"chance that a good one does"`
}

// impairment is what package wire takes of the faults; the filter is added by who has the script.
func (f *faults) impairment() (i wire.Impairment, err error) {
	i = wire.Impairment{Loss: f.Loss, Corrupt: f.Corrupt, Duplicate: f.Duplicate, Delay: f.Delay, Jitter: f.Jitter, Overtake: f.Overtake,
		Reorder: f.Reorder, Late: f.Late, Queue: f.Queue}
	if b := f.Burst; b != nil {
		i.Burst = &wire.GilbertElliott{P: b.P, R: b.R, LossBad: b.LossBad, LossGood: b.LossGood}
	}
	if f.Rate != nil {
		i.Rate, err = rateOf(f.Rate)
	}
	return i, err
}

var rateText = regexp.MustCompile(`^([0-9]+(?:\.[0-9]+)?) *([kKMG]?)(?:bps|bit/s|bit)$`)

// rateOf reads bits a second.
func rateOf(v lua.LValue) (int64, error) {
	if n, ok := v.(lua.LNumber); ok && n >= 1 && n <= 1e15 {
		return int64(math.Round(float64(n))), nil
	}
	m := rateText.FindStringSubmatch(lua.LVAsString(v))
	if m == nil || v.Type() != lua.LTString {
		return 0, fmt.Errorf("bits a second expected, as a number or as \"10Mbps\", got %s", shown(v))
	}
	n, err := strconv.ParseFloat(m[1], 64)
	n *= map[string]float64{"": 1, "k": 1e3, "K": 1e3, "M": 1e6, "G": 1e9}[m[2]]
	if err != nil || n < 1 || n > 1e15 {
		return 0, fmt.Errorf("a rate of %s is out of range (1 bps to 1000000 Gbps)", v)
	}
	return int64(math.Round(n)), nil
}

// shown is a value in a message.
func shown(v lua.LValue) string {
	switch v := v.(type) {
	case lua.LString:
		return strconv.Quote(string(v))
	case lua.LNumber:
		return decl.FormatNumber(float64(v))
	}
	return decl.TypeName(v)
}
