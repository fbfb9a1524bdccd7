package vm

// Script is what a script may ask about its own run.
type Script struct {
	Name string         // file or title, as messages call it
	Args map[string]any // parsed by the header's grammar: string, float64, bool, []any
	Argv []string       // as they stood on the command line
}
