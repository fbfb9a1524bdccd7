package script

import "moonwire/host/decl"

// Meant is the end of an error about an unknown word: " (did you mean 'x'?)", or nothing when no word is near.
func Meant(word string, words []string) string {
	if n := decl.Nearest(word, words); n != "" {
		return " (did you mean '" + n + "'?)"
	}
	return ""
}
