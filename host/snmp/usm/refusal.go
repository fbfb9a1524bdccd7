package usm

// A Refusal is why a message was not accepted here: the statistic that counts it, and a detail.
type Refusal struct {
	Statistic Statistic
	Detail    string // "" when the statistic says it all
}

// Refusals without a detail, for errors.Is.
var (
	ErrSecurityLevel = &Refusal{Statistic: UnsupportedSecLevels}
	ErrNotInWindow   = &Refusal{Statistic: NotInTimeWindows}
	ErrUnknownUser   = &Refusal{Statistic: UnknownUserNames}
	ErrUnknownEngine = &Refusal{Statistic: UnknownEngineIDs}
	ErrWrongDigest   = &Refusal{Statistic: WrongDigests}
	ErrDecryption    = &Refusal{Statistic: DecryptionErrors}
)

// Error is the statistic's meaning and the detail.
func (r *Refusal) Error() string {
	if r.Detail == "" {
		return r.Statistic.Meaning()
	}
	return r.Statistic.Meaning() + ": " + r.Detail
}

// Kind is the kind of refusal that scripts see.
func (r *Refusal) Kind() string { return r.Statistic.Kind() }

// Is says that refusals with the same statistic are the same error.
func (r *Refusal) Is(target error) bool {
	t, ok := target.(*Refusal)
	return ok && t.Statistic == r.Statistic
}

// refuse is a refusal with a detail.
func refuse(s Statistic, detail string) error { return &Refusal{s, detail} }
