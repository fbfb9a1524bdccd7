package record

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"unicode/utf8"
)

// Bytes are data in a record: a JSON string where they are text, else {"hex": "..."}.
type Bytes []byte

type hexed struct {
	Hex string `json:"hex"`
}

// MarshalJSON writes text as text.
func (b Bytes) MarshalJSON() ([]byte, error) {
	if b.text() {
		return json.Marshal(string(b))
	}
	return json.Marshal(hexed{hex.EncodeToString(b)})
}

// text says whether b can be read.
func (b Bytes) text() bool {
	for _, c := range b {
		if c < ' ' && c != '\n' && c != '\r' && c != '\t' || c == 0x7f {
			return false
		}
	}
	return utf8.Valid(b)
}

// UnmarshalJSON reads either form.
func (b *Bytes) UnmarshalJSON(j []byte) error {
	var text string
	if json.Unmarshal(j, &text) == nil {
		*b = Bytes(text)
		return nil
	}
	var h hexed
	if err := json.Unmarshal(j, &h); err != nil {
		return errors.New("neither a text nor {\"hex\": ...}")
	}
	data, err := hex.DecodeString(h.Hex)
	*b = data
	return err
}
