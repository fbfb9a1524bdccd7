// Package test runs tests written in Lua: what moonwire test does. A file is loaded once to learn which tests it
// declares; then each test runs in a state of its own, which loads the file again and runs that test alone. Processes
// take the tests one by one, so that what ends one of them ends that test and no other; a file that declares none is
// one test itself.
package test
