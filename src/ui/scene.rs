//! What there is to see in one frame: the store, and the calls that are under way.

use std::sync::Arc;

use crate::trace::{Names, OpenCall, Origin, Store, Trace};

/// How long a call has to be under way before it is shown as blocked, in nanoseconds: shorter ones would flicker.
const BLOCKED: u64 = 150_000_000;

/// One moment of a trace. Rows are read from the store as they are needed.
#[derive(Clone, Debug)]
pub struct Scene {
    /// The rows.
    pub store: Arc<Store>,
    /// Names of programs, threads and sockets.
    pub names: Arc<Names>,
    /// The number of the newest row.
    pub newest: u64,
    /// The calls that are blocked, the longest first.
    pub open: Vec<OpenCall>,
    /// The time, in nanoseconds since the start of the trace.
    pub now: u64,
}

impl Scene {
    /// What a store holds that nothing is written to any more, with the calls that are to be shown as under way.
    pub fn still(store: &Arc<Store>, open: Vec<OpenCall>, now: u64) -> Self {
        Self { names: store.names(), newest: store.newest(), store: Arc::clone(store), open, now }
    }

    /// What a trace holds now.
    pub fn of(trace: &Trace) -> Self {
        let now = trace.clock().now();
        let blocked = |open: &OpenCall| open.origin != Origin::Lab && now.saturating_sub(open.t0) >= BLOCKED;
        let open = trace.open_calls().into_iter().filter(blocked).collect();
        Self::still(trace.store(), open, now)
    }
}
