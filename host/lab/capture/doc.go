// Package capture keeps what the links of a lab carry: in a pcapng file that any analyser reads, or for a reader that
// takes the frames while they pass.
package capture
