package repl

import (
	"strings"
	"testing"
	"time"

	"moonwire/host"
	"moonwire/host/catalog"
	"moonwire/host/decl"
	"moonwire/host/docgen"
	"moonwire/host/vm"
	"moonwire/stdlib"
)

func TestComplete(t *testing.T) {
	lib, err := docgen.New(append(append([]*decl.Module{}, vm.Modules()...), catalog.Modules()...), stdlib.FS)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	s, err := newSession(Options{Library: lib, Host: host.Options{Stdin: strings.NewReader(""), Stdout: &out, Stderr: &out}}, false)
	if err != nil {
		t.Fatal(err)
	}
	defer s.close()
	s.patience = time.Minute
	for _, line := range []string{
		"local my = {first = {second = {third = 1}}, ['no name'] = 2}",
		"udp = assert(socket.udp())",
		"object = setmetatable({own = 1}, {__index = {inherited = 2}})",
		"ring = {}; setmetatable(ring, {__index = ring})",
		"wrap = tls.wrap",
	} {
		if err := s.run(t.Context(), line); err != nil {
			t.Fatal(err)
		}
	}
	for _, tt := range []struct{ line, want string }{
		{"socket.tc", "tcp tcp4 tcp6"},
		{"x = 1 + socket.tcp4", "tcp4"},
		{"m", "mac math mib mime module my"},
		{"my.fi", "first"},
		{"my.first.second.", "third"},
		{"my . first . se", "second"},
		{"my.nothing.x", ""},
		{"object.", "inherited own"},
		{"ring.x", ""},
		{"udp:settime", "settimeout"},
		{"udp:sendt", "sendto"},
		{"('x'):re", "rep reverse"},
		{"f().re", ""},
		{"s = 'text' s:re", ""},
		{"whi", "while"},
		{"task.sp", "spawn"},
		{"help", "help"},
		{"require 'socket.u", "socket.unix socket.url"},
		{"require(\"lt", "ltn12"},
		{"print('my.fi", ""},
		{"-- my.fi", ""},
		{":", ":doc :help :quit :save :tasks"},
		{":t", ":tasks"},
		{":doc socket.tcp", "socket.tcp socket.tcp4 socket.tcp6"},
		{"socket.getaddrinfo('h', nil, {fam", "family = "},
		{"socket.getaddrinfo('h', nil, {family = 'inet', pro", "protocol = "},
		{"wrap(s, {mo", "mode = "},
		{"tls.wrap(s, {mode = \"", "client server"},
		{"tls.wrap(s, {mode = 'se", "server"},
		{"print({fam", ""},
	} {
		words, replaced := s.complete(tt.line)
		if got := strings.Join(words, " "); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.line, got, tt.want)
		}
		for _, w := range words {
			if !strings.HasPrefix(w, tt.line[len(tt.line)-replaced:]) {
				t.Errorf("%s: %q does not go on from the last %d bytes", tt.line, w, replaced)
			}
		}
	}
	if out.Len() > 0 {
		t.Errorf("completion wrote %q", out.String())
	}
}
