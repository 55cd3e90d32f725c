"""T18: gets a file by TFTP, an ACK for each block but the last, into client_<name>; shows what the server says instead."""
import socket
import struct
import sys

port, name = int(sys.argv[2]), sys.argv[3]
request = struct.pack(f"!H{len(name.encode())}sb5sb", 1, name.encode(), 0, b"octet", 0)
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as own:
    own.settimeout(10)
    own.sendto(request, ("127.0.0.1", port))
    content = b""
    while True:
        packet, server = own.recvfrom(1024)
        opcode, number = struct.unpack("!HH", packet[:4])
        if opcode == 5:
            print("error", number, packet[4:-1].decode(), flush=True)
            break
        content += packet[4:]
        print("block", number, len(packet) - 4, "from another port" if server[1] != port else "from the same port", flush=True)
        if len(packet) < 516:
            with open(f"client_{name}", "wb") as file:
                file.write(content)
            print("whole", len(content), flush=True)
            break
        own.sendto(struct.pack("!HH", 4, number), server)
