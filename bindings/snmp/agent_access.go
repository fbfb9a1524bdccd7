package snmp

import (
	"fmt"
	"strings"

	lua "github.com/yuin/gopher-lua"

	"moonwire/bindings/internal/several"
	"moonwire/host/decl"
	"moonwire/host/mib"
	"moonwire/host/snmp/agent"
	"moonwire/host/snmp/usm"
)

// agentAccess are the options that say who may do what.
type agentAccess struct {
	Community      string                `lua:"community?" doc:"that may read everything; public where nobody else is named"`
	WriteCommunity string                `lua:"write_community?" doc:"that may read and write everything"`
	Communities    []communitySpec       `lua:"communities?" doc:"further communities"`
	Users          []agentUser           `lua:"users?" doc:"of version 3"`
	Views          map[string]lua.LValue `lua:"views?" type:"table<string, string|string[]>" doc:"parts of all variables by a name: names that are taken in, and with a minus before, left out; * stands for any number"`
}

// rights are what a community or a user may do.
type rights struct {
	Access    string     `lua:"access?" choices:"read|write|none" doc:"write is read too"`
	View      string     `lua:"view?" doc:"what it reads; else everything"`
	WriteView string     `lua:"write_view?" doc:"what it writes; else what it reads"`
	Rules     []ruleSpec `lua:"rules?" doc:"in place of access and views, by context and level"`
}

// ruleSpec is a rule of RFC 3415.
type ruleSpec struct {
	Context string `lua:"context?" doc:"name of the context, * at its end for any with that beginning; else the one without a name"`
	Level   string `lua:"level?" choices:"noAuthNoPriv|authNoPriv|authPriv" doc:"that messages must have at least"`
	View    string `lua:"view?" doc:"what may be read; else nothing"`
	Write   string `lua:"write_view?" doc:"what may be written; else nothing"`
}

// communitySpec is an entry of the option communities.
type communitySpec struct {
	Name    string `lua:"name" doc:"the community"`
	Context string `lua:"context?" doc:"which set of variables it asks"`
	rights
}

// agentUser is an entry of the option users.
type agentUser struct {
	aUser
	Level string `lua:"level?" choices:"noAuthNoPriv|authNoPriv|authPriv" doc:"that its messages must have at least; else the best that it has"`
	rights
}

// everything is the view that holds all.
const everything = "everything"

// access reads who may do what.
func (r *agentReader) access(c *agent.Options) error {
	o := &r.options.agentAccess
	views := map[string]*agent.View{everything: agent.Everything, "": nil}
	for name, v := range o.Views {
		view, err := viewOf(r.handle.names, v)
		if err != nil {
			return decl.BadArg("views", "'%s': %s", name, err)
		}
		views[name] = view
	}
	simple := []communitySpec{{Name: o.Community, rights: rights{Access: "read"}}, {Name: o.WriteCommunity, rights: rights{Access: "write"}}}
	switch {
	case o.Community == "" && o.WriteCommunity == "" && len(o.Communities) == 0 && len(o.Users) == 0:
		simple[0].Name = "public"
	case o.Community == o.WriteCommunity:
		simple = simple[1:] // who may write may read
	}
	for i, spec := range append(simple, o.Communities...) {
		if i < len(simple) && spec.Name == "" {
			continue
		}
		rules, err := spec.rules(views, "read", usm.NoAuthNoPriv)
		if err != nil {
			return decl.BadArg("communities", "'%s': %s", spec.Name, err)
		}
		c.Communities = append(c.Communities, agent.Community{Name: spec.Name, Context: spec.Context, Rules: rules})
	}
	return r.users(c, views)
}

// users reads who may do what in version 3.
func (r *agentReader) users(c *agent.Options, views map[string]*agent.View) error {
	specs := make([]aUser, len(r.options.Users))
	for i, u := range r.options.Users {
		specs[i] = u.aUser
		if specs[i].User == nil {
			specs[i].User = specs[i].Name
		}
	}
	if _, err := usersOf(specs); err != nil {
		return err
	}
	for i, spec := range r.options.Users {
		u, err := specs[i].user()
		if err != nil {
			return err
		}
		level, access := u.Level(), "write"
		if spec.Level != "" {
			level = levels[spec.Level]
		}
		if u.Level() == usm.NoAuthNoPriv {
			access = "read"
		}
		rules, err := spec.rules(views, access, level)
		if err != nil {
			return decl.BadArg("users", "'%s': %s", u.Name, err)
		}
		c.Users = append(c.Users, agent.User{User: u, Rules: rules})
	}
	return nil
}

var levels = map[string]usm.Level{"": usm.NoAuthNoPriv, "noAuthNoPriv": usm.NoAuthNoPriv, "authNoPriv": usm.AuthNoPriv, "authPriv": usm.AuthPriv}

// rules are those that the rights come to.
func (s *rights) rules(views map[string]*agent.View, access string, level usm.Level) ([]agent.Rule, error) {
	named := func(name string) (*agent.View, error) {
		v, ok := views[name]
		if !ok {
			return nil, fmt.Errorf("no view '%s' among views", name)
		}
		return v, nil
	}
	list := s.Rules
	if list == nil {
		list = []ruleSpec{s.simple(access)}
	}
	var rules []agent.Rule
	for _, spec := range list {
		rule := agent.Rule{Context: strings.TrimSuffix(spec.Context, "*"), Prefix: strings.HasSuffix(spec.Context, "*"), Level: levels[spec.Level]}
		if s.Rules == nil {
			rule.Level = level
		}
		var err error
		if rule.Read, err = named(spec.View); err != nil {
			return nil, err
		}
		if rule.Write, err = named(spec.Write); err != nil {
			return nil, err
		}
		rules = append(rules, rule)
	}
	return rules, nil
}

// simple is the rule for all contexts that access and views come to.
func (s *rights) simple(access string) ruleSpec {
	if s.Access != "" {
		access = s.Access
	}
	rule := ruleSpec{Context: "*"}
	if access == "none" {
		return rule
	}
	if rule.View = s.View; s.View == "" {
		rule.View = everything
	}
	if access == "write" || s.WriteView != "" {
		if rule.Write = s.WriteView; s.WriteView == "" {
			rule.Write = rule.View
		}
	}
	return rule
}

// viewOf reads a view.
func viewOf(names *mib.Tree, v lua.LValue) (*agent.View, error) {
	words, err := several.Words(v)
	if err != nil {
		return nil, err
	}
	var list []agent.Subtree
	for _, w := range words {
		s := agent.Subtree{Excluded: strings.HasPrefix(w, "-")}
		w = strings.TrimLeft(w, "+-")
		wild := strings.Contains(w, "*")
		if s.Root, err = resolve(names, strings.ReplaceAll(w, "*", "0")); err != nil {
			return nil, err
		}
		if wild {
			s.Mask = maskOf(w, len(s.Root))
		}
		list = append(list, s)
	}
	return agent.NewView(list...), nil
}

// maskOf has a zero for each star of a name, whose numbers are counted from its end.
func maskOf(text string, length int) []byte {
	mask := make([]byte, (length+7)/8)
	for i := range mask {
		mask[i] = 0xff
	}
	parts := strings.Split(text, ".")
	for i, part := range parts {
		if at := length - len(parts) + i; part == "*" && at >= 0 {
			mask[at/8] &^= 0x80 >> (at % 8)
		}
	}
	return mask
}
