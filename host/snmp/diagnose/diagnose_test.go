package diagnose_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"moonwire/host/snmp/diagnose"
	"moonwire/host/snmp/manager"
	"moonwire/host/snmp/usm"
)

func alice(auth usm.AuthProtocol, authPassword string, priv usm.PrivProtocol, privPassword string) *usm.User {
	return &usm.User{Name: "alice", Auth: auth, AuthPassword: authPassword, Priv: priv, PrivPassword: privPassword}
}

// text is a report in lines: the step, a plus or a minus, what was found, and the remedy.
func text(r *diagnose.Report) string {
	var b strings.Builder
	for _, f := range r.Findings {
		fmt.Fprintf(&b, "%s %s %s", f.Step, map[bool]string{true: "+", false: "-"}[f.Right], f.Text)
		if f.Remedy != "" {
			b.WriteString(" => " + f.Remedy)
		}
		b.WriteString("\n")
	}
	return b.String()
}

func TestRun(t *testing.T) {
	t.Parallel()
	const (
		auth = "authentic"
		priv = "private!"
	)
	quiet := func(f *fake) { f.quiet = []usm.Statistic{usm.DecryptionErrors} } // as snmpd is
	for _, tt := range []struct {
		name   string
		agent  *usm.User
		change func(*fake)
		asked  *usm.User
		want   []string // parts of the lines from user on
		user   string   // digest and cipher of the one that works
	}{
		{"all right", alice(usm.SHA, auth, usm.AES, priv), nil, alice(usm.SHA, auth, usm.AES, priv),
			[]string{"user + ", "auth + the password is right, and the digest is SHA", "priv + the password is right, and the cipher is AES", "access + sysUpTime is answered"}, "SHA AES"},
		{"all right without privacy", alice(usm.MD5, auth, 0, ""), nil, alice(usm.MD5, auth, 0, ""), []string{"user + ", "auth + ", "access + "}, "MD5 none"},
		{"a name only", alice(0, "", 0, ""), nil, alice(0, "", 0, ""), []string{"user + ", "access + "}, "none none"},
		{"no such user", &usm.User{Name: "bob"}, nil, alice(0, "", 0, ""), []string{"user - the engine has no user 'alice' => make the user"}, ""},
		{"capitals", alice(0, "", 0, ""), nil, &usm.User{Name: "Alice"}, []string{`user - the engine has no user 'Alice', but one 'alice' => user="alice"`}, ""},
		{"password", alice(usm.SHA, auth, 0, ""), nil, alice(usm.SHA, "wrong password", 0, ""),
			[]string{"user + ", "auth - the user 'alice' exists, the password is wrong => correct auth_password"}, ""},
		{"digest", alice(usm.SHA256, auth, usm.AES, priv), quiet, alice(usm.SHA, auth, usm.AES, priv),
			[]string{"user + ", `auth - the digest of 'alice' is SHA256, not SHA => auth="SHA256"`, "priv + ", "access + "}, "SHA256 AES"},
		{"digest, in silence", alice(usm.SHA256, auth, 0, ""), func(f *fake) { f.quiet = []usm.Statistic{usm.WrongDigests} }, alice(usm.SHA, auth, 0, ""),
			[]string{"user + ", `=> auth="SHA256"`, "access + "}, "SHA256 none"},
		{"passwords exchanged", alice(usm.SHA, auth, usm.AES, priv), quiet, alice(usm.SHA, priv, usm.AES, auth),
			[]string{"user + ", "auth - the user 'alice' exists, and its authentication password is the privacy password that was given => exchange",
				"the privacy password is the authentication password that was given => exchange auth_password and priv_password", "access + "}, "SHA AES"},
		{"privacy password", alice(usm.SHA, auth, usm.AES, priv), quiet, alice(usm.SHA, auth, usm.AES, "not private"),
			[]string{"user + ", "auth + ", "priv - the agent is silent when 'alice' encrypts with AES, and answers what is only signed: the privacy password is wrong => correct priv_password"}, ""},
		{"privacy password, reported", alice(usm.SHA, auth, usm.AES, priv), nil, alice(usm.SHA, auth, usm.AES, "not private"),
			[]string{"user + ", "auth + ", "priv - the agent could not decrypt the question: the privacy password is wrong"}, ""},
		{"one password", alice(usm.SHA, auth, usm.AES, auth), quiet, alice(usm.SHA, auth, usm.AES, priv),
			[]string{"user + ", "auth + ", "the privacy password is the authentication password that was given => give auth_password as priv_password, too", "access + "}, "SHA AES"},
		{"Reeder's keys", alice(usm.SHA, auth, usm.AES256C, priv), quiet, alice(usm.SHA, auth, usm.AES256, priv),
			[]string{"user + ", "auth + ", `the agent uses Reeder's AES-256, as Cisco does => priv="AES256C"`, "access + "}, "SHA AES256C"},
		{"Blumenthal's keys", alice(usm.MD5, auth, usm.AES192, priv), quiet, alice(usm.MD5, auth, usm.AES192C, priv),
			[]string{"user + ", "auth + ", `the agent uses Blumenthal's AES-192, as net-snmp does => priv="AES192"`, "access + "}, "MD5 AES192"},
		{"cipher", alice(usm.SHA512, auth, usm.TripleDES, priv), quiet, alice(usm.SHA512, auth, usm.AES256, priv),
			[]string{"user + ", "auth + ", `its cipher is 3DES, not AES256 => priv="3DES"`, "access + "}, "SHA512 3DES"},
		{"silent about what is right", alice(usm.SHA, auth, usm.AES, priv), func(f *fake) { f.mute = usm.AuthPriv }, alice(usm.SHA, auth, usm.AES, priv),
			[]string{"user + ", "auth + ", "priv - the agent refuses other ciphers and passwords, and is silent about those of 'alice': they are right => the agent is busy"}, ""},
		{"no privacy there", alice(usm.SHA, auth, 0, ""), nil, alice(usm.SHA, auth, usm.AES, priv),
			[]string{"user + ", "auth + ", "priv - the user 'alice' has no privacy at the agent => leave priv out"}, ""},
		{"no authentication there", alice(0, "", 0, ""), nil, alice(usm.SHA, auth, usm.AES, priv),
			[]string{"user + ", "auth - the user 'alice' has no authentication at the agent => leave auth and priv out"}, ""},
		{"level", alice(usm.SHA, auth, usm.AES, priv), func(f *fake) { f.demand = usm.AuthPriv }, alice(usm.SHA, auth, 0, ""),
			[]string{"user + ", "auth + ", "access - the user 'alice' has no access with authNoPriv => the agent may ask for more: give priv and priv_password"}, "SHA none"},
		{"view", alice(usm.SHA, auth, 0, ""), func(f *fake) { f.hidden = true }, alice(usm.SHA, auth, 0, ""),
			[]string{"user + ", "auth + ", "access - the user 'alice' is let in and does not see sysUpTime"}, "SHA none"},
		{"latched", alice(usm.SHA, auth, 0, ""), func(f *fake) { f.engine.Set(usm.Latched, 5, f.now()) }, alice(usm.SHA, auth, 0, ""),
			[]string{"user + ", "auth - "}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			f := newFake(t, tt.change, tt.agent)
			r, err := diagnose.Run(f.asking, f.options(tt.asked))
			if err != nil {
				t.Fatal(err)
			}
			lines := strings.Split(strings.TrimSpace(text(r)), "\n")
			if len(lines) != len(tt.want)+2 || !strings.HasPrefix(lines[0], "reach + ") || !strings.HasPrefix(lines[1], "engine ") {
				t.Fatalf("%s", text(r))
			}
			for i, want := range tt.want {
				if !strings.Contains(lines[i+2], want) {
					t.Errorf("%q is not in %q", want, lines[i+2])
				}
			}
			if r.Engine == nil || r.Engine.ID.String() != f.engine.ID().String() {
				t.Errorf("engine %+v", r.Engine)
			}
			user := ""
			if r.User != nil {
				user = fmt.Sprint(r.User.Auth, " ", r.User.Priv)
			}
			if user != tt.user {
				t.Errorf("works for %q, want %q\n%s", user, tt.user, text(r))
			}
			if r.Right() != (strings.Count(text(r), " - ") == 0) {
				t.Errorf("Right is %v\n%s", r.Right(), text(r))
			}
		})
	}
}

// TestNobodyThere has no agent, or none of version 3.
func TestNobodyThere(t *testing.T) {
	t.Parallel()
	run := func(f *fake, o manager.Options) string {
		t.Helper()
		r, err := diagnose.Run(f.asking, o)
		if err != nil {
			t.Fatal(err)
		}
		return text(r)
	}
	gone := newFake(t, nil)
	gone.conn.Close()
	if got := run(gone, gone.options(alice(0, "", 0, ""))); !strings.Contains(got, "reach - ") || !strings.Contains(got, "refused") {
		t.Error(got)
	}
	old := newFake(t, func(f *fake) { f.old = true })
	if got := run(old, old.options(alice(0, "", 0, ""))); !strings.Contains(got, `engine - it answers version 2c with community 'public'`) {
		t.Error(got)
	}
	o := old.options(nil)
	o.Community = []byte("secret")
	if got := run(old, o); !strings.Contains(got, "reach - ") || !strings.Contains(got, "is silent, about version 3 as well as about 2c and 1 with community 'secret'") {
		t.Error(got)
	}
}

// TestCommunity asks without a user.
func TestCommunity(t *testing.T) {
	t.Parallel()
	f := newFake(t, nil)
	for community, want := range map[string]string{"public": "community + community 'public' is answered in version 2c\n", "secret": "community - "} {
		o := f.options(nil)
		o.Community = []byte(community)
		r, err := diagnose.Run(f.asking, o)
		if err != nil || !strings.Contains(text(r), want) {
			t.Errorf("%s: %v %s", community, err, text(r))
		}
	}
	r, err := diagnose.Run(f.asking, f.options(nil))
	if err != nil || !r.Right() || len(r.Findings) != 2 {
		t.Errorf("nothing to ask for: %v %s", err, text(r))
	}
}

// TestRunFails has what keeps a diagnosis from being made.
func TestRunFails(t *testing.T) {
	t.Parallel()
	f := newFake(t, nil)
	if _, err := diagnose.Run(f.asking, f.options(alice(usm.SHA, "short", 0, ""))); err == nil {
		t.Error("a short password is taken")
	}
	ctx, cancel := context.WithCancel(f.asking)
	cancel()
	if _, err := diagnose.Run(ctx, f.options(alice(0, "", 0, ""))); err == nil {
		t.Error("a cancelled diagnosis succeeds")
	}
}
