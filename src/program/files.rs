//! Room for many sockets: the limit of open files, raised where it can be.

use super::run::tell;
use crate::net::{OpenFiles, raise_open_files};
use crate::text;
use crate::trace::Tracer;

/// What a process has open beside the sockets of one program: files, the window, other programs.
const BESIDE: u64 = 256;

/// Makes room for as many sockets as a program of this process, and one at their other ends, may have; says what had to be done for it, or what is missing.
pub(super) fn make_room(on: &Tracer, sockets: u64) {
    let wanted = 2 * sockets + BESIDE;
    let Some(OpenFiles { before, now, most }) = raise_open_files(wanted) else { return };
    if now < sockets + BESIDE {
        let (wanted, now, most) = ((sockets + BESIDE).to_string(), now.to_string(), most.to_string());
        tell(on, None, text!("program-files-short", wanted = wanted, now = now, most = most));
    } else if now > before {
        tell(on, None, text!("program-files-raised", before = before.to_string(), now = now.to_string()));
    }
}
