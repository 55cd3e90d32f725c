//! What the kernel knew of a socket at one moment: figures that no call of a program returns.
//!
//! [`Figure`] is the one table of them. A sample holds those that its system and its kind of socket have; one is written where it is unlike the one before, so
//! that each holds until the next.

use serde::{Deserialize, Serialize};

use super::notation;
use crate::text;
use crate::text::Message;

macro_rules! figures {
    ($($(#[$doc:meta])* $name:ident: $key:literal, $unit:ident, $group:ident, $called:literal, $says:literal;)*) => {
        /// One thing that the kernel knows of a socket.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum Figure {
            $($(#[$doc])* $name,)*
        }

        impl Figure {
            /// All of them, in the order in which a person reads them.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// Its name in a record of JSON: `rtt`.
            pub const fn key(self) -> &'static str {
                match self {
                    $(Self::$name => $key,)*
                }
            }

            /// What it is counted in.
            pub const fn unit(self) -> Unit {
                match self {
                    $(Self::$name => Unit::$unit,)*
                }
            }

            /// With which others it is shown.
            pub const fn group(self) -> Group {
                match self {
                    $(Self::$name => Group::$group,)*
                }
            }

            /// What it is called, in words.
            pub const fn name(self) -> Message {
                match self {
                    $(Self::$name => text!($called),)*
                }
            }

            /// What it says, in one or two sentences, with where it comes from.
            pub const fn sentence(self) -> Message {
                match self {
                    $(Self::$name => text!($says),)*
                }
            }
        }
    };
}

figures! {
    /// The state of a TCP connection: see [`TcpState`].
    State: "state", State, Connection, "trace-sample-state", "trace-sample-state-tip";
    /// What waits to be received: all of it on a stream, the next datagram else.
    Unread: "unread", Bytes, Queues, "trace-sample-unread", "trace-sample-unread-tip";
    /// What was sent and has not been acknowledged.
    Unacknowledged: "unacknowledged", Bytes, Queues, "trace-sample-unacknowledged", "trace-sample-unacknowledged-tip";
    /// What was given to the kernel and is not on its way yet.
    Unsent: "unsent", Bytes, Queues, "trace-sample-unsent", "trace-sample-unsent-tip";
    /// How many connections wait to be accepted.
    Waiting: "waiting", Count, Queues, "trace-sample-waiting", "trace-sample-waiting-tip";
    /// How many may wait, less one: the kernel takes one more than it was told.
    WaitingMost: "waiting-most", Count, Queues, "trace-sample-waiting-most", "trace-sample-waiting-most-tip";
    /// What was lost because the socket had no room for it.
    Drops: "drops", Count, Queues, "trace-sample-drops", "trace-sample-drops-tip";
    /// The round trip as measured, smoothed.
    Rtt: "rtt", Micros, Time, "trace-sample-rtt", "trace-sample-rtt-tip";
    /// How much round trips differ.
    RttVariation: "rtt-variation", Micros, Time, "trace-sample-rtt-variation", "trace-sample-rtt-variation-tip";
    /// The shortest round trip so far.
    RttLeast: "rtt-least", Micros, Time, "trace-sample-rtt-least", "trace-sample-rtt-least-tip";
    /// After which time without an answer something is sent again.
    Rto: "rto", Micros, Time, "trace-sample-rto", "trace-sample-rto-tip";
    /// Which timer runs: see [`Figure::text`].
    Timer: "timer", Timer, Time, "trace-sample-timer", "trace-sample-timer-tip";
    /// How much of it was left then.
    TimerLeft: "timer-left", Millis, Time, "trace-sample-timer-left", "trace-sample-timer-left-tip";
    /// How many segments may be on their way at once.
    Cwnd: "cwnd", Segments, Congestion, "trace-sample-cwnd", "trace-sample-cwnd-tip";
    /// Below which window growth is fast.
    Ssthresh: "ssthresh", Segments, Congestion, "trace-sample-ssthresh", "trace-sample-ssthresh-tip";
    /// How many segments were sent again, in all.
    Retransmitted: "retransmitted", Segments, Congestion, "trace-sample-retransmitted", "trace-sample-retransmitted-tip";
    /// How often in a row the same was sent again.
    Retries: "retries", Count, Congestion, "trace-sample-retries", "trace-sample-retries-tip";
    /// How many segments are taken to be lost.
    Lost: "lost", Segments, Congestion, "trace-sample-lost", "trace-sample-lost-tip";
    /// How fast what was sent arrived lately.
    DeliveryRate: "delivery-rate", Rate, Congestion, "trace-sample-delivery-rate", "trace-sample-delivery-rate-tip";
    /// For how long there was something to send.
    Busy: "busy", Micros, Congestion, "trace-sample-busy", "trace-sample-busy-tip";
    /// For how much of that the receiver had no room.
    RecvLimited: "recv-limited", Micros, Congestion, "trace-sample-recv-limited", "trace-sample-recv-limited-tip";
    /// For how much of that the send buffer was too small.
    SendLimited: "send-limited", Micros, Congestion, "trace-sample-send-limited", "trace-sample-send-limited-tip";
    /// The most bytes a segment carries.
    Mss: "mss", Bytes, Windows, "trace-sample-mss", "trace-sample-mss-tip";
    /// How much the other side has room for.
    SendWindow: "send-window", Bytes, Windows, "trace-sample-send-window", "trace-sample-send-window-tip";
    /// How much room was told to the other side.
    RecvWindow: "recv-window", Bytes, Windows, "trace-sample-recv-window", "trace-sample-recv-window-tip";
    /// The memory taken by what was received.
    RecvMemory: "recv-memory", Bytes, Memory, "trace-sample-recv-memory", "trace-sample-recv-memory-tip";
    /// How much it may take.
    RecvMemoryMost: "recv-memory-most", Bytes, Memory, "trace-sample-recv-memory-most", "trace-sample-recv-memory-most-tip";
    /// The memory taken by what is being sent.
    SendMemory: "send-memory", Bytes, Memory, "trace-sample-send-memory", "trace-sample-send-memory-tip";
    /// How much it may take.
    SendMemoryMost: "send-memory-most", Bytes, Memory, "trace-sample-send-memory-most", "trace-sample-send-memory-most-tip";
    /// How many connections a listener has begun to take in: their SYN is answered, and what makes them `ESTABLISHED` has not come.
    HalfOpen: "half-open", Count, Queues, "trace-sample-half-open", "trace-sample-half-open-tip";
}

/// What a [`Figure`] is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// A [`TcpState`].
    State,
    /// Bytes.
    Bytes,
    /// A number of something.
    Count,
    /// Microseconds.
    Micros,
    /// Milliseconds.
    Millis,
    /// Segments of TCP.
    Segments,
    /// Bytes a second.
    Rate,
    /// A kind of timer.
    Timer,
}

/// What belongs together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// The connection itself.
    Connection,
    /// What waits.
    Queues,
    /// Round trips and timers.
    Time,
    /// How fast TCP may send.
    Congestion,
    /// How much each side has room for.
    Windows,
    /// What the kernel keeps for it.
    Memory,
}

impl Group {
    /// All of them, in the order in which they are shown.
    pub const ALL: &[Self] = &[Self::Connection, Self::Queues, Self::Time, Self::Congestion, Self::Windows, Self::Memory];

    /// What it is called.
    pub const fn name(self) -> Message {
        match self {
            Self::Connection => text!("trace-sample-group-connection"),
            Self::Queues => text!("trace-sample-group-queues"),
            Self::Time => text!("trace-sample-group-time"),
            Self::Congestion => text!("trace-sample-group-congestion"),
            Self::Windows => text!("trace-sample-group-windows"),
            Self::Memory => text!("trace-sample-group-memory"),
        }
    }
}

impl Figure {
    /// The value of it as it is written in every language: `38 µs`, `ESTABLISHED`, `1460 B`.
    pub fn text(self, value: u64) -> String {
        match self.unit() {
            Unit::State => TcpState::from_number(value).map_or_else(|| value.to_string(), |state| state.name().to_owned()),
            Unit::Bytes => format!("{value} B"),
            Unit::Count | Unit::Segments => value.to_string(),
            Unit::Micros => notation::duration(std::time::Duration::from_micros(value)),
            Unit::Millis => notation::duration(std::time::Duration::from_millis(value)),
            Unit::Rate => format!("{value} B/s"),
            Unit::Timer => timer(value).to_owned(),
        }
    }

    /// Whether a change of it alone is worth a sample: what only runs down is not.
    pub const fn is_telling(self) -> bool {
        !matches!(self, Self::TimerLeft)
    }
}

/// The timers of `/proc/net/tcp`, by what they are for (`get_tcp4_sock` in `net/ipv4/tcp_ipv4.c`).
const fn timer(number: u64) -> &'static str {
    match number {
        0 => "-",
        1 => "retransmit",
        2 => "keepalive",
        3 => "TIME-WAIT",
        4 => "window probe",
        _ => "?",
    }
}

/// The states of a TCP connection (RFC 9293, section 3.3.2), numbered as Linux does (`include/net/tcp_states.h`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TcpState {
    /// Data flows.
    Established = 1,
    /// A SYN was sent.
    SynSent = 2,
    /// A SYN came and was answered.
    SynReceived = 3,
    /// This side has ended first; its FIN is not acknowledged.
    FinWait1 = 4,
    /// Its FIN is acknowledged; that of the other side has not come.
    FinWait2 = 5,
    /// All is done; what is late may still come.
    TimeWait = 6,
    /// Nothing, or nothing any more.
    Closed = 7,
    /// The other side has ended first; this program has not closed.
    CloseWait = 8,
    /// This side has ended too; its FIN is not acknowledged.
    LastAck = 9,
    /// It waits to be asked.
    Listen = 10,
    /// Both have ended at once.
    Closing = 11,
}

impl TcpState {
    /// All of them, in the order of a connection's life.
    pub const ALL: &[Self] = &[
        Self::Closed,
        Self::Listen,
        Self::SynSent,
        Self::SynReceived,
        Self::Established,
        Self::FinWait1,
        Self::FinWait2,
        Self::Closing,
        Self::TimeWait,
        Self::CloseWait,
        Self::LastAck,
    ];

    /// The state of this number. Linux numbers `NEW_SYN_RECV` apart, which is no state of its own.
    pub fn from_number(number: u64) -> Option<Self> {
        let number = if number == 12 { 3 } else { number };
        Self::ALL.iter().copied().find(|state| *state as u64 == number)
    }

    /// Its name as the RFC writes it: `CLOSE-WAIT`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Established => "ESTABLISHED",
            Self::SynSent => "SYN-SENT",
            Self::SynReceived => "SYN-RECEIVED",
            Self::FinWait1 => "FIN-WAIT-1",
            Self::FinWait2 => "FIN-WAIT-2",
            Self::TimeWait => "TIME-WAIT",
            Self::Closed => "CLOSED",
            Self::CloseWait => "CLOSE-WAIT",
            Self::LastAck => "LAST-ACK",
            Self::Listen => "LISTEN",
            Self::Closing => "CLOSING",
        }
    }

    /// Its name as `ss` of Linux writes it, which students meet in a terminal.
    pub const fn name_in_ss(self) -> &'static str {
        match self {
            Self::Established => "ESTAB",
            Self::SynSent => "SYN-SENT",
            Self::SynReceived => "SYN-RECV",
            Self::FinWait1 => "FIN-WAIT-1",
            Self::FinWait2 => "FIN-WAIT-2",
            Self::TimeWait => "TIME-WAIT",
            Self::Closed => "UNCONN",
            Self::CloseWait => "CLOSE-WAIT",
            Self::LastAck => "LAST-ACK",
            Self::Listen => "LISTEN",
            Self::Closing => "CLOSING",
        }
    }

    /// What it means, in one sentence.
    pub const fn sentence(self) -> Message {
        match self {
            Self::Established => text!("trace-tcp-established"),
            Self::SynSent => text!("trace-tcp-syn-sent"),
            Self::SynReceived => text!("trace-tcp-syn-received"),
            Self::FinWait1 => text!("trace-tcp-fin-wait-1"),
            Self::FinWait2 => text!("trace-tcp-fin-wait-2"),
            Self::TimeWait => text!("trace-tcp-time-wait"),
            Self::Closed => text!("trace-tcp-closed"),
            Self::CloseWait => text!("trace-tcp-close-wait"),
            Self::LastAck => text!("trace-tcp-last-ack"),
            Self::Listen => text!("trace-tcp-listen"),
            Self::Closing => text!("trace-tcp-closing"),
        }
    }
}

/// The figures of one moment, each once, in the order of [`Figure::ALL`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sample {
    figures: Box<[(Figure, u64)]>,
}

impl Sample {
    /// A sample of these figures. Of one that comes twice the last holds.
    pub fn new(figures: impl IntoIterator<Item = (Figure, u64)>) -> Self {
        let figures = figures.into_iter().collect::<std::collections::BTreeMap<_, _>>();
        Self { figures: figures.into_iter().collect() }
    }

    /// The value of a figure; none where it is not known of this socket.
    pub fn get(&self, figure: Figure) -> Option<u64> {
        self.figures.iter().find(|(known, _)| *known == figure).map(|(_, value)| *value)
    }

    /// The state of a TCP connection.
    pub fn state(&self) -> Option<TcpState> {
        self.get(Figure::State).and_then(TcpState::from_number)
    }

    /// All of its figures.
    pub fn figures(&self) -> &[(Figure, u64)] {
        &self.figures
    }

    /// Whether it says something that `before` did not.
    pub fn differs_from(&self, before: &Self) -> bool {
        let telling = |sample: &Self| sample.figures.iter().filter(|(figure, _)| figure.is_telling()).copied().collect::<Vec<_>>();
        telling(self) != telling(before)
    }

    /// What it says in short: the state, and what waits.
    pub fn summary(&self) -> String {
        let shown = [Figure::State, Figure::Unread, Figure::Unacknowledged, Figure::Unsent, Figure::Waiting, Figure::Drops, Figure::Rtt];
        let of = |figure: Figure| {
            let value = self.get(figure).filter(|value| *value > 0)?;
            Some(if figure == Figure::State { figure.text(value) } else { format!("{} {}", figure.key(), figure.text(value)) })
        };
        let said = shown.into_iter().filter_map(of).collect::<Vec<_>>().join(", ");
        if said.is_empty() { "-".to_owned() } else { said }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;

    #[test]
    fn every_figure_and_state_is_said_in_both_languages_by_a_name_of_its_own() {
        for language in Language::ALL {
            let mut names = Vec::new();
            for figure in Figure::ALL {
                names.push(figure.name().in_language(language));
                assert!(figure.sentence().in_language(language).chars().count() > 10, "{figure:?}");
            }
            for state in TcpState::ALL {
                names.push(state.sentence().in_language(language));
                assert_eq!(TcpState::from_number(*state as u64), Some(*state));
            }
            names.extend(Group::ALL.iter().map(|group| group.name().in_language(language)));
            let count = names.len();
            names.sort();
            names.dedup();
            assert_eq!(names.len(), count, "{names:?}");
        }
        assert!(Figure::ALL.is_sorted(), "samples are searched and shown in this order");
    }

    #[test]
    fn what_only_runs_down_is_no_news() {
        let sample = |left, unread| Sample::new([(Figure::Unread, unread), (Figure::TimerLeft, left), (Figure::Timer, 3)]);
        assert!(!sample(60_000, 0).differs_from(&sample(59_000, 0)));
        assert!(sample(60_000, 5).differs_from(&sample(60_000, 0)));
        assert!(Sample::default().differs_from(&sample(1, 0)));
    }

    #[test]
    fn a_sample_says_in_short_what_waits() {
        let sample = Sample::new([(Figure::Rtt, 38), (Figure::State, 8), (Figure::Unread, 5), (Figure::Unsent, 0)]);
        assert_eq!(sample.summary(), "CLOSE-WAIT, unread 5 B, rtt 38 µs");
        assert_eq!(sample.state(), Some(TcpState::CloseWait));
        assert_eq!((Sample::default().summary(), Sample::new([(Figure::State, 99)]).summary()), ("-".to_owned(), "99".to_owned()));
    }
}
