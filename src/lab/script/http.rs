//! The other side of a program of HTTP as a Python script, with what Python brings along: `http.client` and `http.server`.

use super::lines::Lines;
use super::place::Place;
use crate::program::Role;

/// A client of a http-server: two pages and one that is not there over one connection, then a form.
const CLIENT: &str = r#"
conn = http.client.HTTPConnection(HOST, PORT, timeout=15)
for path in ["/", "/hello.txt", "/nowhere"]:
    conn.request("GET", path)
    answer = conn.getresponse()
    print(path, answer.status, answer.reason, len(answer.read()), "bytes", flush=True)
form = urllib.parse.urlencode({"name": "Ann", "text": "hello, 你好"})
conn.request("POST", "/form", form, {"Content-Type": "application/x-www-form-urlencoded"})
answer = conn.getresponse()
print("/form", answer.status, answer.reason)
print(answer.read().decode("utf-8"), flush=True)
conn.close()
"#;

/// A server for a http-client: says which request it read, whatever it was.
const SERVER: &str = r#"

class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        print(self.requestline, len(body), "bytes", flush=True)
        page = "You sent {} and {} bytes.\n".format(self.requestline, len(body)).encode("utf-8")
        self.send_response(200)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(page)

    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = answer

    def log_message(self, *args):
        pass


class Server(http.server.ThreadingHTTPServer):
    address_family = socket.{family}
    daemon_threads = True


server = Server((HOST, PORT), Handler)
print("port", server.server_address[1], flush=True)
server.serve_forever()
"#;

/// A client of the server at this place.
pub(super) fn client(place: &Place) -> String {
    let mut lines = Lines::default();
    lines.uses(&["http.client", "urllib.parse"]);
    place.constants(&mut lines, Role::Client);
    lines.block(CLIENT);
    lines.end()
}

/// A server at this place.
pub(super) fn server(place: &Place) -> String {
    let mut lines = Lines::default();
    lines.uses(&["http.server", "socket"]);
    place.constants(&mut lines, Role::Server);
    lines.block(&SERVER.replace("{family}", place.family()));
    lines.end()
}
