//! The options of each socket over the trace: what was asked, by whom, what the kernel said to it, what was read; and the moments of the socket's life by which
//! it is told whether that came in time. Folded from the rows, so that a recording shows it as a run does.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use super::address::Address;
use super::call::{Args, Call, Family, Name, SocketType};
use super::errno::Errno;
use super::record::{Kind, Origin, Outcome, ProgramId, Record, SocketId};
use super::value::Value;

/// How many sockets are remembered; the oldest are forgotten.
const MOST_SOCKETS: usize = 1024;
/// How many rows of one option of one socket are remembered, the latest.
const MOST_STEPS: usize = 32;
/// How many moments of a socket are remembered, the latest.
const MOST_MOMENTS: usize = 64;
/// How many connects are remembered by the address that they were made from.
const MOST_CONNECTS: usize = 4096;

/// The calls that make a [`Moment`].
const MOVING: &[Call] = &[Call::SetSockOpt, Call::Bind, Call::Listen, Call::Connect, Call::Shutdown];

/// One setsockopt or getsockopt.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// The number of its row.
    pub n: u64,
    /// When it returned, in nanoseconds on the clock of the trace.
    pub at: u64,
    /// On whose behalf it was made.
    pub origin: Origin,
    /// What it was.
    pub did: Did,
}

/// What a [`Step`] was.
#[derive(Clone, Debug, PartialEq)]
pub enum Did {
    /// setsockopt of this value.
    Set(Value),
    /// setsockopt of this value, refused.
    Refused(Value, Errno),
    /// getsockopt: this value.
    Read(Value),
    /// getsockopt, refused.
    Unread(Errno),
}

/// A row that may have changed what the options of a socket are: setsockopt, bind, listen, connect, shutdown; not those of the lab itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Moment {
    /// The number of its row.
    pub n: u64,
    /// When it began, in nanoseconds on the clock of the trace.
    pub at: u64,
    /// What was called.
    pub call: Call,
    /// With what.
    pub args: Args,
}

/// What is known of one option of one socket.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OptionCourse {
    /// What was asked last, where the kernel took it.
    pub asked: Option<Value>,
    /// When that was.
    pub asked_at: Option<u64>,
    /// What was read last, and when.
    pub read: Option<(Value, u64)>,
    /// What the kernel said instead of a value, where it was asked last.
    pub unread: Option<Errno>,
    /// What was refused last, where nothing was taken since.
    pub refused: Option<(Value, Errno)>,
    steps: VecDeque<Step>,
}

impl OptionCourse {
    /// Its rows in order. Of those in which the lab read the same again only the first is there.
    pub fn steps(&self) -> impl DoubleEndedIterator<Item = &Step> {
        self.steps.iter()
    }

    /// What was known of it before row `n`. Of what is no longer remembered nothing is told.
    fn before(&self, n: u64) -> Self {
        let mut then = Self::default();
        self.steps.iter().filter(|step| step.n < n).for_each(|step| then.take(step.clone()));
        then
    }

    fn take(&mut self, step: Step) {
        let is_news = match &step.did {
            Did::Set(value) => {
                (self.asked, self.asked_at, self.refused) = (Some(value.clone()), Some(step.at), None);
                true
            }
            Did::Refused(value, errno) => {
                self.refused = Some((value.clone(), *errno));
                true
            }
            Did::Read(value) => {
                let was_set = matches!(self.steps.back(), Some(Step { did: Did::Set(_) | Did::Refused(..), .. }));
                let is_other = self.read.as_ref().is_none_or(|(read, _)| read != value);
                (self.read, self.unread) = (Some((value.clone(), step.at)), None);
                was_set || is_other || step.origin != Origin::Lab
            }
            Did::Unread(errno) => self.unread.replace(*errno) != Some(*errno),
        };
        if is_news {
            if self.steps.len() >= MOST_STEPS {
                self.steps.pop_front();
            }
            self.steps.push_back(step);
        }
    }
}

/// One socket: whose it is, the moments of its life, and its options.
#[derive(Clone, Debug, PartialEq)]
pub struct SocketCourse {
    /// Whose it is.
    pub program: ProgramId,
    /// Its family and type; none where its birth was not seen.
    pub made: Option<(Family, SocketType)>,
    /// The listener that accepted it, and when.
    pub accepted: Option<(SocketId, u64)>,
    /// Since when the other side, where it is a socket of this trace, was connected with it: before it was accepted, it waited.
    pub queued: Option<u64>,
    /// When it got an address, by bind or by the first call that needs one.
    pub bound: Option<u64>,
    /// When it began to listen.
    pub listening: Option<u64>,
    /// When it began to connect.
    pub connecting: Option<u64>,
    /// When it was closed.
    pub closed: Option<u64>,
    options: BTreeMap<Name, OptionCourse>,
    moments: VecDeque<Moment>,
}

impl SocketCourse {
    /// What is known of an option of it.
    pub fn option(&self, name: &str) -> Option<&OptionCourse> {
        self.options.get(name)
    }

    /// All options that a row tells of.
    pub fn options(&self) -> impl Iterator<Item = (&str, &OptionCourse)> {
        self.options.iter().map(|(name, course)| (&**name, course))
    }

    /// The rows that may have changed its options, in order.
    pub fn moments(&self) -> impl DoubleEndedIterator<Item = &Moment> {
        self.moments.iter()
    }

    /// The socket as it was before row `n`, which is one of its [`moments`](Self::moments); none where that is not remembered.
    pub fn before(&self, n: u64) -> Option<Self> {
        let moment = self.moments.iter().find(|moment| moment.n == n)?;
        let earlier = |time: Option<u64>| time.filter(|time| *time < moment.at);
        Some(Self {
            queued: self.queued,
            bound: earlier(self.bound),
            listening: earlier(self.listening),
            connecting: earlier(self.connecting),
            closed: earlier(self.closed),
            options: self.options.iter().map(|(name, course)| (name.clone(), course.before(n))).collect(),
            moments: self.moments.iter().filter(|moment| moment.n < n).cloned().collect(),
            ..*self
        })
    }

    /// When it was connected: as the one who calls, or as the one who is called.
    pub fn connected(&self) -> Option<u64> {
        self.connecting.or(self.queued).or_else(|| self.accepted.map(|(_, at)| at))
    }
}

/// A fold over the rows: see the module.
#[derive(Clone, Debug, Default)]
pub struct Options {
    sockets: BTreeMap<SocketId, Arc<SocketCourse>>,
    /// When who has this address of its own was connected.
    connects: Arc<BTreeMap<String, u64>>,
}

impl Options {
    /// Takes in rows, which follow those taken in before.
    pub fn fold(&mut self, rows: &[Record]) {
        for record in rows {
            if let (Kind::Call(call, args), Some(socket)) = (&record.kind, record.socket) {
                self.learn(record, *call, args, socket);
            }
        }
    }

    /// The sockets, in order of birth.
    pub fn sockets(&self) -> impl DoubleEndedIterator<Item = (SocketId, &SocketCourse)> {
        self.sockets.iter().map(|(socket, course)| (*socket, &**course))
    }

    /// One socket.
    pub fn socket(&self, socket: SocketId) -> Option<&SocketCourse> {
        self.sockets.get(&socket).map(|course| &**course)
    }

    fn course(&mut self, socket: SocketId, program: ProgramId) -> &mut SocketCourse {
        if self.sockets.len() >= MOST_SOCKETS && !self.sockets.contains_key(&socket) {
            self.sockets.pop_first();
        }
        let new = || {
            let (made, accepted, queued, bound, listening, connecting, closed) = (None, None, None, None, None, None, None);
            let (options, moments) = (BTreeMap::new(), VecDeque::new());
            Arc::new(SocketCourse { program, made, accepted, queued, bound, listening, connecting, closed, options, moments })
        };
        Arc::make_mut(self.sockets.entry(socket).or_insert_with(new))
    }

    fn learn(&mut self, record: &Record, call: Call, args: &Args, socket: SocketId) {
        let failed = record.errno();
        let (t0, t1) = (record.t0, record.t1);
        if record.origin != Origin::Lab && MOVING.contains(&call) {
            self.moment(record, call, args, socket);
        }
        match (call, args) {
            (Call::SetSockOpt, Args::OptionValue(name, value)) => {
                let did = failed.map_or_else(|| Did::Set(Value::clone(value)), |errno| Did::Refused(Value::clone(value), errno));
                self.step(record, socket, name, did);
            }
            (Call::GetSockOpt, Args::Option(name)) => match &record.outcome {
                Outcome::Value(value) => self.step(record, socket, name, Did::Read(Value::clone(value))),
                Outcome::Err(errno) => self.step(record, socket, name, Did::Unread(*errno)),
                _ => {}
            },
            (Call::Socket, Args::Socket(family, kind)) => self.course(socket, record.program).made = Some((*family, *kind)),
            (Call::Bind, _) if failed.is_none() => self.course(socket, record.program).bound = Some(t1),
            (Call::Listen, _) if failed.is_none() => {
                let course = self.course(socket, record.program);
                course.listening = course.listening.or(Some(t0));
                course.bound = course.bound.or(Some(t0));
            }
            // What is asked for while it goes on in the background comes too late as well.
            (Call::Connect, _) if failed.is_none_or(|errno| errno.is("EINPROGRESS")) => {
                let course = self.course(socket, record.program);
                (course.connecting, course.bound) = (Some(t0), course.bound.or(Some(t0)));
            }
            (Call::SendTo, _) if failed.is_none() && self.socket(socket).is_some_and(|course| course.bound.is_none()) => {
                self.course(socket, record.program).bound = Some(t0);
            }
            (Call::GetSockName, _) => {
                if let (Outcome::Address(address, _), Some(at)) =
                    (&record.outcome, self.socket(socket).and_then(|course| course.connecting))
                {
                    self.connected_from(address, at);
                }
            }
            (Call::Accept, _) => {
                if let Outcome::Socket(accepted, peer) = &record.outcome {
                    let made = self.socket(socket).and_then(|listener| listener.made);
                    let queued = self.connects.get(&peer.to_string()).copied();
                    let course = self.course(*accepted, record.program);
                    (course.made, course.accepted, course.queued) = (made, Some((socket, t1)), queued);
                    course.bound = Some(queued.unwrap_or(t1));
                }
            }
            (Call::Close, _) if self.sockets.contains_key(&socket) => self.course(socket, record.program).closed = Some(t1),
            _ => {}
        }
    }

    fn moment(&mut self, record: &Record, call: Call, args: &Args, socket: SocketId) {
        let moments = &mut self.course(socket, record.program).moments;
        if moments.len() >= MOST_MOMENTS {
            moments.pop_front();
        }
        moments.push_back(Moment { n: record.n, at: record.t0, call, args: args.clone() });
    }

    fn step(&mut self, record: &Record, socket: SocketId, name: &Name, did: Did) {
        let step = Step { n: record.n, at: record.t1, origin: record.origin, did };
        self.course(socket, record.program).options.entry(name.clone()).or_default().take(step);
    }

    /// A client has told its own address: who is accepted from there has been connected since `at`. On loopback its row may come after the accept.
    fn connected_from(&mut self, address: &Address, at: u64) {
        let peer = address.to_string();
        let connects = Arc::make_mut(&mut self.connects);
        if connects.len() >= MOST_CONNECTS {
            connects.pop_first();
        }
        connects.insert(peer, at);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(n: u64, socket: u32, call: Call, args: Args, outcome: Outcome) -> Record {
        Record { socket: Some(SocketId(socket)), outcome, ..Record::plain(n, Kind::Call(call, args)) }
    }

    fn set(n: u64, socket: u32, value: i64) -> Record {
        row(n, socket, Call::SetSockOpt, Args::OptionValue("SO_RCVBUF".into(), Value::Int(value).into()), Outcome::Ok(0))
    }

    fn get(n: u64, socket: u32, value: i64) -> Record {
        row(n, socket, Call::GetSockOpt, Args::Option("SO_RCVBUF".into()), Outcome::Value(Value::Int(value).into()))
    }

    #[test]
    fn what_was_asked_refused_and_read_is_kept_in_order() {
        let errno = Errno::by_name("EINVAL").expect("known");
        let refused = Record { outcome: Outcome::Err(errno), ..set(4, 1, -5) };
        let again = Record { origin: Origin::Lab, ..get(6, 1, 8192) };
        let mut options = Options::default();
        options.fold(&[set(1, 1, 4096), get(2, 1, 8192), refused, again.clone(), Record { n: 7, ..again }]);
        let course = options.socket(SocketId(1)).and_then(|socket| socket.option("SO_RCVBUF")).expect("told of");
        assert_eq!((&course.asked, &course.read), (&Some(Value::Int(4096)), &Some((Value::Int(8192), 6))));
        assert_eq!(course.refused, Some((Value::Int(-5), errno)));
        assert_eq!(course.steps().map(|step| step.n).collect::<Vec<_>>(), [1, 2, 4, 6], "the same again is no news");
        (10..100).for_each(|n| options.fold(&[set(n, 1, n as i64)]));
        let course = options.socket(SocketId(1)).and_then(|socket| socket.option("SO_RCVBUF")).expect("told of");
        assert_eq!((course.steps().count(), course.refused.is_none()), (MOST_STEPS, true));
    }

    #[test]
    fn a_socket_is_known_as_it_was_before_a_row() {
        let address = Args::Address(Address::Ip(std::net::SocketAddr::from(([127, 0, 0, 1], 5))));
        let mut options = Options::default();
        let by_lab = Record { origin: Origin::Lab, ..set(4, 1, 1) };
        options.fold(&[
            set(1, 1, 4096),
            get(2, 1, 8192),
            row(3, 1, Call::Bind, address, Outcome::Ok(0)),
            by_lab,
            set(5, 1, 9000),
            get(6, 1, 18_000),
        ]);
        let socket = options.socket(SocketId(1)).expect("told of");
        assert_eq!(socket.moments().map(|moment| moment.n).collect::<Vec<_>>(), [1, 3, 5], "what the lab does is no moment");
        let at = |n: u64| {
            let then = socket.before(n).expect("remembered");
            let known = then.option("SO_RCVBUF").expect("a place");
            (then.bound, known.asked.clone(), known.read.clone())
        };
        assert_eq!(at(1), (None, None, None));
        assert_eq!(at(3), (None, Some(Value::Int(4096)), Some((Value::Int(8192), 2))));
        assert_eq!(at(5), (Some(3), Some(Value::Int(1)), Some((Value::Int(8192), 2))));
        assert!(socket.before(2).is_none() && socket.before(7).is_none());
        (10..300).for_each(|n| options.fold(&[set(n, 1, 1)]));
        assert_eq!(options.socket(SocketId(1)).map(|socket| socket.moments().count()), Some(MOST_MOMENTS));
    }

    #[test]
    fn the_moments_of_a_life_are_known() {
        let peer = || Address::Ip(std::net::SocketAddr::from(([127, 0, 0, 1], 5)));
        let stream = Args::Socket(Family::Inet, SocketType::Stream);
        let mut options = Options::default();
        options.fold(&[
            row(1, 1, Call::Socket, stream.clone(), Outcome::Ok(3)),
            row(2, 1, Call::Bind, Args::Address(peer()), Outcome::Ok(0)),
            row(3, 1, Call::Listen, Args::Backlog(1), Outcome::Ok(0)),
            row(4, 2, Call::Socket, stream, Outcome::Ok(4)),
            row(5, 2, Call::Connect, Args::Address(peer()), Outcome::Ok(0)),
            row(6, 2, Call::GetSockName, Args::None, Outcome::Address(peer(), super::super::Flags::default())),
            row(9, 1, Call::Accept, Args::None, Outcome::Socket(SocketId(3), peer())),
            row(10, 3, Call::Close, Args::None, Outcome::Ok(0)),
        ]);
        let (listener, client) = (options.socket(SocketId(1)).expect("made"), options.socket(SocketId(2)).expect("made"));
        assert_eq!((listener.bound, listener.listening, listener.connected()), (Some(2), Some(3), None));
        assert_eq!((client.bound, client.connected()), (Some(5), Some(5)));
        let accepted = options.socket(SocketId(3)).expect("accepted");
        assert_eq!((accepted.accepted, accepted.queued, accepted.closed), (Some((SocketId(1), 9)), Some(5), Some(10)));
        assert_eq!(accepted.made, Some((Family::Inet, SocketType::Stream)));
        (100..2100).for_each(|socket| options.fold(&[set(u64::from(socket), socket, 1)]));
        assert_eq!(options.sockets().count(), MOST_SOCKETS);
    }
}
