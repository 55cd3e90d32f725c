//! Server and client against programs of others. Not run by default: they must be installed (`.ci/run` does that).

use std::net::SocketAddr;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use socket_lab::program::{Phase, Spec, WriteRule};

use crate::peer::Peer;
use crate::raw::{Served, bytes, getting, nobody, putting};
use crate::stage::Stage;

const SIZES: [usize; 7] = [0, 1, 511, 512, 513, 1024, (1 << 20) + 1];
/// More blocks of 512 bytes than there are numbers.
const ROLLOVER: usize = 40 << 20;

/// A program of others that fetches and sends files: its arguments, which may hold HOST, PORT, REMOTE, LOCAL.
struct Client {
    get: &'static [&'static str],
    put: &'static [&'static str],
    /// The sizes that it cannot manage itself.
    not: &'static [usize],
    large: bool,
}

fn filled(arguments: &[&str], server: SocketAddr, remote: &str, local: &Path) -> Command {
    let fill = |argument: &&str| {
        let (host, port) = (server.ip().to_string(), server.port().to_string());
        argument.replace("HOST", &host).replace("PORT", &port).replace("REMOTE", remote).replace("LOCAL", &local.to_string_lossy())
    };
    let arguments = arguments.iter().map(fill).collect::<Vec<_>>();
    let mut command = Command::new(&arguments[0]);
    command.args(&arguments[1..]);
    command
}

fn serves(client: &Client) {
    let served = Served::new(WriteRule::Overwrite, |_| ());
    let local = served.folder.path().join("local");
    let sizes = SIZES.iter().copied().chain(client.large.then_some(ROLLOVER)).filter(|size| !client.not.contains(size));
    for size in sizes {
        let file = bytes(size);
        for (arguments, writes) in [(client.get, false), (client.put, true)].into_iter().filter(|(arguments, _)| !arguments.is_empty()) {
            std::fs::remove_file(&local).ok();
            std::fs::remove_file(served.path("remote")).ok();
            std::fs::write(if writes { local.clone() } else { served.path("remote") }, &file).unwrap();
            let (status, streams) = Peer::start(&mut filled(arguments, served.address, "remote", &local)).end();
            let said = String::from_utf8_lossy(&streams.err);
            assert!(status.success(), "{arguments:?} {size}: {said}");
            // A client may be gone before the server has put the file in its place: it does so before the last ACK.
            let got = std::fs::read(if writes { served.path("remote") } else { local.clone() }).unwrap_or_default();
            assert!(got == file, "{arguments:?} {size}: {} bytes\n{said}", got.len());
        }
    }
    assert!(!served.server.state().has_failed(), "{:?}", served.server.state());
}

#[test]
#[ignore = "needs curl"]
fn curl_is_served() {
    let get = &["curl", "-sS", "-m", "100", "tftp://HOST:PORT/REMOTE", "-o", "LOCAL"];
    let put = &["curl", "-sS", "-m", "100", "-T", "LOCAL", "tftp://HOST:PORT/REMOTE"];
    // curl takes an empty file that is announced by tsize 0 for an error, and writes no file for one that is empty.
    serves(&Client { get, put, not: &[0], large: true });
    for blksize in ["1428", "65464"] {
        let get = ["curl", "-sS", "--tftp-blksize", blksize, "tftp://HOST:PORT/REMOTE", "-o", "LOCAL"];
        let put = ["curl", "-sS", "--tftp-blksize", blksize, "-T", "LOCAL", "tftp://HOST:PORT/REMOTE"];
        let [get, put] = [get.to_vec(), put.to_vec()].map(|arguments| &*arguments.leak());
        serves(&Client { get, put, not: &[0], large: false });
    }
    let no_options = &["curl", "-sS", "--tftp-no-options", "tftp://HOST:PORT/REMOTE", "-o", "LOCAL"];
    serves(&Client { get: no_options, put: &[], not: &[0], large: false });
}

#[test]
#[ignore = "needs tftp-hpa"]
fn tftp_hpa_is_served() {
    let get = &["tftp", "-m", "binary", "HOST", "PORT", "-c", "get", "REMOTE", "LOCAL"];
    let put = &["tftp", "-m", "binary", "HOST", "PORT", "-c", "put", "LOCAL", "REMOTE"];
    serves(&Client { get, put, not: &[], large: true });
}

#[test]
#[ignore = "needs atftp"]
fn atftp_is_served() {
    let get = &["atftp", "-g", "-r", "REMOTE", "-l", "LOCAL", "HOST", "PORT"];
    let put = &["atftp", "-p", "-r", "REMOTE", "-l", "LOCAL", "HOST", "PORT"];
    serves(&Client { get, put, not: &[], large: true });
    let options = ["--option", "blksize 1428", "--option", "windowsize 8"];
    let with = |arguments: &[&'static str]| &*[&arguments[..1], &options[..], &arguments[1..]].concat().leak();
    serves(&Client { get: with(get), put: with(put), not: &[], large: false });
}

#[test]
#[ignore = "needs busybox"]
fn busybox_is_served() {
    let get = &["busybox", "tftp", "-g", "-r", "REMOTE", "-l", "LOCAL", "HOST", "PORT"];
    let put = &["busybox", "tftp", "-p", "-r", "REMOTE", "-l", "LOCAL", "HOST", "PORT"];
    serves(&Client { get, put, not: &[], large: true });
    for blksize in ["1428", "65464"] {
        let with = |arguments: &[&'static str]| &*[&arguments[..2], &["-b", blksize], &arguments[2..]].concat().leak();
        serves(&Client { get: with(get), put: with(put), not: &[], large: false });
    }
}

#[test]
#[ignore = "needs tftpy"]
fn tftpy_is_served() {
    const SCRIPT: &str = "import sys, tftpy; how, host, port, remote, local, options = sys.argv[1:7]\n\
        client = tftpy.TftpClient(host, int(port), eval(options))\n\
        (client.download if how == 'get' else client.upload)(remote, local)";
    for options in ["{}", "{'blksize': 1428, 'tsize': 0}", "{'blksize': 65464}"] {
        let call = |how| &*vec!["python3", "-c", SCRIPT, how, "HOST", "PORT", "REMOTE", "LOCAL", options].leak();
        serves(&Client { get: call("get"), put: call("put"), not: &[], large: false });
    }
}

/// A server of others, in the folder of its files.
fn asks(peer: impl FnOnce(&Path, u16) -> Option<Peer>, writes: bool, options: &[(Option<u16>, Option<u16>)]) {
    let (stage, folder) = (Stage::new(), tempfile::tempdir().unwrap());
    let root = folder.path().join("root");
    std::fs::create_dir(&root).unwrap();
    let address = nobody();
    let _peer = peer(&root, address.port());
    let run = |mut spec: Spec, (blksize, windowsize): (Option<u16>, Option<u16>)| {
        (spec.tftp.blksize, spec.tftp.windowsize) = (blksize, windowsize);
        let client = stage.start(spec);
        assert!(client.wait(|state| state.phase == Phase::Ended, Duration::from_mins(2)), "{:?}", client.state());
        client.state().failure.map(|failure| failure.message.to_string())
    };
    std::fs::write(root.join("first"), b"first").unwrap();
    let to = folder.path().join("got");
    // It is there when it answers.
    let begin = std::time::Instant::now();
    while let Some(failure) = run(getting(address, "first", &to), (None, None)) {
        assert!(begin.elapsed() < Duration::from_secs(20), "{failure}");
    }
    for option in options {
        let large = (*option == (None, None)).then_some(ROLLOVER);
        for size in SIZES.into_iter().chain(large) {
            let file = bytes(size);
            std::fs::write(root.join("file"), &file).unwrap();
            assert_eq!(run(getting(address, "file", &to), *option), None, "get {size} {option:?}");
            assert!(std::fs::read(&to).unwrap() == file, "get {size} {option:?}");
            if writes {
                // Some take only what is there already and may be written by all.
                let put = root.join("put");
                std::fs::write(&put, b"").unwrap();
                std::fs::set_permissions(&put, std::os::unix::fs::PermissionsExt::from_mode(0o666)).unwrap();
                assert_eq!(run(putting(address, "put", &file), *option), None, "put {size} {option:?}");
                // Not all of them have written it when they acknowledge the last block.
                let begin = std::time::Instant::now();
                while std::fs::read(&put).unwrap() != file {
                    assert!(begin.elapsed() < Duration::from_secs(5), "put {size} {option:?}");
                    std::thread::yield_now();
                }
            }
        }
    }
}

const OPTIONS: &[(Option<u16>, Option<u16>)] = &[(None, None), (Some(1428), None), (Some(65_464), None), (Some(1428), Some(8))];

fn open_to_all(root: &Path) {
    for folder in [root, root.parent().unwrap()] {
        std::fs::set_permissions(folder, std::os::unix::fs::PermissionsExt::from_mode(0o777)).unwrap();
    }
}

#[test]
#[ignore = "needs tftpd-hpa and root"]
fn tftpd_hpa_is_asked() {
    let peer = |root: &Path, port: u16| {
        open_to_all(root);
        let mut command = Command::new("in.tftpd");
        command.args(["-L", "-4", "-c", "-a", &format!("127.0.0.1:{port}"), "-s"]).arg(root);
        Some(Peer::start(&mut command))
    };
    asks(peer, true, OPTIONS);
}

#[test]
#[ignore = "needs atftpd and root"]
fn atftpd_is_asked() {
    let peer = |root: &Path, port: u16| {
        open_to_all(root);
        let mut command = Command::new("atftpd");
        command.args(["--daemon", "--no-fork", "--logfile", "-", "--bind-address", "127.0.0.1", "--port", &port.to_string()]).arg(root);
        Some(Peer::start(&mut command))
    };
    asks(peer, true, OPTIONS);
}

#[test]
#[ignore = "needs dnsmasq and root"]
fn dnsmasq_is_asked() {
    let peer = |root: &Path, port: u16| {
        open_to_all(root);
        let mut command = Command::new("dnsmasq");
        command.args(["--no-daemon", "--port=0", "--conf-file=/dev/null", "--enable-tftp", "--user=root", "--listen-address=127.0.0.1"]);
        command.arg(format!("--tftp-root={}", root.display()));
        // It serves port 69 alone.
        (port == 69).then(|| Peer::start(&mut command))
    };
    let (stage, folder) = (Stage::new(), tempfile::tempdir().unwrap());
    let Some(_peer) = peer(folder.path(), 69) else { return };
    let to = folder.path().join("got");
    let begin = std::time::Instant::now();
    for size in SIZES {
        for (blksize, windowsize) in [(None, None), (Some(1428), None), (Some(1428), Some(8))] {
            let file = bytes(size);
            std::fs::write(folder.path().join("file"), &file).unwrap();
            std::fs::set_permissions(folder.path().join("file"), std::os::unix::fs::PermissionsExt::from_mode(0o644)).unwrap();
            loop {
                let mut spec = getting(([127, 0, 0, 1], 69).into(), "file", &to);
                (spec.tftp.blksize, spec.tftp.windowsize) = (blksize, windowsize);
                let client = stage.start(spec);
                assert!(client.wait(|state| state.phase == Phase::Ended, Duration::from_mins(1)));
                let Some(failure) = client.state().failure else { break };
                assert!(begin.elapsed() < Duration::from_secs(10), "{size}: {failure:?}");
            }
            assert!(std::fs::read(&to).unwrap() == file, "{size}");
        }
    }
}

#[test]
#[ignore = "needs tftpy"]
fn tftpy_server_is_asked() {
    let peer = |root: &Path, port: u16| {
        let script = "import sys, tftpy; tftpy.TftpServer(sys.argv[1]).listen('127.0.0.1', int(sys.argv[2]))";
        let mut command = Command::new("python3");
        command.args(["-c", script]).arg(root).arg(port.to_string());
        Some(Peer::start(&mut command))
    };
    asks(peer, true, &OPTIONS[1..3]);
}
