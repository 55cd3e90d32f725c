//! What programs asked for by setsockopt, so that what getsockopt then reads can stand beside it: the kernel doubles, rounds and limits.

use super::call::{Args, Call, Name};
use super::paged::{MOST_PAGES, Paged};
use super::record::{Kind, Outcome, Record, SocketId};
use super::value::Value;

/// How many settings of one socket are kept, the latest.
const MOST: usize = 64;

/// A fold over the rows: for each socket, what was set and when. A clone shares what neither side changes.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    sockets: Paged<Vec<Setting>>,
}

/// One setsockopt that succeeded.
#[derive(Clone, Debug, PartialEq)]
struct Setting {
    n: u64,
    option: Name,
    value: Value,
}

impl Asked {
    /// Takes in one record.
    pub fn learn(&mut self, record: &Record) {
        let Kind::Call(Call::SetSockOpt, Args::OptionValue(option, value)) = &record.kind else { return };
        let (Some(socket), Outcome::Ok(_)) = (record.socket, &record.outcome) else { return };
        let setting = Setting { n: record.n, option: option.clone(), value: Value::clone(value) };
        self.sockets.change(socket.0, Vec::new, |settings| {
            if settings.len() >= MOST {
                settings.remove(0);
            }
            settings.push(setting);
        });
        self.sockets.keep(MOST_PAGES, |_| false);
    }

    /// What was set last for `option` of `socket` before row `n`.
    pub fn before(&self, n: u64, socket: SocketId, option: &str) -> Option<&Value> {
        let settings = self.sockets.get(socket.0)?;
        settings.iter().rev().find(|setting| setting.n < n && setting.option == option).map(|setting| &setting.value)
    }

    /// Where `record` is a getsockopt that read another value than the program had set: the value that it had set.
    pub fn differing(&self, record: &Record) -> Option<&Value> {
        let Kind::Call(Call::GetSockOpt, Args::Option(option)) = &record.kind else { return None };
        let Outcome::Value(read) = &record.outcome else { return None };
        self.before(record.n, record.socket?, option).filter(|asked| **asked != **read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::{Errno, Origin, ProgramId, ThreadId};

    fn row(n: u64, socket: u32, kind: Kind, outcome: Outcome) -> Record {
        let (program, thread, socket) = (ProgramId(1), ThreadId(1), Some(SocketId(socket)));
        Record { n, kind, origin: Origin::Program, run: 1, program, thread, socket, t0: n, t1: n, outcome, payload: None }
    }

    fn set(n: u64, socket: u32, value: i64) -> Record {
        let args = Args::OptionValue("SO_RCVBUF".into(), Value::Int(value).into());
        row(n, socket, Kind::Call(Call::SetSockOpt, args), Outcome::Ok(0))
    }

    fn get(n: u64, socket: u32, value: i64) -> Record {
        row(n, socket, Kind::Call(Call::GetSockOpt, Args::Option("SO_RCVBUF".into())), Outcome::Value(Value::Int(value).into()))
    }

    #[test]
    fn what_was_read_is_compared_with_what_was_set_before_it() {
        let mut asked = Asked::default();
        let refused = Record { outcome: Outcome::Err(Errno::by_name("EINVAL").unwrap()), ..set(4, 1, 7) };
        for record in [set(2, 1, 4096), refused, set(6, 1, 10), set(8, 2, 1)] {
            asked.learn(&record);
        }
        assert_eq!(asked.differing(&get(1, 1, 8192)), None, "nothing was set before it");
        assert_eq!(asked.differing(&get(5, 1, 8192)), Some(&Value::Int(4096)), "a refused one set nothing");
        assert_eq!(asked.differing(&get(5, 1, 4096)), None, "the same value is no news");
        assert_eq!(asked.differing(&get(7, 1, 4096)), Some(&Value::Int(10)));
        assert_eq!(asked.differing(&get(9, 2, 1)), None);
        for n in 10..200 {
            asked.learn(&set(n, 1, 5));
        }
        assert_eq!(asked.sockets.get(1).unwrap().len(), MOST);
    }
}
