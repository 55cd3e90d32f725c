"""T3: TCP or UDP is chosen before anything starts; whatever else is typed is refused with a hint. Ports: TCP, UDP."""
import socket
import sys

side, ports = sys.argv[1], {"tcp": int(sys.argv[2]), "udp": int(sys.argv[3])}
kinds = {"tcp": socket.SOCK_STREAM, "udp": socket.SOCK_DGRAM}
while (choice := sys.stdin.readline().strip()) not in kinds:
    print("type tcp or udp, not", choice, flush=True)
with socket.socket(socket.AF_INET, kinds[choice]) as own:
    if side == "server":
        own.bind(("127.0.0.1", ports[choice]))
        if choice == "tcp":
            own.listen(5)
        print("port", own.getsockname()[1], flush=True)
        if choice == "tcp":
            peer, _ = own.accept()
            peer.sendall(peer.recv(1024))
            peer.close()
        else:
            data, address = own.recvfrom(1024)
            own.sendto(b"i am udp,i got it", address)
    else:
        own.connect(("127.0.0.1", ports[choice]))
        own.send("你好".encode())
        print(own.recv(1024).decode(), flush=True)
