package pack

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"

	"aead.dev/minisign"
)

// maxSignature bounds a signature's text: minisign allows comments of 1,024 and 8,192 bytes.
const maxSignature = 16 << 10

// A Signature is one in minisign's format.
type Signature struct {
	KeyID   string // of the key that it claims to be by, as minisign prints it
	Comment string // the trusted one, which is signed too

	text []byte
}

// parseSignature reads a signature. Whether it is right is for SignedBy.
func parseSignature(text []byte) (*Signature, error) {
	var s minisign.Signature
	text = bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))
	if err := s.UnmarshalText(text); err != nil {
		return nil, refuseEntry(signatureName, "%s", strings.TrimPrefix(err.Error(), "minisign: "))
	}
	if strings.ContainsFunc(s.TrustedComment, func(r rune) bool { return !unicode.IsPrint(r) && r != '\t' }) {
		return nil, refuseEntry(signatureName, "a control character in its comment")
	}
	return &Signature{KeyID: KeyID(s.KeyID), Comment: s.TrustedComment, text: text}, nil
}

// KeyID is a key's number as minisign prints it.
func KeyID(id uint64) string { return fmt.Sprintf("%X", id) }

// SignedBy says whether the pack carries a right signature by a key.
func (p *Pack) SignedBy(key minisign.PublicKey) bool {
	return p.Signature != nil && minisign.Verify(key, p.text, p.Signature.text)
}

// sign signs a manifest's text. Equal packs get equal signatures: the comment has no time in it.
func sign(key minisign.PrivateKey, m *Manifest, text []byte) []byte {
	r := minisign.NewReader(bytes.NewReader(text))
	var b bytes.Buffer
	_, _ = b.ReadFrom(r)
	return r.SignWithComments(key, "moonwire pack "+m.Name+"@"+m.Version, "signature of "+manifestName+" by key "+KeyID(key.ID()))
}
