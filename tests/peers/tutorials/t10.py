"""T10: a command line is run, and what it wrote is the answer. One recv of 1024 bytes may be less than that: the rest comes with the next."""
import socket
import subprocess
import sys

side, port = sys.argv[1], int(sys.argv[2])
charset = sys.argv[3] if len(sys.argv) > 3 else "utf-8"
if side == "server":
    with socket.create_server(("127.0.0.1", port)) as listener:
        print("port", listener.getsockname()[1], flush=True)
        peer, _ = listener.accept()
        while data := peer.recv(1024):
            line = data.decode(charset)
            print("heard", line, flush=True)
            # What the lab's client asks for by itself, and nothing else.
            if line not in ("whoami", "hostname; whoami", "no-such-program"):
                break
            done = subprocess.run(line, shell=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
            peer.sendall(done.stdout)
        peer.close()
else:
    with socket.create_connection(("127.0.0.1", port)) as server:
        for line in sys.stdin:
            server.sendall(line.rstrip("\n").encode(charset))
            data = server.recv(1024)
            print("heard", len(data), data.decode(charset, "replace"), flush=True)
