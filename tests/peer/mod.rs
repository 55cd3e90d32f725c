//! A program at the other end of a test: started for it, talked to through its standard streams, ended with it.

use std::io::{Read, Write as _};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::{Arc, Condvar, Mutex};
use std::thread::Builder;
use std::time::{Duration, Instant};

/// How long a test waits for anything: far more than it takes, so that only a fault reaches it.
pub(crate) const LIMIT: Duration = Duration::from_secs(20);

/// A program that runs, and whatever it starts. Killed when dropped.
#[derive(Debug)]
pub(crate) struct Peer {
    name: String,
    child: Child,
    stdin: Option<ChildStdin>,
    seen: Arc<Seen>,
}

/// What the program has written so far.
#[derive(Debug, Default)]
struct Seen {
    streams: Mutex<Streams>,
    more: Condvar,
}

/// Standard output and standard error, as far as they have come.
#[derive(Debug, Default)]
pub(crate) struct Streams {
    /// Standard output.
    pub(crate) out: Vec<u8>,
    /// Standard error.
    pub(crate) err: Vec<u8>,
    ended: u8,
}

impl Peer {
    /// Starts `command`.
    pub(crate) fn start(command: &mut Command) -> Self {
        let name = format!("{command:?}");
        let command = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(command, 0);
        let mut child = command.spawn().unwrap_or_else(|error| panic!("{name}: {error}"));
        let seen = Arc::new(Seen::default());
        read(child.stdout.take().expect("piped"), &seen, |streams| &mut streams.out);
        read(child.stderr.take().expect("piped"), &seen, |streams| &mut streams.err);
        Self { stdin: child.stdin.take(), name, child, seen }
    }

    /// Writes to its standard input.
    pub(crate) fn say(&mut self, bytes: &[u8]) {
        let stdin = self.stdin.as_mut().expect("standard input is open");
        stdin.write_all(bytes).and_then(|()| stdin.flush()).unwrap_or_else(|error| panic!("{}: {error}", self.name));
    }

    /// Waits until `found` finds something in what the program has written. Fails when both streams ended without it.
    pub(crate) fn until<T>(&self, what: &str, found: impl Fn(&Streams) -> Option<T>) -> T {
        let end = Instant::now() + LIMIT;
        let mut streams = self.seen.streams.lock().expect("no reader panics");
        loop {
            if let Some(found) = found(&streams) {
                return found;
            }
            let left = end.saturating_duration_since(Instant::now());
            assert!(streams.ended < 2 && !left.is_zero(), "{}: no {what} in\n{}", self.name, streams.shown());
            streams = self.seen.more.wait_timeout(streams, left).expect("no reader panics").0;
        }
    }

    /// Waits until its standard output is as long as `bytes`, and compares.
    pub(crate) fn answers(&self, bytes: &[u8]) {
        let out = self.until("answer of that length", |streams| (streams.out.len() >= bytes.len()).then(|| streams.out.clone()));
        assert_eq!(out.escape_ascii().to_string(), bytes.escape_ascii().to_string(), "{}", self.name);
    }

    /// Waits for the number that follows the last `mark` of a whole line of either stream.
    pub(crate) fn port_after(&self, mark: &str) -> u16 {
        self.until(mark, |streams| {
            [&streams.err, &streams.out].iter().find_map(|stream| {
                let text = String::from_utf8_lossy(stream);
                let (_, after) = text.split_inclusive('\n').filter(|line| line.ends_with('\n')).find_map(|line| line.rsplit_once(mark))?;
                after.chars().take_while(char::is_ascii_digit).collect::<String>().parse().ok()
            })
        })
    }

    /// Ends its standard input, waits until it ends by itself, and gives its status and all it wrote.
    pub(crate) fn end(mut self) -> (ExitStatus, Streams) {
        self.stdin = None;
        self.until("end", |streams| (streams.ended == 2).then_some(()));
        let status = self.child.wait().expect("a child that has closed its streams");
        let streams = std::mem::take(&mut *self.seen.streams.lock().expect("no reader panics"));
        (status, streams)
    }

    /// Its number in the system.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        // What it has started goes with it: ncat and socat serve by children, which would outlive them.
        #[cfg(unix)]
        Command::new("sh").arg("-c").arg(format!("kill -KILL -{} 2>/dev/null", self.child.id())).status().ok();
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

impl Streams {
    fn shown(&self) -> String {
        format!("{}\n-- standard error --\n{}", String::from_utf8_lossy(&self.out), String::from_utf8_lossy(&self.err))
    }
}

/// Reads `stream` to its end on a thread of its own.
fn read(mut stream: impl Read + Send + 'static, seen: &Arc<Seen>, to: fn(&mut Streams) -> &mut Vec<u8>) {
    let seen = Arc::clone(seen);
    let work = move || {
        let mut buffer = [0; 4096];
        loop {
            let read = stream.read(&mut buffer).unwrap_or(0);
            let mut streams = seen.streams.lock().expect("no reader panics");
            to(&mut streams).extend_from_slice(buffer.get(..read).unwrap_or_default());
            streams.ended += u8::from(read == 0);
            drop(streams);
            seen.more.notify_all();
            if read == 0 {
                return;
            }
        }
    };
    Builder::new().name("stream of a peer".to_owned()).spawn(work).expect("a thread");
}
