# Prints what Python's ipaddress says of the addresses and prefixes in addr_cases.lua, in the same form.
import ipaddress, re, sys

source = open(sys.argv[1]).read()
lists = re.findall(r"\{((?:\s*\"[^\"]*\",?)+\s*)\}", source)
def words(i): return re.findall(r"\"([^\"]*)\"", lists[i])
def lua(v): return {True: "true", False: "false"}.get(v, str(v)) if isinstance(v, bool) else str(v)
def show(*values): print("\t".join(lua(v) for v in values))
def mapped(a): return a.version == 6 and a.ipv4_mapped
def text(a): return "::ffff:%s" % a.ipv4_mapped if mapped(a) else str(a)
def moved(a, n):
    try: return text(a + n)
    except ipaddress.AddressValueError: return "none"
private = [ipaddress.ip_network(p) for p in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7")]

addresses = words(0)
for t in addresses:
    a = ipaddress.ip_address(t)
    show(t, text(a), a.version, a.exploded, a.reverse_pointer, a.packed.hex())
    inner = a.ipv4_mapped if mapped(a) else a
    show(a.is_multicast, inner.is_loopback, a.is_unspecified, a.is_link_local, any(inner.version == p.version and inner in p for p in private))
    show(moved(a, 1), moved(a, -1), moved(a, 1000000))

for t in words(1):
    try: ok = bool(ipaddress.ip_address(t))  # raises when it is none
    except ValueError: ok = False
    show(t, ok)

for t in words(2):
    p = ipaddress.ip_network(t)
    show(p, p.network_address, p.broadcast_address, p.netmask, p.hostmask, p.num_addresses)
    hosts = []
    for h in p.hosts():
        if len(hosts) == 5: break
        hosts.append(str(h))
    print(" ".join(hosts))
    if 0 < p.prefixlen < 120:
        print(" ".join(str(s) for s in p.subnets(new_prefix=min(p.prefixlen + 2, p.max_prefixlen))))
        print(p.supernet())
    for o in ("10.1.2.3", "10.1.3.255", "192.168.1.1", "2001:db8::1", "2001:db8:8000::", "::"):
        show(ipaddress.ip_address(o) in p)
    for o in ("10.0.0.0/9", "10.0.0.0/7", "0.0.0.0/0", "2001:db8::/33", "::/0"):
        q = ipaddress.ip_network(o)
        same = p.version == q.version
        show(same and q.subnet_of(p), same and p.overlaps(q))

for first, last in (("10.0.0.1", "10.0.0.6"), ("0.0.0.0", "255.255.255.255"), ("0.0.0.1", "255.255.255.254"), ("10.0.0.255", "10.0.1.0"),
                    ("2001:db8::1", "2001:db8::ff"), ("::", "::"), ("::ffff", "1::")):
    print(" ".join(map(str, ipaddress.summarize_address_range(ipaddress.ip_address(first), ipaddress.ip_address(last)))))

for a in sorted((ipaddress.ip_address(t) for t in addresses), key=lambda a: (a.version, int(a))):
    print(text(a))
