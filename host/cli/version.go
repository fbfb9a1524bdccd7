package cli

import (
	"fmt"
	"runtime"
	"runtime/debug"
)

// Set by the linker in builds that are given away; other builds know at most their commit.
var (
	version = ""
	commit  = ""
)

var versionCommand = &Command{
	Usage: "version",
	Short: "say which moonwire this is (also --version and -V)",
	Long: `
Prints the version, the commit it was built from where that is known, the version of Go and the system.`,
	Run: func(args []string, s Streams) error {
		if len(args) > 0 {
			return usagef("version takes no words, got '%s'", args[0])
		}
		fmt.Fprintln(s.Out, versionLine())
		return nil
	},
}

// versionLine is "moonwire 1.2.0 (commit 0123456789ab, go1.26.0, linux/amd64)".
func versionLine() string {
	v, c := buildVersion()
	if c != "" {
		c = "commit " + c + ", "
	}
	return fmt.Sprintf("moonwire %s (%s%s, %s/%s)", v, c, runtime.Version(), runtime.GOOS, runtime.GOARCH)
}

func buildVersion() (string, string) {
	v, c := version, commit
	info, ok := debug.ReadBuildInfo()
	if ok && v == "" && info.Main.Path == "moonwire" {
		v = info.Main.Version
	}
	if ok && c == "" {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				c = s.Value[:min(12, len(s.Value))]
			}
		}
	}
	if v == "" || v == "(devel)" {
		v = "development"
	}
	return v, c
}
