package wire

// GilbertElliott loses frames in bursts (E. N. Gilbert 1960, E. O. Elliott 1963). The link is good at first; with each
// frame it may turn bad, or good again. The names are those of netem's gemodel; its 1-h and 1-k are LossBad and LossGood.
type GilbertElliott struct {
	P        float64 // chance that a good link turns bad
	R        float64 // chance that a bad one turns good; 0: 1-P
	LossBad  float64 // chance that a bad link loses a frame; 0: 1
	LossGood float64 // chance that a good one does
}

func (g *GilbertElliott) check() error {
	for _, p := range []struct {
		name  string
		value float64
	}{{"burst.p", g.P}, {"burst.r", g.R}, {"burst.loss_bad", g.LossBad}, {"burst.loss_good", g.LossGood}} {
		if err := chance(p.name, p.value); err != nil {
			return err
		}
	}
	return nil
}

// next says whether a frame is lost, and whether the link is bad afterwards. What the link was decides about the frame.
func (g *GilbertElliott) next(bad bool, turn, loss float64) (lost, nowBad bool) {
	if !bad {
		return loss < g.LossGood, turn < g.P
	}
	r, most := g.R, g.LossBad
	if r == 0 {
		r = 1 - g.P
	}
	if most == 0 {
		most = 1
	}
	return loss < most, turn >= r
}
