package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"moonwire/host/keyring"
	"moonwire/host/permit"
	"moonwire/host/script"
)

// grant gives a packed or installed recipe what it asks for: when the user said yes to this very pack before, when flags
// allow it, or when the user says yes now. Other scripts it leaves as they are.
func (c *call) grant(src *source, values script.Values, s Streams) error {
	if src.trust != packed && src.trust != installed {
		return nil
	}
	store, err := openTrust()
	if err != nil {
		return err
	}
	signer, err := store.SignerOf(src.pack)
	if err != nil {
		return fmt.Errorf("%s: %w", src.called, err)
	}
	wanted, err := c.wanted(src, values)
	if err != nil {
		return err
	}
	missing := c.allow.Missing(wanted)
	switch {
	case store.Allowed(src.pack.ID), len(missing) == 0 && (c.untrusted || signer.Trusted()):
	case s.converses():
		if err := askFor(src, signer, s); err != nil {
			return err
		}
		if err := store.Allow(src.pack.ID); err != nil {
			return err
		}
	default:
		return ungranted(src, signer, missing, c)
	}
	src.granted = wanted
	return nil
}

// wanted are the grants that a recipe asks for with these arguments.
func (c *call) wanted(src *source, values script.Values) (permit.Grants, error) {
	n, _, err := c.world(false)
	if err != nil {
		return nil, err
	}
	defer n.Close()
	return src.header.GrantsIn(context.Background(), n, c.iface, values)
}

// askFor shows what a recipe wants to do and lets the user decide.
func askFor(src *source, signer keyring.Signer, s Streams) error {
	m := src.pack.Manifest
	fmt.Fprintf(s.Err, "%s@%s", m.Name, m.Version)
	if m.Title != "" {
		fmt.Fprintf(s.Err, " (%s)", m.Title)
	}
	fmt.Fprintf(s.Err, " is %s.\n", signer)
	if len(src.header.Needs) == 0 {
		fmt.Fprintln(s.Err, "It wants nothing but to run.")
	} else {
		fmt.Fprintln(s.Err, "It wants to")
	}
	for _, n := range src.header.Needs {
		fmt.Fprintf(s.Err, "  %s\n", inWords(n.String()))
	}
	for _, a := range src.header.InNeeds() {
		fmt.Fprintf(s.Err, "where %s is what %s says\n", strings.ToUpper(a.Name), a.Flag())
	}
	question := "Allow this, now and whenever this pack runs?"
	if err := confirm(s, question); err != nil {
		return fmt.Errorf("%s: %w", src.called, err)
	}
	return nil
}

// ungranted says which flags, before the words of the call, would let a recipe run where nobody can be asked.
func ungranted(src *source, signer keyring.Signer, missing permit.Grants, c *call) error {
	var flags []string
	if !signer.Trusted() && !c.untrusted {
		flags = append(flags, "--untrusted")
	}
	var needs []string
	for _, g := range missing {
		flags, needs = append(flags, g.Flag()), append(needs, g.String())
	}
	text := src.called + ": "
	if !signer.Trusted() {
		text += "it is " + signer.String() + "; "
	}
	if len(needs) > 0 {
		text += "it needs " + strings.Join(needs, "; ") + "; "
	}
	for _, w := range c.words {
		flags = append(flags, quoteWord(w))
	}
	return errors.New(text + "to let it run here: moonwire run " + strings.Join(flags, " "))
}

// quoteWord is a word as a shell takes it.
func quoteWord(word string) string {
	if strings.ContainsAny(word, " \t'\"\\$&;()<>|*?[]#~`!") {
		return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
	}
	return word
}

// inWords is a need as a person reads it.
func inWords(need string) string {
	kind, rest, _ := strings.Cut(need, " ")
	what := permit.Kind(kind)
	switch what {
	case permit.ToNet:
		return "send to " + rest + " by sockets"
	case permit.Listen:
		return "listen on " + rest
	case permit.Raw:
		return strings.TrimSpace("send and receive whole frames " + anywhere(rest))
	case permit.Sniff:
		return strings.TrimSpace("receive whole frames " + anywhere(rest))
	case permit.Configure:
		return strings.TrimSpace("change addresses, routes and interfaces " + anywhere(rest))
	case permit.Read, permit.Write:
		return kind + " " + rest + ", or all below it if it is a folder"
	case permit.Run:
		return "start the program " + rest
	case permit.Env:
		return "read the environment's variable " + rest
	case permit.Rate:
		return "send no faster than " + rest
	}
	return docs[what]
}

// anywhere is what an unbounded need stands for.
func anywhere(rest string) string {
	if rest == "" {
		return "on every interface, to and from every address"
	}
	return rest
}
