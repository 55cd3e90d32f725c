"""T11: hello is answered with hi, and both close."""
import socket
import sys

side, port = sys.argv[1], int(sys.argv[2])
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as own:
    if side == "server":
        own.bind(("127.0.0.1", port))
        print("port", own.getsockname()[1], flush=True)
        data, peer = own.recvfrom(1024)
        print("heard", data.decode(), flush=True)
        own.sendto(b"hi", peer)
    else:
        own.sendto(b"hello", ("127.0.0.1", port))
        print("heard", own.recvfrom(1024)[0].decode(), flush=True)
