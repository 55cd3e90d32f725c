"""T20: turn by turn; exit ends it on both sides, empty lines are not sent."""
import socket
import sys

side, port = sys.argv[1], int(sys.argv[2])


def typed():
    while not (line := sys.stdin.readline().rstrip("\n")):
        pass
    return line


if side == "server":
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", port))
        listener.listen(1)
        print("port", listener.getsockname()[1], flush=True)
        peer, _ = listener.accept()
        while (text := peer.recv(1024).decode()) not in ("", "exit"):
            print("heard", text, flush=True)
            line = typed()
            peer.sendall(line.encode())
            if line == "exit":
                break
        print("end", flush=True)
        peer.close()
else:
    with socket.create_connection(("127.0.0.1", port)) as server:
        while True:
            line = typed()
            server.sendall(line.encode())
            if line == "exit":
                break
            if (text := server.recv(1024).decode()) in ("", "exit"):
                break
            print("heard", text, flush=True)
        print("end", flush=True)
