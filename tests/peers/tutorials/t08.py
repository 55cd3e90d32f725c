"""T8: one connection, many messages, until it is reset; as printed it spins when recv returns 0 bytes, so it counts that and stops at 100."""
import socket
import sys

side, port = sys.argv[1], int(sys.argv[2])
if side == "server":
    with socket.create_server(("127.0.0.1", port)) as listener:
        print("port", listener.getsockname()[1], flush=True)
        peer, _ = listener.accept()
        empty = 0
        while empty < 100:
            try:
                data = peer.recv(1024)
            except ConnectionResetError:
                break
            empty += not data
            if data:
                print("heard", data.decode(), flush=True)
                peer.send(data.upper())
        print("spun", empty, flush=True)
        peer.close()
else:
    with socket.create_connection(("127.0.0.1", port)) as server:
        for line in sys.stdin:
            server.send(line.rstrip("\n").encode())
            print("heard", server.recv(1024).decode(), flush=True)
