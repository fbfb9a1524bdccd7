package keyring

import (
	"fmt"

	"moonwire/host/pack"
)

// A Signer is who stands behind a pack.
type Signer struct {
	Signed  bool
	KeyID   string // as the signature claims it; only Trusted makes it true
	Comment string // of the signature
	Key     *Key   // the trusted key; nil: nobody who is trusted has signed it
}

// Trusted says whether a trusted key has signed.
func (s Signer) Trusted() bool { return s.Key != nil }

// String is who has signed, in words.
func (s Signer) String() string {
	switch {
	case s.Trusted():
		return fmt.Sprintf("signed by '%s', a key that you trust (%s)", s.Key.Name, s.KeyID)
	case s.Signed:
		return fmt.Sprintf("signed by key %s, which you don't know", s.KeyID)
	}
	return "not signed"
}

// SignerOf finds out who has signed a pack. A signature that claims to be by a trusted key and isn't right is an error.
func (s *Store) SignerOf(p *pack.Pack) (Signer, error) {
	if p.Signature == nil {
		return Signer{}, nil
	}
	signer := Signer{Signed: true, KeyID: p.Signature.KeyID, Comment: p.Signature.Comment}
	keys, err := s.Keys()
	if err != nil {
		return signer, err
	}
	for _, k := range keys {
		if k.ID() != signer.KeyID {
			continue
		}
		if p.SignedBy(k.Public) {
			signer.Key, signer.Comment = &k, p.Signature.Comment
			return signer, nil
		}
		err = fmt.Errorf("its signature is not by '%s' (%s), as it says: the pack was altered, or another's signature put in", k.Name, k.ID())
	}
	return signer, err
}
