//! What the kernel knew of each socket, over time: folded from the samples, so that a recording shows it as a run does.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use super::record::{Kind, ProgramId, Record, SocketId};
use super::sample::{Figure, Sample, TcpState};

/// How many samples of a socket are remembered. Of more every other of the older half is forgotten.
const MOST_SAMPLES: usize = 512;
/// How many sockets are remembered; the oldest are forgotten.
const MOST_SOCKETS: usize = 1024;
/// How many states of a connection are remembered: a socket that listens and connects again may go on for ever.
const MOST_STATES: usize = 64;

/// One socket.
#[derive(Clone, Debug)]
pub struct KnownSocket {
    /// Whose it is.
    pub program: ProgramId,
    /// The states it was seen in, each with the time in nanoseconds on the clock of the trace. What came and went between two looks is not among them.
    pub path: Vec<(TcpState, u64)>,
    samples: VecDeque<(u64, Arc<Sample>)>,
}

impl KnownSocket {
    /// What was known last, and when it was seen first.
    pub fn last(&self) -> Option<(u64, &Sample)> {
        self.samples.back().map(|(at, sample)| (*at, &**sample))
    }

    /// Its state, where it is one of TCP.
    pub fn state(&self) -> Option<TcpState> {
        self.last().and_then(|(_, sample)| sample.state())
    }

    /// A figure over time: each value with the time from which it held.
    pub fn history(&self, figure: Figure) -> impl Iterator<Item = (u64, u64)> {
        self.samples.iter().filter_map(move |(at, sample)| Some((*at, sample.get(figure)?)))
    }

    /// Whether a figure has had more than one value.
    pub fn varies(&self, figure: Figure) -> bool {
        let mut values = self.history(figure).map(|(_, value)| value);
        values.next().is_some_and(|first| values.any(|value| value != first))
    }

    fn take(&mut self, at: u64, sample: &Sample) {
        if let Some(state) = sample.state()
            && self.path.last().is_none_or(|(last, _)| *last != state)
            && self.path.len() < MOST_STATES
        {
            self.path.push((state, at));
        }
        if self.samples.len() >= MOST_SAMPLES {
            let mut place = 0;
            self.samples.retain(|_| {
                place += 1;
                place > MOST_SAMPLES / 2 || place % 2 == 1
            });
        }
        self.samples.push_back((at, Arc::new(sample.clone())));
    }
}

/// All sockets that were looked at. See [`Known::fold`].
#[derive(Clone, Debug, Default)]
pub struct Known {
    sockets: BTreeMap<SocketId, Arc<KnownSocket>>,
}

impl Known {
    /// Takes in rows, which follow those taken in before.
    pub fn fold(&mut self, rows: &[Record]) {
        for record in rows {
            if let (Kind::Sample(sample), Some(socket)) = (&record.kind, record.socket) {
                let new = || Arc::new(KnownSocket { program: record.program, path: Vec::new(), samples: VecDeque::new() });
                Arc::make_mut(self.sockets.entry(socket).or_insert_with(new)).take(record.t1, sample);
                if self.sockets.len() > MOST_SOCKETS {
                    self.sockets.pop_first();
                }
            }
        }
    }

    /// The sockets, in order of birth.
    pub fn sockets(&self) -> impl Iterator<Item = (SocketId, &KnownSocket)> {
        self.sockets.iter().map(|(socket, known)| (*socket, &**known))
    }

    /// What is known of a socket.
    pub fn socket(&self, socket: SocketId) -> Option<&KnownSocket> {
        self.sockets.get(&socket).map(|known| &**known)
    }

    /// How many connections wait for the listeners of a program to accept them, and how many may, as the kernel said last; none where it has said nothing of a
    /// listener that is open.
    pub fn waiting(&self, program: ProgramId) -> Option<(u64, u64)> {
        let of_it = self.sockets.values().filter(|known| known.program == program && known.state() == Some(TcpState::Listen));
        of_it.filter_map(|known| known.last()?.1.get(Figure::Waiting).zip(known.last()?.1.get(Figure::WaitingMost))).next_back()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(socket: u32, at: u64, figures: &[(Figure, u64)]) -> Record {
        let kind = Kind::Sample(Sample::new(figures.iter().copied()));
        Record { socket: Some(SocketId(socket)), ..Record::plain(at, kind) }
    }

    #[test]
    fn the_path_and_the_history_of_a_socket_are_kept() {
        let mut known = Known::default();
        known.fold(&[
            row(1, 1, &[(Figure::State, 1), (Figure::Rtt, 40)]),
            row(1, 2, &[(Figure::State, 1), (Figure::Rtt, 60)]),
            row(1, 3, &[(Figure::State, 8), (Figure::Rtt, 60)]),
        ]);
        let socket = known.socket(SocketId(1)).unwrap();
        assert_eq!(socket.path, [(TcpState::Established, 1), (TcpState::CloseWait, 3)]);
        assert_eq!(socket.history(Figure::Rtt).collect::<Vec<_>>(), [(1, 40), (2, 60), (3, 60)]);
        assert!(socket.varies(Figure::Rtt) && !socket.varies(Figure::Cwnd));
        assert_eq!(known.waiting(ProgramId(1)), None);
    }

    #[test]
    fn who_waits_is_told_of_a_listener_that_is_open() {
        let mut known = Known::default();
        let waiting = |at, count| row(1, at, &[(Figure::State, 10), (Figure::Waiting, count), (Figure::WaitingMost, 5)]);
        known.fold(&[waiting(1, 0), waiting(2, 3)]);
        assert_eq!((known.waiting(ProgramId(1)), known.waiting(ProgramId(2))), (Some((3, 5)), None));
        known.fold(&[row(1, 3, &[(Figure::State, 7)])]);
        assert_eq!(known.waiting(ProgramId(1)), None);
    }

    #[test]
    fn memory_is_bounded_and_the_newest_stays() {
        let mut known = Known::default();
        for at in 0..10_000 {
            known.fold(&[row(at as u32 % 2, at, &[(Figure::State, 1 + at % 11), (Figure::Rtt, at)])]);
        }
        for socket in 0..2 {
            let known = known.socket(SocketId(socket)).unwrap();
            assert!(known.samples.len() <= MOST_SAMPLES && known.path.len() <= MOST_STATES);
            assert!(known.last().unwrap().0 >= 9_998);
            assert!(known.history(Figure::Rtt).is_sorted());
        }
        (0..3000).for_each(|socket| known.fold(&[row(socket, 20_000, &[(Figure::Rtt, 1)])]));
        assert_eq!(known.sockets().count(), MOST_SOCKETS);
    }
}
