//go:build interop

package socket_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestInteropSuite runs LuaSocket's own tests, as Debian's source package has them, each in a network namespace with
// nothing but loopback.
func TestInteropSuite(t *testing.T) {
	dir, bin := suite(t), moonwire(t)
	single := func(name, file string) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			out, err := namespace(dir, fmt.Sprintf("%s run %s", bin, file)).CombinedOutput()
			judge(t, out, err)
		})
	}
	for _, name := range []string{"excepttest", "test_bind", "test_getaddrinfo", "test_socket_error", "ltn12test",
		"mimetest", "urltest", "stufftest", "udp-zero-length-send", "udp-zero-length-send-recv"} {
		file := name
		if !strings.Contains(name, "-") {
			file += ".lua"
		}
		single(name, file)
	}
	pair := func(name, server, client, mend string) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			script := fmt.Sprintf(`cd "$(mktemp -d)"; sed -e '%[5]s' %[2]s/%[4]s >client.lua
timeout 150 %[1]s run %[2]s/%[3]s >server.out 2>&1 & server=$!
sleep 1; timeout 140 %[1]s run client.lua; code=$?; kill $server 2>/dev/null; wait; rm -r "$PWD"; exit $code`,
				bin, dir, server, client, mend)
			cmd := namespace(dir, script)
			cmd.Env = append(os.Environ(), "LUASOCKET_DEBUG=1")
			out, err := cmd.CombinedOutput()
			judge(t, out, err)
			if !regexp.MustCompile(`testing: done in`).Match(out) {
				t.Errorf("the client didn't come to its end:\n%s", out)
			}
		})
	}
	pair("testclnt", "testsrvr.lua", "testclnt.lua", "")
	// This client has lagged behind LuaSocket: it expects socket.udp() to have a descriptor at once, and waits for twice
	// the bytes that its server sends back. testclnt.lua has both mended.
	pair("utestclnt", "utestsrvr.lua", "utestclnt.lua",
		`s/udp = socket.udp()/udp = socket.udp4()/;s/receive(%d, str)/receive(2*%d, str)/`)
}

// judge reads what a test printed: the suite's failures are lines that begin with ERROR or FAIL, its status is 0 all
// the same.
func judge(t *testing.T, out []byte, err error) {
	t.Helper()
	if err != nil || regexp.MustCompile(`(?m)^(ERROR|FAIL)`).Match(out) {
		t.Errorf("%v\n%s", err, out)
	}
}

// namespace runs a shell script where only loopback is up, and no other address answers.
func namespace(dir, script string) *exec.Cmd {
	cmd := exec.Command("unshare", "-rn", "sh", "-c", "ip link set lo up && ulimit -n 4096\n"+script)
	cmd.Dir = dir
	return cmd
}

// moonwire builds the command.
func moonwire(t *testing.T) string {
	bin := filepath.Join(t.TempDir(), "moonwire")
	if out, err := exec.Command("go", "build", "-o", bin, "moonwire/host/cmd/moonwire").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return bin
}

// suite is the folder of LuaSocket's tests. It is brought from the source package once, and kept in the user's cache.
func suite(t *testing.T) string {
	cache, err := os.UserCacheDir()
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(cache, "moonwire", "luasocket")
	if _, err := os.Stat(filepath.Join(dir, "test", "testclnt.lua")); err == nil {
		return filepath.Join(dir, "test")
	}
	out, err := exec.Command("sh", "-ec", bringSuite, "sh", dir).CombinedOutput()
	if err != nil {
		t.Fatalf("LuaSocket's source package can't be had: %v\n%s", err, out)
	}
	return filepath.Join(dir, "test")
}

// bringSuite asks the archives that this system's packages come from for the source package. It leaves the system's
// own lists of packages alone.
const bringSuite = `
dir=$1; work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
mkdir -p "$work/lists/partial" "$work/cache/archives/partial"
apt-get indextargets --format 'deb-src $(REPO_URI) $(SUITE) $(COMPONENT)' 'Created-By: Packages' | sort -u >"$work/sources.list"
cd "$work"
apt() { apt-get -qq -o APT::Sandbox::User=root -o Dir::Etc::sourcelist="$work/sources.list" -o Dir::Etc::sourceparts=/dev/null \
	-o Dir::State::lists="$work/lists" -o Dir::Cache="$work/cache" "$@"; }
apt update
apt source --download-only --tar-only lua-socket
mkdir -p "$dir"
tar xzf luasocket_*.orig.tar.gz --strip-components=1 -C "$dir" --wildcards '*/test'
`
