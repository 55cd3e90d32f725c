//! A client, and servers that do what they may and what they may not.

use std::fs;

use socket_lab::program::{Command, Phase, Program};
use socket_lab::trace::Call;

use crate::raw::{Raw, ack, bytes, data, getting, names, nobody, putting, request};
use crate::stage::{Stage, is_told};

/// A client that asks `raw` for "file", and the port that its request came from.
struct Asked {
    stage: Stage,
    folder: tempfile::TempDir,
    raw: Raw,
    client: Program,
    from: std::net::SocketAddr,
}

impl Asked {
    fn new(options: &str, change: impl FnOnce(&mut socket_lab::program::Tftp)) -> Self {
        let (stage, folder, raw) = (Stage::new(), tempfile::tempdir().unwrap(), Raw::new());
        fs::write(folder.path().join("file"), b"old").unwrap();
        let mut spec = getting(raw.address(), "file", &folder.path().join("file"));
        change(&mut spec.tftp);
        let client = stage.start(spec);
        let from = raw.hears(&request(1, "file", options));
        Self { stage, folder, raw, client, from }
    }

    /// What stands where the file is to be; nothing else does.
    fn file(&self) -> Vec<u8> {
        assert_eq!(names(self.folder.path()), ["file"]);
        fs::read(self.folder.path().join("file")).unwrap()
    }

    /// Waits for the end of the client; the words of its failure, if it has failed.
    fn failure(&self) -> Option<String> {
        self.stage.ended(&self.client).failure.map(|failure| failure.message.to_string())
    }

    /// Waits until the transfer has ended well.
    fn saved(&self) {
        self.stage.row("that it is saved", |row| is_told(row, "program-tftp-saved"));
    }
}

#[test]
fn a_file_is_fetched_from_another_port_and_stands_there_when_it_is_whole() {
    let asked = Asked::new("", |_| ());
    let server = Raw::new();
    server.say(&data(1, &bytes(512)), asked.from);
    server.hears(&ack(1));
    assert_eq!(fs::read(asked.folder.path().join("file")).unwrap(), b"old");
    assert_eq!(names(asked.folder.path()).len(), 2, "a part beside it");
    // A repeated block is acknowledged again and taken once; one from the future is not taken.
    server.say(&data(1, &bytes(512)), asked.from);
    server.hears(&ack(1));
    server.say(&data(3, b"later"), asked.from);
    server.say(&data(2, b"end"), asked.from);
    while server.hear().0 != ack(2) {}
    assert_eq!(asked.file(), [&bytes(512)[..], b"end"].concat());
    // The last ACK was lost.
    server.say(&data(2, b"end"), asked.from);
    server.hears(&ack(2));
    assert_eq!(asked.failure(), None);
}

#[test]
fn options_that_are_granted_hold_and_those_that_are_not_do_not() {
    let asked = Asked::new("blksize\x001024\0timeout\x005\0tsize\x000\0windowsize\x004\0", |tftp| {
        (tftp.blksize, tftp.windowsize, tftp.timeout, tftp.tsize) = (Some(1024), Some(4), Some(5), true);
    });
    asked.raw.say(b"\0\x06windowsize\x002\0BLKSIZE\x00600\0", asked.from);
    asked.raw.hears(&ack(0));
    asked.raw.say(&data(1, &bytes(600)), asked.from);
    asked.raw.say(&data(2, &bytes(600)), asked.from);
    asked.raw.hears(&ack(2));
    asked.raw.say(&data(3, b""), asked.from);
    asked.raw.hears(&ack(3));
    asked.saved();
    assert_eq!(asked.file(), [bytes(600), bytes(600)].concat());
}

#[test]
fn a_server_without_options_is_answered_without() {
    let asked = Asked::new("blksize\x001024\0", |tftp| tftp.blksize = Some(1024));
    asked.raw.say(&data(1, &bytes(512)), asked.from);
    asked.raw.hears(&ack(1));
    asked.raw.say(&data(2, b"end"), asked.from);
    asked.raw.hears(&ack(2));
    asked.saved();
    assert_eq!(asked.file().len(), 515);
}

#[test]
fn a_server_that_ignores_options_is_asked_again_without() {
    let asked = Asked::new("blksize\x001024\0", |tftp| tftp.blksize = Some(1024));
    while asked.raw.hear().0 != request(1, "file", "") {}
    asked.raw.say(&data(1, b"all"), asked.from);
    while asked.raw.hear().0 != ack(1) {}
    asked.saved();
    assert_eq!(asked.file(), b"all");
}

#[test]
fn more_than_was_asked_is_refused_with_error_8() {
    for oack in
        [&b"\0\x06blksize\x001025\0"[..], b"\0\x06windowsize\x002\0", b"\0\x06blksize\x007\0", b"\0\x06unknown\x001\0", b"\0\x06blksize\0"]
    {
        let asked = Asked::new("blksize\x001024\0", |tftp| tftp.blksize = Some(1024));
        asked.raw.say(oack, asked.from);
        asked.raw.hears_error(8);
        assert!(asked.failure().is_some());
        assert_eq!(asked.file(), b"old");
    }
}

#[test]
fn a_second_port_is_told_error_5_and_the_first_goes_on() {
    let asked = Asked::new("", |_| ());
    let (first, second) = (Raw::new(), Raw::new());
    first.say(&data(1, &bytes(512)), asked.from);
    first.hears(&ack(1));
    second.say(&data(1, &[7; 512]), asked.from);
    second.hears_error(5);
    second.say(b"\0\x05\0\0no\0", asked.from);
    second.hears_nothing();
    first.say(&data(2, b"end"), asked.from);
    while first.hear().0 != ack(2) {}
    assert_eq!(asked.file(), [&bytes(512)[..], b"end"].concat());
}

#[test]
fn an_error_midway_is_told_in_words_and_leaves_the_old_file() {
    let asked = Asked::new("", |_| ());
    asked.raw.say(&data(1, &bytes(512)), asked.from);
    asked.raw.hears(&ack(1));
    asked.raw.say(b"\0\x05\0\x03disk \xff broken\x1b[2J\0", asked.from);
    let failure = asked.failure().expect("a failure");
    assert!(failure.contains("file") && failure.contains("disk") && failure.contains('3') && !failure.contains('\u{1b}'), "{failure}");
    assert_eq!(asked.file(), b"old");
    asked.raw.hears_nothing();
}

#[test]
fn nonsense_of_the_partner_ends_the_transfer_with_error_4() {
    for nonsense in [data(2, &bytes(513)), request(1, "file", ""), b"\0\x0a?".to_vec()] {
        let asked = Asked::new("", |_| ());
        asked.raw.say(&data(1, &bytes(512)), asked.from);
        asked.raw.hears(&ack(1));
        asked.raw.say(&nonsense, asked.from);
        asked.raw.hears_error(4);
        assert!(asked.failure().is_some());
        assert_eq!(asked.file(), b"old");
    }
}

#[test]
fn nobody_at_the_port_is_told_at_once() {
    let (stage, folder) = (Stage::new(), tempfile::tempdir().unwrap());
    let client = stage.start(getting(nobody(), "file", &folder.path().join("file")));
    let state = stage.ended(&client);
    assert_eq!(cfg!(target_os = "linux"), state.failure.is_some());
    assert_eq!(names(folder.path()), [""; 0]);
    let mut spec = getting(nobody(), "file", &folder.path().join("file"));
    spec.expect = vec!["ECONNREFUSED".to_owned()];
    let client = stage.start(spec);
    assert_eq!(stage.ended(&client).failure, None);
}

#[test]
fn a_transfer_that_is_cancelled_or_stopped_tells_the_server_and_leaves_the_old_file() {
    for stops in [false, true] {
        let asked = Asked::new("", |_| ());
        asked.raw.say(&data(1, &bytes(512)), asked.from);
        asked.raw.hears(&ack(1));
        let socket = asked.stage.blocked(asked.client.id(), Call::RecvFrom).socket.unwrap();
        if stops {
            asked.client.stop();
        } else {
            asked.client.command(Command::Disconnect(socket)).unwrap();
        }
        while asked.raw.hear().0[..4] != [0, 5, 0, 0] {}
        assert!(asked.failure().is_some(), "the file is not there");
        assert_eq!(asked.file(), b"old");
        assert!(asked.client.state().phase == Phase::Ended && !asked.client.state().panicked);
    }
}

#[test]
fn a_place_that_cannot_be_written_is_told_before_anything_is_sent() {
    let (stage, folder, raw) = (Stage::new(), tempfile::tempdir().unwrap(), Raw::new());
    for to in [folder.path().join("none/file"), folder.path().to_owned()] {
        let client = stage.start(getting(raw.address(), "file", &to));
        let failure = stage.ended(&client).failure.expect("a failure").message.to_string();
        assert!(failure.contains(&*to.to_string_lossy()), "{failure}");
    }
    raw.hears_nothing();
}

#[test]
fn what_is_put_is_sent_once_a_block_and_an_ack_from_the_past_brings_nothing() {
    let (stage, raw) = (Stage::new(), Raw::new());
    let client = stage.start(putting(raw.address(), "new", &bytes(600)));
    let from = raw.hears(&request(2, "new", ""));
    let server = Raw::new();
    server.say(&ack(0), from);
    server.hears(&data(1, &bytes(600)[..512]));
    server.say(&ack(1), from);
    server.hears(&data(2, &bytes(600)[512..]));
    server.say(&ack(1), from);
    server.say(&ack(1), from);
    server.say(&ack(2), from);
    let state = stage.ended(&client);
    assert_eq!(state.failure, None);
    let stranger = stage.rows().iter().filter(|row| row.call() == Some(Call::SendTo)).count();
    assert!(stranger <= 4, "{stranger}: the request, two blocks, at most one of them again in time");
}

#[test]
fn what_is_put_says_its_size_and_follows_the_options() {
    let (stage, raw) = (Stage::new(), Raw::new());
    let mut spec = putting(raw.address(), "new", &bytes(20));
    (spec.tftp.tsize, spec.tftp.blksize, spec.tftp.windowsize) = (true, Some(16), Some(2));
    let client = stage.start(spec);
    let from = raw.hears(&request(2, "new", "blksize\x0016\0tsize\x0020\0windowsize\x002\0"));
    raw.say(b"\0\x06blksize\x008\0windowsize\x002\0", from);
    raw.hears(&data(1, &bytes(20)[..8]));
    raw.hears(&data(2, &bytes(20)[8..16]));
    raw.say(&ack(2), from);
    raw.hears(&data(3, &bytes(20)[16..]));
    raw.say(&ack(3), from);
    assert_eq!(stage.ended(&client).failure, None);
}

#[test]
fn a_server_that_is_gone_before_the_last_ack_is_no_failure() {
    let (stage, raw) = (Stage::new(), Raw::new());
    let client = stage.start(putting(raw.address(), "new", b"all"));
    let from = raw.hears(&request(2, "new", ""));
    raw.say(&ack(0), from);
    raw.hears(&data(1, b"all"));
    drop(raw);
    assert_eq!(stage.ended(&client).failure, None);
}
