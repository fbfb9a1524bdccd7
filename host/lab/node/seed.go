package node

import (
	"crypto/sha256"
	"encoding/binary"
	"math/rand/v2"
	"sync"
)

// stream is a sequence of random numbers that follows from a seed and a name. Any goroutine may draw.
type stream struct {
	mu sync.Mutex
	r  *rand.ChaCha8
}

func newStream(seed int64, name string) *stream {
	key := binary.BigEndian.AppendUint64(nil, uint64(seed))
	return &stream{r: rand.NewChaCha8(sha256.Sum256(append(key, name...)))}
}

// Read fills b; it never fails.
func (s *stream) Read(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.r.Read(b)
}

// Int63 is a source's of math/rand.
func (s *stream) Int63() int64 { return int64(s.Uint64() >> 1) }

// Uint64 draws one number.
func (s *stream) Uint64() uint64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.r.Uint64()
}

// Seed does nothing: the seed was said when the stream was made.
func (s *stream) Seed(int64) {}
