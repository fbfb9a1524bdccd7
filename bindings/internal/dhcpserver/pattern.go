package dhcpserver

import (
	"path"
	"strings"
)

// Matches says whether a text fits a pattern with * and ?.
func Matches(pattern, text string) bool {
	plain := strings.NewReplacer("/", "\x00", "[", "\\[", "\\", "\\\\")
	ok, err := path.Match(plain.Replace(pattern), strings.ReplaceAll(text, "/", "\x00"))
	return ok && err == nil
}

// Beginning makes a pattern of a part of an address or an identifier.
func Beginning(text string) string {
	if text == "" || strings.ContainsAny(text, "*?") {
		return strings.ToLower(text)
	}
	return strings.ToLower(text) + "*"
}
