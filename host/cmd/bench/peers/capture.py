# Prints how many packets a second of processor time Scapy reads from the capture file named by the first word, each way.
import sys, time
from scapy.all import IP, UDP, PcapReader

packets = 3000

def rate(name, work):
    f = PcapReader(sys.argv[1])
    work(f.read_packet())
    start = time.process_time()
    for _ in range(packets):
        work(f.read_packet())
    print(name, packets / (time.process_time() - start))

total = 0

def fields(p):
    global total
    total += p[IP].ttl + p[UDP].dport

rate("fields", fields)
rate("count", lambda p: None)
