"""T13: a datagram is a format of strftime, its answer the time of day; an empty one stands for %Y-%m-%d %X."""
import socket
import sys
import time

side, port = sys.argv[1], int(sys.argv[2])
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as own:
    if side == "server":
        own.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        own.bind(("127.0.0.1", port))
        print("port", own.getsockname()[1], flush=True)
        while True:
            data, peer = own.recvfrom(1024)
            print("heard", data.decode(), flush=True)
            own.sendto(time.strftime(data.decode() or "%Y-%m-%d %X").encode(), peer)
    else:
        for line in sys.stdin:
            own.sendto(line.rstrip("\n").encode(), ("127.0.0.1", port))
            print("heard", own.recvfrom(1024)[0].decode(), flush=True)
