"""T12: a name is picked from a directory, several of which share an address; q goes back to the list. The operator of the service types the answers."""
import socket
import sys

side, port = sys.argv[1], int(sys.argv[2])
charset = sys.argv[3] if len(sys.argv) > 3 else "utf-8"
typed = lambda: sys.stdin.readline().rstrip("\n")
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as own:
    if side == "server":
        own.bind(("127.0.0.1", port))
        print("port", own.getsockname()[1], flush=True)
        while True:
            data, peer = own.recvfrom(1024)
            print(f"\033[1;36m来自[{peer[0]}:{peer[1]}]的一条消息：{data.decode(charset)}\033[0m", flush=True)
            own.sendto(typed().encode(charset), peer)
    else:
        people = {name: ("127.0.0.1", port) for name in ("小明", "小红", "小刚")}
        while name := typed():
            if name not in people:
                print("nobody", name, flush=True)
                continue
            while (line := typed()) != "q":
                own.sendto(f"发给{name}: {line}".encode(charset), people[name])
                print("heard", own.recvfrom(1024)[0].decode(charset), flush=True)
            print("back to the list", flush=True)
