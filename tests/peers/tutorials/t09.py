"""T9: many connections one after the other, each ended by 0 bytes; the client ends with q, which it does not send."""
import socket
import sys

side, port = sys.argv[1], int(sys.argv[2])
if side == "server":
    with socket.create_server(("127.0.0.1", port)) as listener:
        print("port", listener.getsockname()[1], flush=True)
        while True:
            peer, _ = listener.accept()
            while data := peer.recv(1024):
                print("heard", data.decode(), flush=True)
                peer.send(data.upper())
            peer.close()
            print("closed", flush=True)
else:
    with socket.create_connection(("127.0.0.1", port)) as server:
        while (line := sys.stdin.readline().rstrip("\n")) != "q":
            server.send(line.encode())
            print("heard", server.recv(1024).decode(), flush=True)
