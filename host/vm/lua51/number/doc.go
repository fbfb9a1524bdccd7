// Package number is how Lua 5.1 reads and writes numbers: C's strtod and printf("%.14g") as glibc on x86-64 has them.
package number
