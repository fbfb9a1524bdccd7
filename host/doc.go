// Package host runs Lua scripts from Go. A Host holds what scripts find when they start: modules, streams, limits,
// permissions, a network. Each Run has a state of its own, so thousands may go on side by side.
//
//	err := host.New(host.Options{Stdout: &out}).Run(ctx, host.Code("hello", `print "hello"`))
//
// What came of it is the error: nil; a [*vm.Error] where Lua raised it, with its traceback; a [*permit.Refusal] within that,
// where the script was not allowed something; a [*vm.Exit] where the script ended itself. The end of ctx ends a run, after
// the script's own cleanups. Options.OnResult receives what the script returned, as data: [result.List], [result.Record],
// [result.Object] or a plain value, which [result.JSON] writes.
//
// # What to give it
//
//   - Limits on time, instructions, memory and output: [vm.Limits]. A script can't catch their end.
//   - Permissions: a [permit.Policy] of grants such as [permit.Parse] reads. Without one a script may do what the program
//     may. With one, sockets, crafted packets, files, programs and the environment are checked at each use.
//   - A module of your own: a [decl.Module] whose functions are [decl.Fn], plain Go. The record checks their calls and is what
//     help shows. Their errors are [decl.Misuse], [decl.BadArg] where the caller is wrong, and with [decl.Refuse] or any
//     other error where the world is; [decl.KindOf] tells of which of [decl.Kinds] one is.
//   - A network: a lab of this process (Options.Lab), a namespace ([network.Namespace]), or what you put around another
//     such as [network.Kernel]. What wraps one has a method Unwrap, as [network.As] says. A function of yours finds the
//     network of its task by [network.From], and its time by [network.ClockFrom].
//
// # What is stable
//
// Stable are this package, the names of other packages in brackets above, and the types that these are made of, Hooks
// and the state of gopher-lua aside. testdata/api.txt lists them under a version, and CHANGELOG.md tells what each version
// changed: a program that is built with API 2.1 is built with 2.2, too. All other packages are moonwire's own and change
// without notice.
package host
