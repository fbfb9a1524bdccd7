package agent

import (
	"errors"
	"fmt"
	"strings"

	"moonwire/host/snmp/message"
	"moonwire/host/snmp/usm"
)

// A Rule says what may be read and written in a context, by messages of a security level at least (RFC 3415 section 4,
// vacmAccessTable). A nil View is nothing.
type Rule struct {
	Context     string
	Prefix      bool // Context is the beginning of a context's name
	Level       usm.Level
	Read, Write *View
}

// A Community is a name that messages of versions 1 and 2c give (RFC 3584 section 5). It speaks to one context.
type Community struct {
	Name    string
	Context string
	Rules   []Rule
}

// A User sends messages of version 3.
type User struct {
	*usm.User
	Rules []Rule
}

// Full is the rule of who may read and write everything in all contexts, ReadOnly that of who may read it.
var (
	Full     = Rule{Prefix: true, Read: Everything, Write: Everything}
	ReadOnly = Rule{Prefix: true, Read: Everything}
)

// access is who may do what.
type access struct {
	communities map[string]*Community
	rules       map[string][]Rule // of users
	users       *usm.Users
}

func newAccess(communities []Community, users []User) (*access, error) {
	a := &access{communities: map[string]*Community{}, rules: map[string][]Rule{}}
	for i := range communities {
		c := &communities[i]
		if a.communities[c.Name] != nil {
			return nil, fmt.Errorf("community %q is there twice", c.Name)
		}
		a.communities[c.Name] = c
	}
	var all []*usm.User
	for _, u := range users {
		all = append(all, u.User)
		a.rules[u.Name] = u.Rules
	}
	var err error
	a.users, err = usm.NewUsers(all...)
	return a, err
}

// errNoAccess is that nothing is allowed in this context at this level (RFC 3415 section 3.2: noGroupName, noAccessEntry).
var errNoAccess = errors.New("no rule fits")

// pick is the rule that counts: of those that fit, one that names the whole context before one that names its beginning,
// the longer beginning, the higher level (RFC 3415 section 4, vacmAccessTable).
func pick(rules []Rule, context string, level usm.Level) (*Rule, error) {
	var best *Rule
	for i := range rules {
		r := &rules[i]
		if r.Level > level || r.Context != context && !(r.Prefix && strings.HasPrefix(context, r.Context)) {
			continue
		}
		if best == nil || better(r, best, context) {
			best = r
		}
	}
	if best == nil {
		return nil, errNoAccess
	}
	return best, nil
}

func better(a, b *Rule, context string) bool {
	if wholeA, wholeB := a.Context == context, b.Context == context; wholeA != wholeB {
		return wholeA
	}
	if len(a.Context) != len(b.Context) {
		return len(a.Context) > len(b.Context)
	}
	return a.Level > b.Level
}

// viewFor is the rule's view for a kind of request.
func (r *Rule) viewFor(t message.PDUType) *View {
	if t == message.Set {
		return r.Write
	}
	return r.Read
}
