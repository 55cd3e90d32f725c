//! http-server: a tcp-server that speaks HTTP on its connections and offers a folder to browsers. What is said on a connection is in `http_talk.rs`.

use std::sync::Arc;

use super::run::Run;
use super::{site, tcp_server};
use crate::trace::Tracer;

pub(super) fn run(run: &Arc<Run>, on: &Tracer) {
    match site::make(run, on) {
        Ok(offer) => {
            // This is the only thread that sets it, and it does so once.
            run.site.get_or_init(|| offer);
            tcp_server::run(run, on);
        }
        Err(why) => run.has_failed(why.into()),
    }
}
