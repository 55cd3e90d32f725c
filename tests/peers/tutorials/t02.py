"""T2: every datagram has the same answer; an empty one ends the service."""
import socket
import sys
import time

side, port = sys.argv[1], int(sys.argv[2])
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as own:
    if side == "server":
        own.bind(("127.0.0.1", port))
        print("port", own.getsockname()[1], flush=True)
        while True:
            data, peer = own.recvfrom(1024)
            print(len(data), data.decode("utf-8", "replace"), flush=True)
            if not data:
                break
            own.sendto(b"i am udp,i got it", peer)
    else:
        while (line := sys.stdin.readline().rstrip("\n")) != "quit":
            # An empty line is sent bare: it is how this client ends the service.
            own.sendto(f"[{time.ctime()}]:{line}".encode() if line else b"", ("127.0.0.1", port))
            if line:
                print(own.recvfrom(1024)[0].decode(), flush=True)
