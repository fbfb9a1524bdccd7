package test

// A Job is what a worker is asked to do: load a file and, when Case isn't 0, run that one of its tests.
type Job struct {
	File  string
	Case  int    // from 1 on
	Name  string // of the case, which must still be called so
	Cover bool   // count how often lines run
}

// A Case is a test that a file declares.
type Case struct {
	Words  []string // its name below those of its groups
	Line   int
	Groups []int  // the lines of its groups
	Skip   string // why it isn't run; "" when it is
}

// A Result is how a job ended.
type Result struct {
	Cases   []Case // of a file that was only loaded
	Failure *Failure
	Leaks   []string // what a test that passed left behind, each with the line that made it
	Skipped string   // why the test ended itself
	Runs    []Ended  // scripts that it ran and that failed
	Output  string   // what it printed
	Seconds float64  // real ones
	Read    []string // the files that it read, without those that it has made

	Lines map[string]map[int]int // how often each line of a file ran; with 0, one that could
}

// A Failure is why a test failed.
type Failure struct {
	Message   string
	File      string // with Line, the place that Message names; "" when there is none
	Line      int
	Source    string // that line
	Traceback string
	Task      string // that raised it
}
