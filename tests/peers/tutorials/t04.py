"""T4: an operator types each answer; q ends a connection, in any case where it is typed, exactly where it is received. One client at a time."""
import socket
import sys

side, port = sys.argv[1], int(sys.argv[2])
typed = lambda: sys.stdin.readline().rstrip("\n")
if side == "server":
    with socket.create_server(("127.0.0.1", port)) as listener:
        print("port", listener.getsockname()[1], flush=True)
        while True:
            peer, address = listener.accept()
            print("serves", address, flush=True)
            while True:
                data = peer.recv(1024)
                text = data.decode()
                print("heard", text, flush=True)
                if not data or text == "q":
                    break
                answer = typed()
                peer.sendall(answer.encode())
                if answer.lower() == "q":
                    break
            peer.close()
            print("closed", flush=True)
else:
    with socket.create_connection(("127.0.0.1", port)) as server:
        print("connected", flush=True)
        while True:
            line = typed()
            server.sendall(line.encode())
            if line.lower() == "q":
                break
            answer = server.recv(1024).decode()
            print("heard", answer, flush=True)
            if not answer or answer.lower() == "q":
                break
