//! `socket-lab run --step`: each call is told on standard error before it is made, and a line on standard input lets it go.

use std::collections::HashSet;
use std::io::{self, BufRead as _, BufReader, Read};
use std::sync::Arc;
use std::thread;

use crossbeam_channel::{Receiver, bounded, never, select};

use super::Voice;
use crate::lab::{Session, SessionCommand};
use crate::program::Command;
use crate::text;
use crate::trace::gate::Go;
use crate::trace::{OpenCall, ThreadId, notation};

/// Begins to let the calls of `session` go, one for each line of `input`. When that ends, all programs run on.
///
/// # Errors
/// The system's, where it gives no thread.
pub(super) fn start(session: &Arc<Session>, voice: Voice, input: impl Read + Send + 'static) -> io::Result<()> {
    let (line, lines) = bounded(0);
    let read = move || BufReader::new(input).split(b'\n').map_while(Result::ok).try_for_each(|_| line.send(()));
    thread::Builder::new().name("input".to_owned()).spawn(move || read().ok())?;
    let (changed, changes) = bounded(1);
    session.on_change(move || {
        // Full means that it will be looked at anyway.
        changed.try_send(()).ok();
    });
    voice.tell(&text!("cli-step-how"));
    let steps = Steps { session: Arc::clone(session), voice, told: HashSet::new(), gone: HashSet::new() };
    thread::Builder::new().name("step".to_owned()).spawn(move || steps.run(&lines, &changes)).map(drop)
}

/// What was told, and what was let go: calls, by their threads and by when they were held.
struct Steps {
    session: Arc<Session>,
    voice: Voice,
    told: HashSet<(ThreadId, u64)>,
    gone: HashSet<(ThreadId, u64)>,
}

impl Steps {
    fn run(mut self, lines: &Receiver<()>, changes: &Receiver<()>) {
        let (nothing, mut is_over) = (never(), false);
        loop {
            let held = self.held();
            if is_over {
                for open in &held {
                    self.go(open, Go::On);
                }
            }
            // A line is only taken when there is a call that it lets go.
            let lines = if held.is_empty() || is_over { &nothing } else { lines };
            select! {
                recv(changes) -> changed => if changed.is_err() { return },
                recv(lines) -> line => match (line, held.first()) {
                    (Ok(()), Some(open)) => {
                        self.gone.insert((open.thread, open.t0));
                        self.go(open, Go::Step);
                    }
                    _ => is_over = true,
                },
            }
        }
    }

    /// The calls that are held, the longest first; those not told yet are told.
    fn held(&mut self) -> Vec<OpenCall> {
        let mut held = self.session.trace().open_calls();
        held.retain(|open| open.held);
        let key = |open: &OpenCall| (open.thread, open.t0);
        self.gone.retain(|gone| held.iter().any(|open| key(open) == *gone));
        self.told.retain(|told| held.iter().any(|open| key(open) == *told));
        held.retain(|open| !self.gone.contains(&key(open)));
        for open in &held {
            if self.told.insert(key(open)) {
                self.tell(open);
            }
        }
        held
    }

    fn tell(&self, open: &OpenCall) {
        let names = self.session.trace().store().names();
        let socket = open.socket.map(|socket| format!(" {socket}")).unwrap_or_default();
        // The rows that name a program and its thread may not have a number yet.
        let program = self.name(open).unwrap_or_else(|| names.program_name(open.program));
        self.voice.tell(&text!("cli-step", program = format!("{program}{socket}"), call = notation::call(open.call, &open.args)));
    }

    fn name(&self, open: &OpenCall) -> Option<String> {
        self.session.status().into_iter().find(|status| status.id == Some(open.program)).map(|status| status.name)
    }

    fn go(&self, open: &OpenCall, go: Go) {
        let thread = (go == Go::Step).then_some(open.thread);
        if let Some(program) = self.name(open) {
            // Refused means that it has ended: nothing of it is held then.
            self.session.command(SessionCommand::Tell { program, command: Command::Step(thread, go) }).ok();
        }
    }
}
