package main

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// The rates that both load generators try in turn, and for how many seconds.
var loadRates = []int{250, 500, 1000, 1500, 2000, 2500, 3000, 3500, 4000, 5000, 6000, 8000, 10000}

const (
	loadRounds  = 2
	loadSeconds = 3
	loadDrops   = 0.025 // what may be dropped of a rate that counts as served
)

// loadLua asks for a rate as perfdhcp does, as a relay agent, and prints the leases of a second.
const loadLua = `local r = assert(require "dhcp".load{iface="eth0", server="` + dhcpServer + `", relay=true, rate=%d, clients=%d, duration=%d})
print(r.leases / %d)`

// loading compares our load generator with perfdhcp against the same Kea: the most leases in a second that each got of it,
// and the highest rate of which at most 2.5 % was dropped.
func loading(moonwire string) ([]row, error) {
	conf, remove, err := keaConf()
	if err != nil {
		return nil, err
	}
	defer remove()
	defer dhcpDown()
	if err := dhcpUp(); err != nil {
		return nil, err
	}
	_, end, err := startServer([]string{"kea-dhcp4", "-c", conf})
	if err != nil {
		return nil, err
	}
	defer end()
	generators := [2]func(rate int) (float64, error){
		func(rate int) (float64, error) { return ourLoad(moonwire, rate) },
		theirLoad,
	}
	var most, served [2]float64
	for _, rate := range loadRates {
		for range loadRounds {
			for i, generate := range generators {
				got, err := generate(rate)
				if err != nil {
					return nil, err
				}
				most[i] = max(most[i], got)
				if got >= float64(rate)*(1-loadDrops) {
					served[i] = max(served[i], float64(rate))
				}
			}
		}
	}
	return []row{
		{"most leases / perfdhcp", perSecond(most[0]), perSecond(most[1]), most[0] / most[1], ">= 1"},
		{"highest rate with 2.5 % drops / perfdhcp", perSecond(served[0]), perSecond(served[1]), served[0] / served[1], ">= 1"},
	}, nil
}

// ourLoad is one load of ours.
func ourLoad(moonwire string, rate int) (leases float64, err error) {
	_, out, err := spend(in(dhcpFar, moonwire, "run", "--allow-net", dhcpServer+":67/udp", "-e", fmt.Sprintf(loadLua, rate, dhcpClients, loadSeconds, loadSeconds)))
	if err != nil {
		return 0, err
	}
	_, err = fmt.Sscan(out[strings.LastIndexByte(strings.TrimSpace(out), '\n')+1:], &leases)
	return leases, err
}

var receivedLine = regexp.MustCompile(`received packets: ([0-9]+)`)

// theirLoad is one load of perfdhcp's. Its own rate counts the seconds that it waits for the last answers, too; so the
// acknowledgements are counted, which are the second kind of answers.
func theirLoad(rate int) (leases float64, err error) {
	out, err := runPerfdhcp(rate, loadSeconds, "-W", "1000000")
	if err != nil {
		return 0, err
	}
	received := receivedLine.FindAllSubmatch(out, -1)
	if len(received) != 2 {
		return 0, fmt.Errorf("perfdhcp tells no answers: %s", out)
	}
	n, err := strconv.Atoi(string(received[1][1]))
	return float64(n) / loadSeconds, err
}
