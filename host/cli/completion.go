package cli

import (
	"embed"
	"fmt"
	"io"
	"strings"

	"moonwire/host/script"
)

// shells holds the completion of each shell: it asks moonwire __complete for the words.
//
//go:embed shells
var shells embed.FS

func shellNames() (names []string) {
	entries, _ := shells.ReadDir("shells") // embedded: it is there
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

var completionCommand = &Command{
	Usage: "completion bash|zsh|fish",
	Short: "print what makes a shell complete moonwire's words",
	Long: `
The shell then completes commands, flags, the names of scripts, a script's own flags and their values, labs and interfaces.

  bash   source <(moonwire completion bash)       in ~/.bashrc
  zsh    source <(moonwire completion zsh)        in ~/.zshrc, behind compinit
  fish   moonwire completion fish | source        in ~/.config/fish/config.fish`,
	Run: func(args []string, s Streams) error {
		if len(args) != 1 {
			return usagef("completion needs a shell: %s", strings.Join(shellNames(), ", "))
		}
		text, err := shells.ReadFile("shells/" + args[0])
		if err != nil {
			return usagef("no completion for '%s'%s", args[0], script.Meant(args[0], shellNames()))
		}
		_, err = s.Out.Write(text)
		return err
	},
}

// completing is the word by which shells ask for offers. It is no command that people call.
const completing = "__complete"

// completeCommand prints a line for each offer, a tab before what it is; ":files" and ":folders" leave those to the shell.
var completeCommand *Command

func init() { // it knows all commands, and is called as one
	completeCommand = &Command{Usage: completing + " WORDS...", Run: func(args []string, s Streams) error {
		o := complete(args)
		var b strings.Builder
		for _, w := range o.words {
			b.WriteString(w.word)
			if w.doc != "" {
				fmt.Fprintf(&b, "\t%s", strings.Join(strings.Fields(w.doc), " "))
			}
			b.WriteByte('\n')
		}
		if o.files != "" {
			fmt.Fprintf(&b, ":%s\n", o.files)
		}
		_, err := io.WriteString(s.Out, b.String())
		return err
	}}
}
