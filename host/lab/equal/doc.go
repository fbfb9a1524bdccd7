// Package equal holds lab and kernel to the same behaviour. The Lua files in testdata are experiments in a network of
// five: client and peer on one link, two routers, and a server behind them:
//
//	client, peer -- sw -- r1 -- r2 -- server      MTU 1300 between r1 and r2, 1500 elsewhere
//
// Each experiment prints what a network did. It runs in Linux namespaces, where that is allowed, and in a lab, always.
// testdata/linux.txt is what Linux printed; the lab has to print the same, but for what testdata/differences.txt lists,
// with the reason and what the lab prints instead. A difference that is not listed fails, and so does a listed one that
// is gone.
package equal
