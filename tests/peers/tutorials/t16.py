"""T16: each datagram goes back unchanged to whoever sent it; the client ends when exit has come back."""
import socket
import sys

side, port = sys.argv[1], int(sys.argv[2])
charset = sys.argv[3] if len(sys.argv) > 3 else "utf-8"
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as own:
    if side == "server":
        own.bind(("", port))
        print("port", own.getsockname()[1], flush=True)
        while True:
            data, peer = own.recvfrom(1024)
            print("heard", len(data), data.decode(charset, "replace"), flush=True)
            own.sendto(data, peer)
    else:
        answer = ""
        while answer != "exit":
            own.sendto(sys.stdin.readline().rstrip("\n").encode(charset), ("127.0.0.1", port))
            answer = own.recvfrom(1024)[0].decode(charset, "replace")
            print("heard", len(answer), answer, flush=True)
