package smi

// kind is the sort of a token.
type kind uint8

const (
	eof    kind = iota
	upper       // a word that begins with an upper-case letter: a type, a module, a keyword
	lower       // a word that begins with a lower-case letter: a value, a label
	number      // digits, with a minus perhaps
	text        // "…", without its quotes
	octets      // '…'H or '…'B, as written
	assign      // ::=
	dots        // .. between the ends of a range
	mark        // one character: { } ( ) [ ] , ; | and others
	junk        // what no MIB has
)

// A place is where something begins in a file; both count from 1, columns in bytes.
type place struct{ line, column int32 }

// token is one of ASN.1's items (ITU-T X.208 section 8), as far as MIB modules have them.
type token struct {
	kind       kind
	slip       slip // what is wrong with how it is written, though it can be read
	at         place
	start, end int32 // in the text of the file
	text       string
}

// is says whether t is the character c.
func (t *token) is(c string) bool { return t.kind == mark && t.text == c }

// word says whether t is a name or a keyword.
func (t *token) word() bool { return t.kind == upper || t.kind == lower }

// show is the token as a message cites it.
func (t *token) show() string {
	switch {
	case t.kind == eof:
		return "the end of the file"
	case t.kind == text:
		return "a quoted text"
	case len(t.text) > 40:
		return t.text[:37] + "..."
	}
	return t.text
}
