package smi

// slip is a fault of spelling that leaves no doubt of what is meant.
type slip uint8

const (
	noSlip slip = iota
	underscore
	digitFirst
	hyphenLast
	smartQuote
	openQuote
	oddSpace
)

// slipTexts say what is wrong, for a message that begins with the word at fault.
var slipTexts = [...]string{
	underscore: "has an underscore, which no name may have (RFC 2578 section 3.1)",
	digitFirst: "begins with a digit, and a name begins with a letter (RFC 2578 section 3.1)",
	hyphenLast: "ends with a hyphen, which no name may do (RFC 2578 section 3.1)",
	smartQuote: "is in typographic quotes where \" belongs (RFC 2578 section 3.1.1)",
	openQuote:  "has no closing quote",
	oddSpace:   "follows a character that is no white space in ASN.1",
}
