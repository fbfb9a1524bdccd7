package load

import (
	"context"
	"math"

	"moonwire/host/network"
)

// idle is the state of a client that waits for no answer.
const idle = kinds

// A client is one of the virtual clients.
type client struct {
	waits    kind     // for the answer to a message of this kind; idle: for none
	activity Activity // that it is about
	bound    bool
	queued   bool   // it stands in a queue of those that are free
	turn     uint32 // of its transaction identifiers
	sent     int64  // when, in nanoseconds: its last question
	address  [4]byte
	server   [4]byte
}

// An identity turns clients' turns into transaction identifiers and back, without a table. The identifiers are spread
// over all numbers, differently in each run.
type identity struct {
	clients, turns       uint32
	factor, inverse, mix uint32
}

func newIdentity(ctx context.Context, clients int) identity {
	random := network.Rand(ctx)
	factor := random.Uint32() | 1 // odd numbers have an inverse
	inverse := factor
	for range 5 { // Newton's iteration doubles the bits that are right
		inverse *= 2 - factor*inverse
	}
	return identity{clients: uint32(clients), turns: math.MaxUint32 / uint32(clients), factor: factor, inverse: inverse, mix: random.Uint32()}
}

// xid is the transaction identifier of a client's turn.
func (i *identity) xid(client int32, turn uint32) uint32 {
	return (uint32(client)+i.clients*(turn%i.turns))*i.factor ^ i.mix
}

// client is whose turn an identifier is; any may come from the wire.
func (i *identity) client(xid uint32) (client int32, turn uint32) {
	n := (xid ^ i.mix) * i.inverse
	return int32(n % i.clients), n / i.clients
}
