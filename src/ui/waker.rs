//! Wakes the window when rows have come: at most 30 times a second, 10 where a frame costs more than 8 ms.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;

/// The pause between two frames that show new rows, in milliseconds.
const PAUSE: u32 = 33;
/// The same where a frame is dear.
const LONG_PAUSE: u32 = 100;
/// When a frame is dear, in seconds.
const DEAR: f32 = 0.008;

/// Asks for a frame from any thread. Returns at once.
#[derive(Clone, Debug)]
pub(crate) struct Waker {
    ctx: egui::Context,
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    asked: AtomicBool,
    pause: AtomicU32,
    hidden: AtomicBool,
}

impl Waker {
    /// One for the window of `ctx`.
    pub(crate) fn new(ctx: &egui::Context) -> Self {
        Self { ctx: ctx.clone(), shared: Arc::new(Shared { pause: AtomicU32::new(PAUSE), ..Shared::default() }) }
    }

    /// Asks for a frame after the pause; once, however often it is called before that frame.
    pub(crate) fn ring(&self) {
        if !self.shared.hidden.load(Ordering::Relaxed) && !self.shared.asked.swap(true, Ordering::Relaxed) {
            let pause = self.shared.pause.load(Ordering::Relaxed);
            self.ctx.request_repaint_after(Duration::from_millis(u64::from(pause)));
        }
    }

    /// Says whether the window cannot be seen: then no frame is asked for. The system has one drawn when it is seen again.
    pub(crate) fn hide(&self, hidden: bool) {
        self.shared.hidden.store(hidden, Ordering::Relaxed);
    }

    /// Whether the window cannot be seen.
    pub(crate) fn is_hidden(&self) -> bool {
        self.shared.hidden.load(Ordering::Relaxed)
    }

    /// Says that a frame begins; what is asked for from now on is another. `cost` is what the last frame took, in seconds.
    pub(crate) fn begin(&self, cost: Option<f32>) {
        let pause = if cost.is_some_and(|cost| cost > DEAR) { LONG_PAUSE } else { PAUSE };
        self.shared.pause.store(pause, Ordering::Relaxed);
        self.shared.asked.store(false, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_rings_are_one_request() {
        let ctx = egui::Context::default();
        let (asked, requests) = crossbeam_channel::bounded(100);
        ctx.set_request_repaint_callback(move |request| {
            asked.try_send(request.delay).ok();
        });
        let waker = Waker::new(&ctx);
        for _ in 0..50 {
            waker.ring();
        }
        assert_eq!(requests.try_iter().collect::<Vec<_>>(), [Duration::from_millis(33)]);
        waker.begin(Some(0.02));
        waker.ring();
        waker.hide(true);
        requests.try_iter().for_each(drop);
        waker.begin(None);
        waker.ring();
        assert_eq!(requests.len(), 0, "nobody sees it");
        waker.hide(false);
        waker.begin(None);
        waker.ring();
        assert!(requests.len() <= 1, "a frame that is not drawn yet is asked for at most once more");
    }
}
