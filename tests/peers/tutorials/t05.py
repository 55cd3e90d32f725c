"""T5: one connection is accepted, its address shown, and closed."""
import socket
import sys

side, port = sys.argv[1], int(sys.argv[2])
if side == "server":
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", port))
        listener.listen(5)
        print("port", listener.getsockname()[1], flush=True)
        peer, address = listener.accept()
        print("peer", *address, flush=True)
        peer.close()
else:
    with socket.create_connection(("127.0.0.1", port)) as server:
        print("own", *server.getsockname(), flush=True)
        print("heard", server.recv(1024), flush=True)
