"""T17: serves hello.txt and long.bin by TFTP from a fresh port each; silent where a request does not end in octet; does not wait for the last ACK."""
import socket
import struct
import sys

FILES = {"hello.txt": "你好，文件\n".encode(), "long.bin": bytes(range(256)) * 6, "even.bin": b"x" * 1024}
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as own:
    own.bind(("127.0.0.1", int(sys.argv[2])))
    print("port", own.getsockname()[1], flush=True)
    while True:
        request, client = own.recvfrom(1024)
        if not request.endswith(b"\0octet\0"):
            print("ignored", request, flush=True)
            continue
        (opcode,) = struct.unpack("!H", request[:2])
        name = request[2 : -len(b"\0octet\0")].decode()
        print("asked", opcode, name, flush=True)
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as fresh:
            fresh.settimeout(10)
            if opcode != 1 or name not in FILES:
                fresh.sendto(struct.pack("!HH5sb", 5, 5, b"error", 0), client)
                continue
            blocks = [FILES[name][at : at + 512] for at in range(0, len(FILES[name]) + 1, 512)]
            for number, block in enumerate(blocks, 1):
                fresh.sendto(struct.pack("!HH", 3, number) + block, client)
                if len(block) < 512:
                    break
                ack, client = fresh.recvfrom(1024)
                print("ack", *struct.unpack("!HH", ack[:4]), flush=True)
        print("closed", name, flush=True)
