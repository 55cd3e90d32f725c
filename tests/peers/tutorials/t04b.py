"""T4b: the answer is what came, with the time before it."""
import socket
import sys
import time

side, port = sys.argv[1], int(sys.argv[2])
if side == "server":
    with socket.create_server(("127.0.0.1", port)) as listener:
        print("port", listener.getsockname()[1], flush=True)
        peer, _ = listener.accept()
        while data := peer.recv(1024):
            peer.sendall(f"[{time.ctime()}] {data.decode()}".encode())
        peer.close()
else:
    with socket.create_connection(("127.0.0.1", port)) as server:
        for line in sys.stdin:
            server.sendall(line.rstrip("\n").encode())
            print(server.recv(1024).decode(), flush=True)
