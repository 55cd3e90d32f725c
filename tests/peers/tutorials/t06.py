"""T6: the text comes back reversed by character; quit ends a connection, and so does any error. Empty lines are not sent."""
import socket
import sys

side, port = sys.argv[1], int(sys.argv[2])
charset = sys.argv[3] if len(sys.argv) > 3 else "utf-8"
if side == "server":
    with socket.create_server(("127.0.0.1", port)) as listener:
        print("port", listener.getsockname()[1], flush=True)
        while True:
            peer, _ = listener.accept()
            try:
                while data := peer.recv(1024):
                    text = data.decode(charset)
                    print("heard", text, flush=True)
                    if text == "quit":
                        break
                    peer.sendall(text[::-1].encode(charset))
            except (OSError, UnicodeError) as error:
                print("dropped", error, flush=True)
            peer.close()
else:
    with socket.create_connection(("127.0.0.1", port)) as server:
        for line in sys.stdin:
            line = line.rstrip("\n")
            if not line:
                continue
            server.sendall(line.encode(charset))
            if line == "quit":
                break
            print("heard", server.recv(1024).decode(charset), flush=True)
        print("after", server.recv(1024), flush=True)
