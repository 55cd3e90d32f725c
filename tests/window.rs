//! The real program in a real window, under Xvfb: found by AT-SPI, pressed by mouse and keys. `tests/window/drive.py` holds the journeys,
//! `files.py` those to files and back.

#![cfg(target_os = "linux")]
#![expect(clippy::expect_used, reason = "a test that lacks what it needs has failed")]

use std::fs;
use std::process::{Command, Stdio};

/// A server that echoes, on any free port, and a client; `SEND` stands for what the client sends by itself. Written as the window writes it, so that
/// what is saved can be compared byte for byte.
const LAB: &str = r#"title = "First echo"

[[program]]
name = "server"
kind = "tcp-server"
bind = "127.0.0.1:0"

[[program]]
name = "client"
kind = "tcp-client"
connect = "@server"
send = SEND
"#;

/// A session bus that starts the bus of AT-SPI and nothing else: no file dialogs of the desktop, whatever is installed.
const BUS: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <auth>EXTERNAL</auth>
  <servicedir>SERVICES</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#;

/// How the bus of AT-SPI is started.
const SERVICE: &str = "/usr/share/dbus-1/services/org.a11y.Bus.service";

/// Goes through `journey`, in which the client sends `send` by itself, with a session bus, a display and a home of its own.
fn go(journey: &str, send: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("lab.toml"), LAB.replace("SEND", send)).expect("written");
    let drive = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/window/drive.py");
    let program = std::env::var("SOCKET_LAB").unwrap_or_else(|_| env!("CARGO_BIN_EXE_socket-lab").to_owned());
    let services = folder.path().join("services");
    fs::create_dir(&services).expect("a folder");
    fs::copy(SERVICE, services.join("org.a11y.Bus.service")).expect("the service of AT-SPI");
    let bus = folder.path().join("bus.conf");
    fs::write(&bus, BUS.replace("SERVICES", &services.display().to_string())).expect("written");
    let mut command = Command::new("dbus-run-session");
    // The system's Python has the system's bindings.
    command
        .arg("--config-file")
        .arg(bus)
        .args(["--", "/usr/bin/python3", drive, &program, journey])
        .arg(folder.path())
        .stdin(Stdio::null());
    // For the session bus too: what it starts keeps its sockets there, and must not meet that of another test.
    for name in ["HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"] {
        command.env(name, folder.path());
    }
    // Settings of the desktop stay where they are, and nothing is left beside the journeys.
    command.env("GSETTINGS_BACKEND", "memory").env("PYTHONDONTWRITEBYTECODE", "1");
    for name in ["DISPLAY", "WAYLAND_DISPLAY", "AT_SPI_BUS_ADDRESS"] {
        command.env_remove(name);
    }
    let output = command.output().expect("dbus-run-session");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{journey}: {}\n{said}", output.status);
}

#[test]
#[ignore = "needs Xvfb, AT-SPI, xdotool, Python"]
fn one_press_of_the_mouse_lets_two_programs_talk() {
    go("first", r#"["hello"]"#);
}

#[test]
#[ignore = "needs Xvfb, AT-SPI, xdotool, Python"]
fn no_control_is_without_a_name() {
    go("names", r#"["hello"]"#);
}

#[test]
#[ignore = "needs Xvfb, AT-SPI, xdotool, Python"]
fn tab_comes_to_every_control() {
    go("walk", r#"["hello"]"#);
}

#[test]
#[ignore = "needs Xvfb, AT-SPI, xdotool, Python"]
fn the_keyboard_is_enough() {
    go("keys", "[]");
}

#[test]
#[ignore = "needs Xvfb, AT-SPI, xdotool, Python"]
fn chinese_is_typed_and_comes_back() {
    go("chinese", "[]");
}

#[test]
#[ignore = "needs Xvfb, AT-SPI, xdotool, Python"]
fn a_lab_is_saved_and_opened_by_the_dialogs_of_the_system() {
    go("dialogs", r#"["hello"]"#);
}

#[test]
#[ignore = "needs Xvfb, AT-SPI, xdotool, Python"]
fn a_lab_is_saved_and_opened_by_a_typed_path() {
    go("paths", r#"["hello"]"#);
}

#[test]
#[ignore = "needs Xvfb, AT-SPI, xdotool, Python, nc"]
fn a_socket_is_driven_by_hand_and_a_stranger_connects() {
    go("calls", "[]");
}

/// A display of its own, which ends with it.
struct Display {
    server: std::process::Child,
    name: String,
}

impl Display {
    /// One that asks who is there where `locked`.
    fn open(folder: &std::path::Path, locked: bool) -> Self {
        let mut command = Command::new("Xvfb");
        command.args(["-displayfd", "1", "-screen", "0", "800x600x24"]).stdout(Stdio::piped()).stderr(Stdio::null());
        if locked {
            let file = folder.join("authority");
            // One entry of Xauthority(5): family, address, number, name, data; each with its length before it.
            let entry = [&[1, 0, 0, 0, 0, 0, 0, 18][..], b"MIT-MAGIC-COOKIE-1", &[0, 16], &[7; 16]].concat();
            fs::write(&file, entry).expect("written");
            command.arg("-auth").arg(file);
        }
        let mut server = command.spawn().expect("Xvfb");
        let mut number = String::new();
        let out = server.stdout.as_mut().expect("a pipe");
        std::io::BufRead::read_line(&mut std::io::BufReader::new(out), &mut number).expect("its number");
        Self { server, name: format!(":{}", number.trim()) }
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        self.server.kill().ok();
        self.server.wait().ok();
    }
}

/// What the program says where it cannot open its window, with these variables; it must end with status 3.
fn refused(variables: &[(&str, &str)]) -> String {
    let program = std::env::var("SOCKET_LAB").unwrap_or_else(|_| env!("CARGO_BIN_EXE_socket-lab").to_owned());
    let home = tempfile::tempdir().expect("a folder");
    // A window that opens all the same would stay.
    let mut command = Command::new("timeout");
    command.args(["60", &program, "--lang", "en"]).env("HOME", home.path()).env("XDG_CONFIG_HOME", home.path()).stdin(Stdio::null());
    for name in ["DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET", "XAUTHORITY"] {
        command.env_remove(name);
    }
    let output = command.envs(variables.iter().copied()).output().expect("the program");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(3), &b""[..]), "{variables:?}: {said}");
    assert!(!said.contains("panicked"), "{said}");
    // What libraries print by themselves stands before it.
    said.lines().last().unwrap_or_default().to_owned()
}

#[test]
#[ignore = "needs Xvfb and the libraries of a window"]
fn a_window_that_cannot_be_opened_says_what_is_missing() {
    let folder = tempfile::tempdir().expect("a folder");
    let said = refused(&[]);
    assert!(said.starts_with("There is no display") && said.contains("apt-get"), "{said}");
    // A number that no test is given: Xvfb counts from 0.
    let said = refused(&[("DISPLAY", ":40077")]);
    assert!(said.starts_with("The display (DISPLAY=:40077) cannot be opened") && !said.contains("apt-get"), "{said}");
    let said = refused(&[("WAYLAND_DISPLAY", "none"), ("XDG_RUNTIME_DIR", folder.path().to_str().expect("a path"))]);
    assert!(said.starts_with("The display (WAYLAND_DISPLAY=none)") && !said.contains("apt-get"), "{said}");
    let locked = Display::open(folder.path(), true);
    let said = refused(&[("DISPLAY", &locked.name), ("XAUTHORITY", "/dev/null")]);
    assert!(said.contains("does not let this program in") && !said.contains("apt-get"), "{said}");
    let open = Display::open(folder.path(), false);
    // In place of the library an empty file, which is none.
    fs::write(folder.path().join("libxkbcommon-x11.so.0"), "").expect("written");
    let said = refused(&[("DISPLAY", &open.name), ("LD_LIBRARY_PATH", folder.path().to_str().expect("a path"))]);
    assert!(said.contains("libxkbcommon-x11.so could not be loaded") && said.contains("libxkbcommon-x11-0"), "{said}");
    let said = refused(&[("DISPLAY", &open.name), ("LIBGL_DRIVERS_PATH", "/nonexistent")]);
    assert!(said.starts_with("There is no OpenGL") && said.contains("libgl1"), "{said}");
}
