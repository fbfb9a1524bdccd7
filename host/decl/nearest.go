package decl

import "moonwire/host/decl/nearest"

// Nearest is the known name that a misspelt one may have meant, "" when there is none (see package nearest).
func Nearest(word string, known []string) string { return nearest.Word(word, known) }
