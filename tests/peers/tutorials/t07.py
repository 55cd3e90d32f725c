"""T7: one connection, one message, answered in upper case (ASCII alone); then both sockets are closed."""
import socket
import sys

side, port = sys.argv[1], int(sys.argv[2])
if side == "server":
    with socket.create_server(("127.0.0.1", port)) as listener:
        print("port", listener.getsockname()[1], flush=True)
        peer, _ = listener.accept()
        peer.send(peer.recv(1024).upper())
        peer.close()
else:
    with socket.create_connection(("127.0.0.1", port)) as server:
        server.send(sys.stdin.readline().rstrip("\n").encode())
        print("heard", server.recv(1024).decode(), flush=True)
        print("after", server.recv(1024), flush=True)
