"""T15: a datagram is received, and both halves of recvfrom shown: the bytes and the address."""
import socket
import sys

side, port = sys.argv[1], int(sys.argv[2])
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as own:
    if side == "server":
        own.bind(("127.0.0.1", port))
        print("port", own.getsockname()[1], flush=True)
        data, address = own.recvfrom(1024)
        print(data, address, data.decode(), flush=True)
    else:
        own.sendto("我爱你".encode(), ("127.0.0.1", port))
        print("own", own.getsockname()[1], flush=True)
