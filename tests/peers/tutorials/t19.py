"""T19: one question, thanks for it (so spelled), and the end."""
import socket
import sys

side, port = sys.argv[1], int(sys.argv[2])
if side == "server":
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", port))
        listener.listen(5)
        print("port", listener.getsockname()[1], flush=True)
        peer, _ = listener.accept()
        print("heard", peer.recv(1024).decode(), flush=True)
        peer.sendall(b"Thank ou!")
        peer.close()
else:
    with socket.create_connection(("127.0.0.1", port)) as server:
        server.sendall(sys.stdin.readline().rstrip("\n").encode())
        print("heard", server.recv(1024).decode(), flush=True)
        print("after", server.recv(1024), flush=True)
