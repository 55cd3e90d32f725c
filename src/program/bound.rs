//! The address of a program's socket: what it is bound to, and for a Unix socket the file that stands for it.
//!
//! The kernel makes that file in bind(2) and leaves it where it is when the socket is closed; a later bind to the same path then says `EADDRINUSE`, though nobody
//! is there. What a program of the lab was bound to is removed with it. Where a lab was killed its file stays: beside it stands a mark with the number of the
//! file, so that the next one can tell its own leftover from the file of another program, which is never removed.

use std::fs;
use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::kind::Role;
use super::run::Run;
use super::socket::Endpoint;
use crate::net::{self, MOST_PATH, TracedSocket};
use crate::text;
use crate::trace::{Address, Errno, Family, Origin, SocketType, Tracer};

/// What the name of a mark ends with.
const MARK: &str = ".socket-lab";

/// What goes with the program.
#[derive(Debug, Default)]
pub(super) struct Bound {
    /// The file of the socket.
    file: Option<PathBuf>,
    /// A folder of its own.
    _own: Option<TempDir>,
}

impl Drop for Bound {
    fn drop(&mut self) {
        if let Some(path) = &self.file
            && is_marked(path)
        {
            fs::remove_file(path).ok();
            fs::remove_file(mark(path)).ok();
        }
    }
}

/// The family of an address; IPv4 where none is stated.
pub(super) fn family(address: Option<SocketAddr>) -> Family {
    match address {
        Some(SocketAddr::V6(_)) => Family::Inet6,
        _ => Family::Inet,
    }
}

impl Run {
    /// The family of the program's sockets: that of whom it asks, else that of its own address.
    pub(super) fn family(&self) -> Family {
        if self.spec.kind.is_unix() {
            return Family::Unix;
        }
        let known = self.to().or_else(|| self.spec.manner.contacts.iter().find_map(|contact| self.contact(&contact.name)));
        family(known.as_ref().and_then(Address::ip).or(self.spec.bind))
    }

    /// The family of a socket that is to be connected to this address.
    pub(super) fn family_of(&self, to: &Address) -> Family {
        if self.spec.kind.is_unix() { Family::Unix } else { family(to.ip()) }
    }

    /// Whether the program gives its socket an address before it sends.
    pub(super) fn is_bound_first(&self) -> bool {
        self.spec.bind.is_some() || self.spec.kind.is_unix()
    }
}

/// Binds the socket to the address that the program states, if it states one; a Unix socket that others must reach without one has a path of its own. None where it
/// failed, which was told.
pub(super) fn bind(run: &Run, on: &Tracer, endpoint: &Endpoint) -> Option<Bound> {
    if let Some(address) = run.spec.bind {
        return ip(run, on, endpoint, &address.into());
    }
    let named = run.spec.kind.role() == Role::Server || run.spec.kind.socket_type() == SocketType::Datagram;
    match (&run.spec.path, run.spec.kind.is_unix()) {
        (None, true) if named => own(run, on, endpoint),
        (None, _) => Some(Bound::default()),
        (Some(address @ Address::Path(path)), _) => {
            if path.len() > MOST_PATH {
                run.has_failed(text!("program-unix-long", length = path.len(), most = MOST_PATH).into());
                return None;
            }
            at(run, on, endpoint, address, Path::new(&**path)).map(|file| Bound { file: Some(file), _own: None })
        }
        (Some(address), _) if cfg!(target_os = "linux") => ip(run, on, endpoint, address),
        (Some(_), _) => {
            run.has_failed(text!("program-unix-abstract").into());
            None
        }
    }
}

/// Binds to an address that no file stands for.
fn ip(run: &Run, on: &Tracer, endpoint: &Endpoint, address: &Address) -> Option<Bound> {
    match endpoint.socket.bind(on, address) {
        Ok(()) => Some(Bound::default()),
        Err(error) => {
            run.met_on(endpoint, &error);
            None
        }
    }
}

fn own(run: &Run, on: &Tracer, endpoint: &Endpoint) -> Option<Bound> {
    let folder = match tempfile::Builder::new().prefix("socket-lab-").tempdir() {
        Ok(folder) => folder,
        Err(error) => {
            run.has_failed(text!("program-unix-no-folder", errno = Errno::of(&error).name()).into());
            return None;
        }
    };
    let path = folder.path().join("s");
    let address = Address::Path(path.to_string_lossy().into());
    let file = at(run, on, endpoint, &address, &path)?;
    Some(Bound { file: Some(file), _own: Some(folder) })
}

/// Binds to a path; a leftover of a lab that was killed is taken away first.
fn at(run: &Run, on: &Tracer, endpoint: &Endpoint, address: &Address, path: &Path) -> Option<PathBuf> {
    let mut result = endpoint.socket.bind(on, address);
    if let Err(error) = &result
        && error.errno.is("EADDRINUSE")
        && removes_leftover(on, endpoint, address, path)
    {
        result = endpoint.socket.bind(on, address);
    }
    match result {
        Ok(()) => {
            if let Some(number) = number(path) {
                fs::write(mark(path), number).ok();
            }
            Some(path.to_owned())
        }
        Err(error) => {
            run.met_on(endpoint, &error);
            None
        }
    }
}

/// Says why the path is taken; where it is a leftover of a lab removes it.
fn removes_leftover(on: &Tracer, endpoint: &Endpoint, address: &Address, path: &Path) -> bool {
    let shown = path.display().to_string();
    if !is_socket(path) {
        endpoint.tell(on, text!("program-unix-no-socket", path = shown));
        return false;
    }
    if !is_deserted(on, endpoint.socket.kind(), address) {
        endpoint.tell(on, text!("program-unix-in-use", path = shown));
        return false;
    }
    if !is_marked(path) {
        endpoint.tell(on, text!("program-unix-stale", path = shown));
        return false;
    }
    match fs::remove_file(path) {
        Ok(()) => {
            endpoint.tell(on, text!("program-unix-removed", path = shown));
            true
        }
        Err(error) => {
            endpoint.tell(on, text!("program-unix-not-removed", path = shown, errno = Errno::of(&error).name()));
            false
        }
    }
}

/// Whether nobody is behind the file: connect says so, on the lab's own account.
fn is_deserted(on: &Tracer, kind: SocketType, address: &Address) -> bool {
    let on = on.on_behalf_of(Origin::Lab);
    let Ok(probe) = TracedSocket::socket(&on, Family::Unix, kind) else { return false };
    // A full queue would make it wait.
    let answer = probe.set_nonblocking(&on, true).and_then(|()| probe.connect(&on, address));
    let deserted = matches!(&answer, Err(net::Error { errno, .. }) if errno.is("ECONNREFUSED"));
    probe.close(&on).ok();
    deserted
}

fn mark(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(MARK);
    name.into()
}

/// Whether the file is the one that a lab made: its number is the one that stands in the mark.
fn is_marked(path: &Path) -> bool {
    let noted = fs::read_to_string(mark(path)).ok();
    noted.is_some() && noted == number(path)
}

/// What tells this file from all others.
#[cfg(unix)]
fn number(path: &Path) -> Option<String> {
    use std::os::unix::fs::MetadataExt as _;
    let file: io::Result<_> = fs::symlink_metadata(path);
    file.ok().map(|file| format!("{}:{}:{}.{}\n", file.dev(), file.ino(), file.ctime(), file.ctime_nsec()))
}

/// Nothing does here: what is left behind is not removed.
#[cfg(not(unix))]
fn number(_: &Path) -> Option<String> {
    None
}

#[cfg(unix)]
fn is_socket(path: &Path) -> bool {
    use std::os::unix::fs::FileTypeExt as _;
    fs::symlink_metadata(path).is_ok_and(|file: fs::Metadata| file.file_type().is_socket())
}

#[cfg(not(unix))]
fn is_socket(path: &Path) -> bool {
    path.exists()
}
