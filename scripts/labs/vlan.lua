-- title: two VLANs on two switches, and a router on a stick
-- about: a1 and a2 are in VLAN 10, b1 and b2 in VLAN 20; the switches and R1 are joined by trunks, and R1 alone gets from one
--        VLAN to the other

return {
  "a1, b1 -- sw1 -- sw2 -- R1", "a2, b2 -- sw2",
  vlan = {a1 = 10, a2 = 10, b1 = 20, b2 = 20, R1 = {10, 20}},
}
