//! The thread that looks at what the kernel knows of the sockets of a lab, as often as it is asked to.
//!
//! It rests while no program runs and no connection of one is left. A look that takes long (a machine with very many connections) is followed by a rest nine times as
//! long, so that looking never takes more than a tenth of a processor.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::session::Session;
use crate::net::Sampler;
use crate::program::Program;
use crate::trace::Tracer;

/// The shortest time from one look to the next.
const SHORTEST: Duration = Duration::from_millis(20);

/// What the thread is asked.
#[derive(Debug, Default)]
struct Wish {
    period: Option<Duration>,
    /// There is something to look at, or may be.
    is_due: bool,
    /// A program has come to another state since the last look.
    is_news: bool,
    is_over: bool,
}

#[derive(Debug, Default)]
struct Shared {
    wish: Mutex<Wish>,
    changed: Condvar,
    /// This system tells nothing.
    is_silent: AtomicBool,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Wish> {
        self.wish.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn change(&self, change: impl FnOnce(&mut Wish)) {
        change(&mut self.lock());
        self.changed.notify_all();
    }
}

/// The thread in the hands of its session. Ends with it.
#[derive(Debug)]
pub(super) struct Sampling(Arc<Shared>);

/// Wakes the thread from its rest.
pub(super) struct Wake(Arc<Shared>);

impl Wake {
    pub(super) fn wake(&self) {
        self.0.change(|wish| (wish.is_due, wish.is_news) = (true, true));
    }
}

impl Sampling {
    /// Starts the thread, which looks at the sockets of `programs`; where it panics, that is written by `on`. Nothing is looked at before [`every`](Self::every).
    ///
    /// # Errors
    /// The system's, where it gives no thread.
    pub(super) fn start(mut sampler: Sampler, on: Tracer, programs: impl Fn() -> Vec<Arc<Program>> + Send + 'static) -> io::Result<Self> {
        let shared = Arc::new(Shared::default());
        let told = Arc::clone(&shared);
        let work = move || {
            let looks = || {
                while let Some(begin) = told.wait() {
                    let programs = programs();
                    let tells = Program::sample(&programs, &mut sampler);
                    let rests = programs.is_empty() && !sampler.is_waiting();
                    told.rest(begin, rests, tells);
                }
            };
            if let Err(panic) = catch_unwind(AssertUnwindSafe(looks)) {
                on.panicked(&*panic);
            }
        };
        thread::Builder::new().name("sampler".to_owned()).spawn(work)?;
        Ok(Self(shared))
    }

    /// Looks so often from now on; not at all where there is no time.
    pub(super) fn every(&self, period: Option<Duration>) {
        let period = period.map(|period| period.max(SHORTEST));
        if self.0.lock().period != period {
            self.0.change(|wish| (wish.period, wish.is_due) = (period, true));
        }
    }

    /// Whether this system has turned out to tell nothing.
    pub(super) fn is_silent(&self) -> bool {
        self.0.is_silent.load(Ordering::Relaxed)
    }

    pub(super) fn waker(&self) -> Wake {
        Wake(Arc::clone(&self.0))
    }
}

impl Session {
    /// Looks at what the kernel knows of the sockets of running programs every `period`, and writes what is new into the trace; no longer where there is none.
    ///
    /// # Errors
    /// The system's, where it gives no thread.
    pub fn sample_every(&self, period: Option<Duration>) -> io::Result<()> {
        if let Some(sampling) = self.sampling.get() {
            sampling.every(period);
            return Ok(());
        }
        if period.is_none() {
            return Ok(());
        }
        let shared = Arc::downgrade(&self.shared);
        let on = self.shared.trace.lab_tracer("sampler");
        let sampling =
            Sampling::start(Sampler::new(on.clone()), on, move || shared.upgrade().map(|shared| shared.running()).unwrap_or_default())?;
        let waker = sampling.waker();
        self.on_change(move || waker.wake());
        sampling.every(period);
        self.sampling.set(sampling).ok();
        Ok(())
    }

    /// Whether this system has turned out to tell nothing about its sockets beyond what calls return.
    pub fn kernel_is_silent(&self) -> bool {
        self.sampling.get().is_some_and(Sampling::is_silent)
    }
}

impl Drop for Sampling {
    fn drop(&mut self) {
        self.0.change(|wish| wish.is_over = true);
    }
}

impl Shared {
    /// Waits until a look is due; when it began, or none at the end.
    fn wait(&self) -> Option<Instant> {
        let idle = |wish: &mut Wish| !(wish.is_over || wish.is_due && wish.period.is_some());
        let mut wish = self.changed.wait_while(self.lock(), idle).unwrap_or_else(PoisonError::into_inner);
        wish.is_news = false;
        (!wish.is_over).then(Instant::now)
    }

    /// Lets the time until the next look pass: less of it where a program has come to another state.
    fn rest(&self, begin: Instant, rests: bool, tells: bool) {
        self.is_silent.fetch_or(!tells, Ordering::Relaxed);
        let mut wish = self.lock();
        wish.is_due = tells && (wish.is_news || !rests);
        let Some(period) = wish.period.filter(|_| wish.is_due) else { return };
        let cost = begin.elapsed() * 9;
        let wish = self.pause(wish, SHORTEST.max(cost), |wish| wish.period == Some(period));
        drop(self.pause(wish, period.saturating_sub(begin.elapsed()), |wish| wish.period == Some(period) && !wish.is_news));
    }

    fn pause<'lock>(&self, wish: MutexGuard<'lock, Wish>, length: Duration, stays: impl Fn(&Wish) -> bool) -> MutexGuard<'lock, Wish> {
        let waiting = self.changed.wait_timeout_while(wish, length, |wish| !wish.is_over && stays(wish));
        waiting.unwrap_or_else(PoisonError::into_inner).0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::{Kind, Settings, Trace};

    #[test]
    fn a_panic_of_the_thread_is_a_record() {
        let trace = Trace::new(Settings::default()).expect("a trace");
        let on = trace.lab_tracer("sampler");
        let sampling = Sampling::start(Sampler::new(on.clone()), on, || panic!("no {}", "programs")).expect("a thread");
        sampling.every(Some(SHORTEST));
        let begin = Instant::now();
        let is_told = || {
            trace.flush();
            let rows = trace.store().rows(1..trace.store().newest() + 1).into_iter().flatten();
            rows.into_iter().any(|row| matches!(&row.kind, Kind::Panic(said) if &**said == "no programs"))
        };
        while !is_told() {
            assert!(begin.elapsed() < Duration::from_secs(20), "no row says so");
            thread::yield_now();
        }
    }
}
