"""T1: an echo service, one connection after the other; its client puts the time before each line."""
import socket
import sys
import time

side, port = sys.argv[1], int(sys.argv[2])
if side == "server":
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        listener.bind(("127.0.0.1", port))
        listener.listen(5)
        print("port", listener.getsockname()[1], flush=True)
        while True:
            peer, address = listener.accept()
            print("welcome", address, flush=True)
            while data := peer.recv(1024):
                print(len(data), data.decode("utf-8", "replace"), flush=True)
                peer.sendall(data)
            peer.close()
            print("gone", flush=True)
else:
    with socket.create_connection(("127.0.0.1", port)) as server:
        while (line := sys.stdin.readline().rstrip("\n")) != "q":
            server.sendall(f"[{time.ctime()}]:{line}".encode())
            data = server.recv(1024)
            print(len(data), data.decode("utf-8", "replace"), flush=True)
