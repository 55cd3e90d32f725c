"""T14: a datagram is sent, without bind and without an answer. The other side of it shows what comes."""
import socket
import sys

side, port = sys.argv[1], int(sys.argv[2])
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as own:
    if side == "server":
        own.bind(("127.0.0.1", port))
        print("port", own.getsockname()[1], flush=True)
        print("heard", own.recvfrom(1024)[0].decode(), flush=True)
    else:
        own.sendto(sys.stdin.readline().rstrip("\n").encode(), ("127.0.0.1", port))
        print("sent", flush=True)
