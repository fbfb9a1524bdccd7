// Package hostile makes messages that nobody should trust, for tests of those who read them: good messages of DHCPv4 and
// DHCPv6 that were cut, stretched, bent or made to contradict themselves.
package hostile
