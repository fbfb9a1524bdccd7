package flow

// analysis is what the passes note on a block.
type analysis struct {
	at                int  // place of the first instruction
	farTrue, farFalse bool // the jump goes through an unconditional one
}
