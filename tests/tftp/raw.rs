//! A TFTP peer that says what it likes: raw datagrams.

use std::cell::RefCell;
use std::net::{SocketAddr, UdpSocket};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use socket_lab::program::{Data, Program, ProgramKind, Spec, Target, WriteRule};

use crate::stage::{LIMIT, Stage, any, datagram_peer};

/// How long is listened for what must not come.
const SILENCE: Duration = Duration::from_millis(150);

/// What it heard last may come again at any time, as on a slow day its answers are late: a repetition is passed over where another packet is expected.
pub(super) struct Raw {
    pub(super) socket: UdpSocket,
    last: RefCell<Vec<u8>>,
}

impl Raw {
    pub(super) fn new() -> Self {
        Self::on(datagram_peer())
    }

    pub(super) fn on(socket: UdpSocket) -> Self {
        Self { socket, last: RefCell::default() }
    }

    pub(super) fn address(&self) -> SocketAddr {
        self.socket.local_addr().unwrap()
    }

    pub(super) fn say(&self, packet: &[u8], to: SocketAddr) {
        self.socket.send_to(packet, to).unwrap();
    }

    /// The next datagram and who sent it.
    pub(super) fn hear(&self) -> (Vec<u8>, SocketAddr) {
        let mut buffer = vec![0; 70_000];
        let (count, from) = self.socket.recv_from(&mut buffer).expect("a packet");
        buffer.truncate(count);
        (buffer, from)
    }

    /// The next datagram that is `wanted`, or other than the last.
    fn hear_new(&self, wanted: impl Fn(&[u8]) -> bool) -> (Vec<u8>, SocketAddr) {
        loop {
            let (heard, from) = self.hear();
            if wanted(&heard) || heard != *self.last.borrow() {
                self.last.replace(heard.clone());
                return (heard, from);
            }
        }
    }

    /// Asserts that the next datagram is this one; who sent it.
    pub(super) fn hears(&self, packet: &[u8]) -> SocketAddr {
        let (heard, from) = self.hear_new(|heard| heard == packet);
        assert_eq!(heard.escape_ascii().to_string(), packet.escape_ascii().to_string());
        from
    }

    /// Asserts that an ERROR of this code comes; who sent it.
    pub(super) fn hears_error(&self, code: u8) -> SocketAddr {
        let (heard, from) = self.hear_new(|heard| heard.starts_with(&[0, 5]));
        assert_eq!(heard.get(..4), Some(&[0, 5, 0, code][..]), "{}", heard.escape_ascii());
        assert!(heard.len() > 5 && heard.ends_with(b"\0") && heard.is_ascii(), "{}", heard.escape_ascii());
        from
    }

    /// Asserts that nothing comes.
    pub(super) fn hears_nothing(&self) {
        self.socket.set_read_timeout(Some(SILENCE)).unwrap();
        let mut buffer = [0; 600];
        while let Ok((count, from)) = self.socket.recv_from(&mut buffer) {
            assert!(buffer[..count] == **self.last.borrow(), "{from} said {}", buffer[..count].escape_ascii());
        }
        self.socket.set_read_timeout(Some(LIMIT)).unwrap();
    }
}

pub(super) fn data(block: u16, bytes: &[u8]) -> Vec<u8> {
    [&[0, 3], &block.to_be_bytes()[..], bytes].concat()
}

pub(super) fn ack(block: u16) -> Vec<u8> {
    [&[0, 4], &block.to_be_bytes()[..]].concat()
}

/// A request to read (1) or write (2), `options` with their zero bytes.
pub(super) fn request(opcode: u8, name: &str, options: &str) -> Vec<u8> {
    [&[0, opcode][..], name.as_bytes(), b"\0octet\0", options.as_bytes()].concat()
}

/// The bytes of a file, other for each block.
pub(super) fn bytes(length: usize) -> Vec<u8> {
    (0..length).map(|place| (place.wrapping_mul(31) ^ (place >> 9)) as u8).collect()
}

/// A folder with a server of it.
pub(super) struct Served {
    pub(super) stage: Stage,
    pub(super) folder: tempfile::TempDir,
    pub(super) server: Program,
    pub(super) address: SocketAddr,
}

impl Served {
    pub(super) fn new(write: WriteRule, change: impl FnOnce(&mut Spec)) -> Self {
        let (stage, folder) = (Stage::new(), tempfile::tempdir().unwrap());
        let root = folder.path().join("root");
        std::fs::create_dir(&root).unwrap();
        let (server, address) = stage.server(ProgramKind::TftpServer, |spec| {
            spec.tftp.root = Some(root);
            spec.tftp.write = write;
            change(spec);
        });
        Self { stage, folder, server, address }
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join("root").join(name)
    }

    pub(super) fn put(&self, name: &str, bytes: &[u8]) {
        std::fs::write(self.path(name), bytes).unwrap();
    }

    /// The names in the folder.
    pub(super) fn names(&self) -> Vec<String> {
        names(&self.folder.path().join("root"))
    }

    /// Asks, and asserts that an ERROR of this code is the answer.
    pub(super) fn refuses(&self, packet: &[u8], code: u8) {
        let raw = Raw::new();
        raw.say(packet, self.address);
        raw.hears_error(code);
    }

    /// Waits until a row of the server tells that a transfer has ended.
    pub(super) fn ended(&self) {
        self.stage.row("the end of a transfer", |row| crate::stage::is_told(row, "program-tftp-ended"));
    }
}

pub(super) fn names(folder: &Path) -> Vec<String> {
    let mut names =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect::<Vec<_>>();
    names.sort();
    names
}

/// A client that fetches `name` from `server` to `to`.
pub(super) fn getting(server: SocketAddr, name: &str, to: &Path) -> Spec {
    let mut spec = Spec { connect: Some(Target::Address(server)), ..Spec::new(ProgramKind::TftpClient, "client") };
    spec.tftp.get = Some(name.to_owned());
    spec.tftp.to = Some(to.to_owned());
    spec
}

/// A client that puts these bytes under `name`.
pub(super) fn putting(server: SocketAddr, name: &str, bytes: &[u8]) -> Spec {
    let mut spec = Spec { connect: Some(Target::Address(server)), ..Spec::new(ProgramKind::TftpClient, "client") };
    spec.tftp.put = Some(Data::Hex(bytes.to_vec()));
    spec.tftp.remote = Some(name.to_owned());
    spec
}

/// An address with nobody behind it.
pub(super) fn nobody() -> SocketAddr {
    UdpSocket::bind(any()).unwrap().local_addr().unwrap()
}

/// Waits until the folder holds these names: what is not to stay goes when its transfer has been told to be over.
pub(super) fn until_names(folder: &Path, wanted: &[&str]) {
    let limit = Instant::now() + LIMIT;
    while names(folder) != wanted {
        assert!(Instant::now() < limit, "{:?} in place of {wanted:?}", names(folder));
        std::thread::yield_now();
    }
}
