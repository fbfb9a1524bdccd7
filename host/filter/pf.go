package filter

import (
	"strings"
)

// Fields of the header that OpenBSD's packet filter logs.
const (
	pfReason    = 3
	pfInterface = 4
	pfRuleset   = 20
	pfRule      = 36
	pfSubrule   = 40
	pfDirection = 60
	pfNameSize  = 16
)

var (
	fieldAF     = byteAt(fromHeader, 1)
	fieldAction = byteAt(fromHeader, 2)
)

var pfReasons = map[string]uint32{
	"match": 0, "bad-offset": 1, "fragment": 2, "short": 3, "normalize": 4, "memory": 5, "bad-timestamp": 6,
	"congestion": 7, "ip-option": 8, "proto-cksum": 9, "state-mismatch": 10, "state-insert": 11, "state-limit": 12,
	"src-limit": 13, "synproxy": 14,
}

var pfActions = map[string]uint32{
	"pass": 0, "accept": 0, "drop": 1, "block": 1, "scrub": 2, "noscrub": 3, "nat": 4, "nonat": 5, "binat": 6,
	"nobinat": 7, "rdr": 8, "nordr": 9, "synproxy-drop": 10,
}

func (g *generator) onPF(word string) {
	if g.linkType != linkPFLog {
		g.fail("%s goes with captures of %s, and this is one of %s", word, linkName(linkPFLog), linkName(g.linkType))
	}
}

// pfName tests a name in the header.
func (g *generator) pfName(word, name string, at uint32) *cond {
	g.onPF(word)
	if len(name) >= pfNameSize {
		g.fail("%s takes a name of at most %d letters", word, pfNameSize-1)
	}
	return g.bytes(fromHeader, at, []byte(name))
}

// pfNumber tests a rule's number.
func (g *generator) pfNumber(word string, at, n uint32) *cond {
	g.onPF(word)
	return g.equal(wordAt(fromHeader, at), n)
}

// pfNamed looks a reason or an action up.
func (g *generator) pfNamed(what, name string, table map[string]uint32) uint32 {
	n, ok := table[strings.ToLower(name)]
	if !ok {
		g.fail("%s is no %s of the packet filter%s", quote(name), what, suggest(name, sorted(table)))
	}
	return n
}
