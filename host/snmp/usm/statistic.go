package usm

import "moonwire/host/snmp/oid"

// A Statistic is one of the counters with which an engine says why it refused a message (RFC 3414 section 5,
// usmStats). A Report carries its name.
type Statistic uint8

// The six statistics, in the order of their names.
const (
	UnsupportedSecLevels Statistic = iota + 1
	NotInTimeWindows
	UnknownUserNames
	UnknownEngineIDs
	WrongDigests
	DecryptionErrors
)

// Statistics are all six.
var Statistics = []Statistic{UnsupportedSecLevels, NotInTimeWindows, UnknownUserNames, UnknownEngineIDs, WrongDigests, DecryptionErrors}

// statistics has for each its name, its kind as scripts know it, and what it says of a request.
var statistics = [...]struct{ name, kind, meaning string }{
	UnsupportedSecLevels: {"usmStatsUnsupportedSecLevels", "security_level", "the user has no such security level"},
	NotInTimeWindows:     {"usmStatsNotInTimeWindows", "not_in_window", "the message is outside the engine's time window"},
	UnknownUserNames:     {"usmStatsUnknownUserNames", "unknown_user", "the engine has no such user"},
	UnknownEngineIDs:     {"usmStatsUnknownEngineIDs", "unknown_engine", "the engine has another id"},
	WrongDigests:         {"usmStatsWrongDigests", "wrong_digest", "the user exists, the authentication password or digest is wrong"},
	DecryptionErrors:     {"usmStatsDecryptionErrors", "decryption", "the message could not be decrypted"},
}

// String is the counter's name, such as usmStatsWrongDigests.
func (s Statistic) String() string { return statistics[s].name }

// Kind is the kind of refusal that scripts see, such as wrong_digest.
func (s Statistic) Kind() string { return statistics[s].kind }

// Meaning says what the statistic tells of a message that was refused.
func (s Statistic) Meaning() string { return statistics[s].meaning }

// OID is the name of the counter's only instance.
func (s Statistic) OID() oid.OID { return oid.OID{1, 3, 6, 1, 6, 3, 15, 1, 1, uint32(s), 0} }

// StatisticOf finds the statistic that a Report names; its instance may be missing.
func StatisticOf(o oid.OID) (Statistic, bool) {
	for _, s := range Statistics {
		if name := s.OID(); oid.Compare(o, name) == 0 || oid.Compare(o, name[:len(name)-1]) == 0 {
			return s, true
		}
	}
	return 0, false
}
