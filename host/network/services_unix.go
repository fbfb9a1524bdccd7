//go:build unix

package network

const servicesFile = "/etc/services"
