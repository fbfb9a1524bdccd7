package tape

import (
	"time"

	"moonwire/host/record"
)

// A Difference is the first place where a run isn't what the record says.
type Difference struct {
	Number int             // of the event of the record, from 1
	At     time.Duration   // since the start
	Want   *record.Event   // what the record has
	Got    *record.Event   // what the run did instead; nil: it ended, or waits
	Asked  *record.Event   // the question that Want answers, if it is an answer
	Ended  bool            // the script had ended
	Before []*record.Event // the last calls, which were equal
}
