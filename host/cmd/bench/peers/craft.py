# Prints how many packets a second Scapy builds, each way.
import time
from scapy.all import Ether, IP, UDP

payload = b"x" * 18

def rate(name, packets, work):
    work(packets // 10)
    start = time.time()
    work(packets)
    print(name, packets / (time.time() - start))

def stacked():
    return Ether(src="02:00:00:00:00:01", dst="02:00:00:00:00:02") / IP(src="10.0.0.1", dst="10.0.0.2", ttl=3) / UDP(sport=1000, dport=33434) / payload

def fresh(n):
    for _ in range(n):
        bytes(stacked())

p = stacked()
ip, udp = p[IP], p[UDP]

def again(n):
    for i in range(n):
        ip.id = i % 65536
        udp.sport = i % 65536
        bytes(p)

frame = bytes(p)

def decode(n):
    for _ in range(n):
        q = Ether(frame)
        q[IP].ttl, q[UDP].dport

rate("stacked", 1000, fresh)
rate("set", 2000, again)
rate("decoded", 2000, decode)
