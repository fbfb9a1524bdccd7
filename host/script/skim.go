package script

// Skim reads of a header what lists show and selections ask for: title, about and categories. It is for headers that Parse
// has found good before, a tenth of whose work it does.
func Skim(src string) *Header {
	entries, length := entriesOf(src)
	h := &Header{Lines: length}
	for _, e := range entries {
		if k := keys[e.key]; k.listed {
			_ = k.set(h, e)
		}
	}
	return h
}
