//! A server that is written to: what stands in its folder, when, and what never does.

use socket_lab::program::WriteRule;

use crate::raw::{Raw, Served, ack, bytes, data, request, until_names};

#[test]
fn a_file_stands_under_its_name_when_it_is_whole() {
    let served = Served::new(WriteRule::Create, |_| ());
    let raw = Raw::new();
    raw.say(&request(2, "new", ""), served.address);
    let tid = raw.hears(&ack(0));
    assert_ne!(tid, served.address);
    raw.say(&data(1, &bytes(512)), tid);
    raw.hears(&ack(1));
    let names = served.names();
    assert!(!served.path("new").exists() && names.len() == 1, "{names:?}");
    served.refuses(&request(1, &names[0], ""), 1);
    raw.say(&data(2, b""), tid);
    raw.hears(&ack(2));
    assert_eq!((served.names(), std::fs::read(served.path("new")).unwrap()), (vec!["new".to_owned()], bytes(512)));
    // Whoever missed the last ACK gets it again.
    raw.say(&data(2, b""), tid);
    raw.hears(&ack(2));
    served.refuses(&request(2, "new", ""), 6);
}

#[test]
fn an_aborted_one_leaves_nothing_and_the_old_file_as_it_was() {
    let served = Served::new(WriteRule::Overwrite, |_| ());
    served.put("old", b"old");
    let raw = Raw::new();
    raw.say(&request(2, "old", ""), served.address);
    let tid = raw.hears(&ack(0));
    raw.say(&data(1, &bytes(512)), tid);
    raw.hears(&ack(1));
    raw.say(b"\0\x05\0\0no more\0", tid);
    served.ended();
    served.stage.row("its close", |row| row.call() == Some(socket_lab::trace::Call::Close));
    assert_eq!((served.names(), std::fs::read(served.path("old")).unwrap()), (vec!["old".to_owned()], b"old".to_vec()));
    raw.say(&request(2, "old", ""), served.address);
    let tid = raw.hears(&ack(0));
    raw.say(&data(1, b"new"), tid);
    raw.hears(&ack(1));
    assert_eq!(std::fs::read(served.path("old")).unwrap(), b"new");
}

#[test]
fn a_stopped_server_leaves_nothing_half() {
    let served = Served::new(WriteRule::Overwrite, |_| ());
    served.put("old", b"old");
    let raw = Raw::new();
    raw.say(&request(2, "old", ""), served.address);
    let tid = raw.hears(&ack(0));
    raw.say(&data(1, &bytes(512)), tid);
    raw.hears(&ack(1));
    served.stage.stopped(&served.server);
    raw.hears_error(0);
    assert_eq!((served.names(), std::fs::read(served.path("old")).unwrap()), (vec!["old".to_owned()], b"old".to_vec()));
}

#[test]
fn two_writers_of_one_name_do_not_mix() {
    let served = Served::new(WriteRule::Create, |_| ());
    let writers = [(); 2].map(|()| Raw::new());
    let tids = writers.each_ref().map(|raw| {
        raw.say(&request(2, "new", ""), served.address);
        raw.hears(&ack(0))
    });
    for (raw, tid) in writers.iter().zip(tids).rev() {
        raw.say(&data(1, &[tid.port() as u8; 512]), tid);
        raw.hears(&ack(1));
    }
    writers[1].say(&data(2, b""), tids[1]);
    writers[1].hears(&ack(2));
    writers[0].say(&data(2, b""), tids[0]);
    writers[0].hears_error(6);
    assert_eq!((served.names(), std::fs::read(served.path("new")).unwrap()), (vec!["new".to_owned()], vec![tids[1].port() as u8; 512]));
}

#[test]
fn what_is_too_much_is_refused_with_error_3() {
    let served = Served::new(WriteRule::Create, |spec| (spec.tftp.max_size, spec.tftp.max_files) = (1000, 1));
    served.refuses(&request(2, "new", "tsize\x001001\0"), 3);
    let raw = Raw::new();
    raw.say(&request(2, "new", ""), served.address);
    let tid = raw.hears(&ack(0));
    raw.say(&data(1, &bytes(512)), tid);
    raw.hears(&ack(1));
    raw.say(&data(2, &bytes(512)), tid);
    // It has come, which is what an ACK says; only the last one says that it is on the disk.
    raw.hears(&ack(2));
    raw.hears_error(3);
    served.ended();
    until_names(&served.path(""), &[]);
    let raw = Raw::new();
    raw.say(&request(2, "one", "tsize\x003\0"), served.address);
    let tid = raw.hears(b"\0\x06tsize\x003\0");
    raw.say(&data(1, b"one"), tid);
    raw.hears(&ack(1));
    served.refuses(&request(2, "two", ""), 3);
    assert_eq!(served.names(), ["one"]);
}

#[test]
fn a_block_that_is_too_long_ends_the_transfer() {
    let served = Served::new(WriteRule::Create, |_| ());
    let raw = Raw::new();
    raw.say(&request(2, "new", ""), served.address);
    let tid = raw.hears(&ack(0));
    raw.say(&data(1, &bytes(513)), tid);
    raw.hears_error(4);
    served.ended();
    until_names(&served.path(""), &[]);
}

#[test]
fn text_is_stored_with_the_line_ends_of_this_system_s_files() {
    let served = Served::new(WriteRule::Create, |_| ());
    let raw = Raw::new();
    raw.say(b"\0\x02new\0NetASCII\0", served.address);
    let tid = raw.hears(&ack(0));
    let text = [&b"x".repeat(511)[..], b"\r"].concat();
    raw.say(&data(1, &text), tid);
    raw.hears(&ack(1));
    raw.say(&data(2, b"\na\r\0b"), tid);
    raw.hears(&ack(2));
    assert_eq!(std::fs::read(served.path("new")).unwrap(), [&b"x".repeat(511)[..], b"\na\rb"].concat());
}

/// A limit of the process on the size of a file is what a full disk is to a test: the write fails in the middle, with EFBIG for ENOSPC. Its signal is ignored, which
/// the program inherits.
#[cfg(unix)]
#[test]
fn a_full_disk_is_told_with_error_3_and_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("root");
    std::fs::create_dir(&root).unwrap();
    let lab = folder.path().join("lab.toml");
    let text = "[[program]]\nname = \"files\"\nkind = \"tftp-server\"\nbind = \"127.0.0.1:0\"\nroot = \"root\"\nwrite = \"create\"\n";
    std::fs::write(&lab, text).unwrap();
    let mut command = std::process::Command::new("sh");
    command.args(["-c", "trap '' XFSZ; ulimit -f 64; exec \"$0\" run \"$1\" --format jsonl", env!("CARGO_BIN_EXE_socket-lab")]).arg(&lab);
    let peer = crate::peer::Peer::start(&mut command);
    let port = peer.port_after("\"call\":\"getsockname\",\"args\":{\"address\":\"127.0.0.1:");
    let raw = Raw::new();
    raw.say(&request(2, "new", "blksize\x0032768\0"), ([127, 0, 0, 1], port).into());
    let tid = raw.hears(b"\0\x06blksize\x0032768\0");
    let mut block = 0;
    let error = loop {
        block += 1;
        raw.say(&data(block, &bytes(32_768)), tid);
        let (heard, _) = raw.hear();
        if heard != ack(block) {
            break heard;
        }
        assert!(block < 100, "it took what it has no room for");
    };
    assert_eq!(error[..4], [0, 5, 0, 3], "{}", error.escape_ascii());
    until_names(&root, &[]);
}
