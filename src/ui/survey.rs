//! Looks around on this computer - its addresses, the ports that are taken - on a thread of its own, whenever something has changed.

use std::sync::{Arc, Mutex, PoisonError};
use std::{io, thread};

use crossbeam_channel::{Sender, bounded};

use super::scene::{Phase, Scene};
use super::waker::Waker;
use crate::lab::Surroundings;

/// What was seen last.
#[derive(Debug, Default)]
pub(crate) struct Survey {
    seen: Arc<Mutex<Arc<Surroundings>>>,
    /// Dropped with this handle, which ends the thread; none where nothing is looked at.
    ask: Option<Sender<()>>,
    /// What it was looked around for.
    known: Vec<(Option<std::net::SocketAddr>, Phase)>,
    focused: bool,
}

impl Survey {
    /// Begins to look around.
    ///
    /// # Errors
    /// The system's, where it gives no thread.
    pub(crate) fn start(waker: &Waker) -> io::Result<Self> {
        let seen = Arc::new(Mutex::default());
        let (ask, asked) = bounded(1);
        let (shared, waker) = (Arc::clone(&seen), waker.clone());
        let look = move || {
            while asked.recv().is_ok() {
                let new = Arc::new(Surroundings::observe());
                *shared.lock().unwrap_or_else(PoisonError::into_inner) = new;
                waker.ring();
            }
        };
        thread::Builder::new().name("survey".to_owned()).spawn(look)?;
        Ok(Self { seen, ask: Some(ask), ..Self::default() })
    }

    /// What was seen last. Has it looked at anew where an address or a program has changed, or the person comes back to the window.
    pub(crate) fn look(&mut self, scene: &Scene, focused: bool) -> Arc<Surroundings> {
        let now = scene.programs.iter().map(|line| (line.spec.bind, line.phase));
        let came_back = focused && !self.focused;
        self.focused = focused;
        if came_back || !now.clone().eq(self.known.iter().copied()) {
            self.known = now.collect();
            // Full means that it is about to look.
            self.ask.as_ref().map(|ask| ask.try_send(()));
        }
        Arc::clone(&self.seen.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
