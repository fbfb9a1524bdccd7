package cli

import "strings"

// A Command is one subcommand.
type Command struct {
	Usage string       // one line that starts with the name
	Short string       // what it does, for the list: a few words, lower case, no full stop
	Long  string       // the page that moonwire help NAME prints below the usage
	Flags func() flags // nil: none

	// Run does the work. args are the words behind the command's name.
	Run func(args []string, s Streams) error
}

// Name is the command's word.
func (c *Command) Name() string {
	name, _, _ := strings.Cut(c.Usage, " ")
	return name
}

// commands lists all subcommands, in the order in which moonwire help shows them.
func commands() []*Command {
	return []*Command{runCommand, replCommand, listCommand, helpCommand, docCommand, typesCommand, testCommand, replayCommand, newCommand, packCommand, buildCommand, installCommand, keyCommand, labCommand, captureCommand, doctorCommand, completionCommand,
		licensesCommand, versionCommand}
}

// commandNamed finds a subcommand by its word; nil when there is none.
func commandNamed(word string) *Command {
	for _, c := range commands() {
		if c.Name() == word {
			return c
		}
	}
	return nil
}
