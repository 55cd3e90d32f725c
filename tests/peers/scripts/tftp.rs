//! Files by TFTP between our program and the script, both ways and in both modes, compared byte for byte.

use std::fs;
use std::net::SocketAddr;
use std::path::Path;

use socket_lab::lab::{Lab, Session};
use socket_lab::program::{Data, ProgramKind, Spec, Target, WriteRule};
use socket_lab::wire::tftp::Mode;
use tempfile::TempDir;

use super::super::peer::LIMIT;
use super::{alone, argument, ended, local, other_side, place_of, python_with, running, until};

/// The options that a client asks for, and how the bytes go: what is to make no difference to a file.
const ASKED: [(Option<u16>, bool, Mode); 5] = [
    (None, false, Mode::Octet),
    (None, true, Mode::Octet),
    (Some(8), false, Mode::Octet),
    (Some(1428), true, Mode::Octet),
    (Some(512), true, Mode::Netascii),
];
/// Lengths around whole blocks.
const LENGTHS: [usize; 4] = [0, 511, 1024, 30_000];

fn content(length: usize) -> Vec<u8> {
    // Ends of lines at every place of a block, and NUL behind CR.
    (0..length).map(|place| [b'a', b'\r', b'\n', 0, b'\r', b'\r', b'z'][(place ^ (place >> 9)) % 7]).collect()
}

fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder")
}

fn free() -> SocketAddr {
    SocketAddr::from(([127, 0, 0, 1], 0))
}

/// The server of the lab, of this folder.
fn serving(spec: &Spec, root: &Path) -> Session {
    let mut own = Spec { bind: Some(free()), ..spec.clone() };
    own.tftp.root = Some(root.to_owned());
    alone(own)
}

/// Waits until the other side has written the file.
fn holds(session: &Session, path: &Path, expected: &[u8]) {
    until(session, &format!("{}", path.display()), || fs::read(path).is_ok_and(|bytes| bytes == expected));
}

/// The script does what the client of the sample does, and then gets a file.
pub(super) fn client_of(lab: &Lab, spec: &Spec) {
    let (root, own) = (folder(), folder());
    fs::write(root.path().join("1024.bin"), content(1024)).expect("a file");
    fs::write(root.path().join("hello.txt"), "hello\n").expect("a file");
    fs::write(root.path().join("million.bin"), content(100_000)).expect("a file");
    let session = serving(spec, root.path());
    let at = local(&session, 0);
    let script = other_side(lab, &spec.name, Some(&at));
    let port = argument(&at);
    ended(python_with(own.path(), &script, &[&port]), &script);
    let client = lab.programs.iter().find(|other| other.kind == ProgramKind::TftpClient).expect("a client");
    match (&client.tftp.get, &client.tftp.put) {
        (Some(name), _) => assert!(fs::read(own.path().join(name)).expect("got") == fs::read(root.path().join(name)).expect("there")),
        (None, Some(Data::Text(text))) => {
            let name = client.tftp.remote.as_deref().expect("a name");
            holds(&session, &root.path().join(name), text.as_bytes());
        }
        _ => panic!("{client:?}"),
    }
    let python = python_with(own.path(), &script, &[&port, "get", "hello.txt"]);
    ended(python, &script);
    assert_eq!(fs::read(own.path().join("hello.txt")).expect("got"), b"hello\n");
    let (status, streams) = python_with(own.path(), &script, &[&port, "get", "nowhere"]).end();
    assert!(!status.success() && String::from_utf8_lossy(&streams.err).contains("Ended"), "what is not there is told");
    assert!(!own.path().join("nowhere").exists());
}

/// Our client, as it is in the sample, asks the script.
pub(super) fn server_for(lab: &Lab, spec: &Spec) {
    let (root, own) = (folder(), folder());
    let script = other_side(lab, &spec.name, None);
    let python = python_with(own.path(), &script, &["0", &root.path().to_string_lossy()]);
    let mut client = Spec { connect: Some(place_of(&python, false)), ..spec.clone() };
    client.tftp.to = client.tftp.get.as_ref().map(|_| own.path().join("got"));
    let session = done(client.clone(), &script);
    match (&client.tftp.get, &client.tftp.put) {
        (Some(name), _) => {
            let offered = fs::read(root.path().join(name)).expect("the script made one");
            assert!(!offered.is_empty() && fs::read(own.path().join("got")).expect("got") == offered);
        }
        (None, Some(Data::Text(text))) => {
            let name = client.tftp.remote.as_deref().expect("a name");
            holds(&session, &root.path().join(name), text.as_bytes());
        }
        _ => panic!("{client:?}"),
    }
}

/// The client, which has ended and did not fail.
fn done(client: Spec, script: &str) -> Session {
    let session = alone(client);
    assert!(session.wait(|programs| programs[0].has_ended(), LIMIT), "{script}\n{:#?}", session.status());
    assert!(!session.status()[0].has_failed(), "{script}\n{:#?}", session.status());
    session
}

/// The script gets a file of this server through this link, which loses.
pub(super) fn through(lab: &Lab, server: Spec, link: Spec) {
    let (root, own) = (folder(), folder());
    fs::write(root.path().join("million.bin"), content(200_000)).expect("a file");
    let mut server = server;
    server.tftp.root = Some(root.path().to_owned());
    let name = link.name.clone();
    let session = running(vec![server, link]);
    let at = local(&session, 1);
    let script = other_side(lab, &name, Some(&at));
    ended(python_with(own.path(), &script, &[&argument(&at)]), &script);
    assert!(fs::read(own.path().join("million.bin")).expect("got") == content(200_000));
}

/// The lab of one client that asks so, whose script is asked for.
fn asking(blksize: Option<u16>, tsize: bool, mode: Mode) -> Lab {
    let mut client = Spec { connect: Some(Target::Program("server".to_owned())), ..Spec::new(ProgramKind::TftpClient, "client") };
    (client.tftp.blksize, client.tftp.tsize, client.tftp.mode) = (blksize, tsize, mode);
    client.tftp.get = Some("sample".to_owned());
    let mut server = Spec::new(ProgramKind::TftpServer, "server");
    server.tftp.write = WriteRule::Create;
    Lab { programs: vec![server, client], ..Lab::default() }
}

#[test]
#[ignore = "needs python3"]
fn a_client_in_python_gets_and_puts_every_length_byte_for_byte() {
    for (blksize, tsize, mode) in ASKED {
        let lab = asking(blksize, tsize, mode);
        let (root, own) = (folder(), folder());
        let session = serving(&lab.programs[0], root.path());
        let at = local(&session, 0);
        let script = other_side(&lab, "server", Some(&at));
        for length in LENGTHS {
            let (there, here) = (format!("there-{length}"), format!("here-{length}"));
            fs::write(root.path().join(&there), content(length)).expect("a file");
            fs::write(own.path().join(&here), content(length)).expect("a file");
            ended(python_with(own.path(), &script, &[&argument(&at), "get", &there]), &script);
            assert!(fs::read(own.path().join(&there)).expect("got") == content(length), "{blksize:?} {mode:?} {length}");
            ended(python_with(own.path(), &script, &[&argument(&at), "put", &here]), &script);
            holds(&session, &root.path().join(&here), &content(length));
        }
    }
}

#[test]
#[ignore = "needs python3"]
fn a_server_in_python_gives_and_takes_every_length_byte_for_byte() {
    for (blksize, tsize, mode) in ASKED {
        let lab = asking(blksize, tsize, mode);
        let (root, own) = (folder(), folder());
        let script = other_side(&lab, "client", None);
        let python = python_with(own.path(), &script, &["0", &root.path().to_string_lossy()]);
        let at = Some(place_of(&python, false));
        for length in LENGTHS {
            let (there, here) = (format!("there-{length}"), own.path().join(format!("here-{length}")));
            fs::write(root.path().join(&there), content(length)).expect("a file");
            fs::write(&here, content(length)).expect("a file");
            let mut client = Spec { connect: at.clone(), ..lab.programs[1].clone() };
            (client.tftp.windowsize, client.tftp.timeout) = (Some(4), Some(3));
            (client.tftp.get, client.tftp.to) = (Some(there.clone()), Some(own.path().join(&there)));
            done(client.clone(), &script);
            assert!(fs::read(own.path().join(&there)).expect("got") == content(length), "{blksize:?} {mode:?} {length}");
            (client.tftp.get, client.tftp.put) = (None, Some(Data::File(here)));
            let session = done(client, &script);
            holds(&session, &root.path().join(format!("here-{length}")), &content(length));
        }
        // What may not be is refused, and told.
        for (name, said) in [("../secret", "only what stands in the folder"), ("nowhere", "no such file"), ("..", "IsADirectoryError")] {
            let mut client = Spec { connect: at.clone(), ..lab.programs[1].clone() };
            client.tftp.get = Some(name.to_owned());
            let session = alone(client);
            assert!(session.wait(|programs| programs[0].has_ended(), LIMIT), "{:#?}", session.status());
            let failure = session.status()[0].failure.as_ref().map(|failure| format!("{failure:?}")).unwrap_or_default();
            assert!(failure.contains(said), "{name}: {failure}");
        }
    }
}
