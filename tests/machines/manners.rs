//! One rule after the other, packet by packet: what each end answers, and what it does not.

use crate::network::{US, asking, bytes};
use socket_lab::tftp::{
    Agreement, Asked, Counts, Failure, Limits, Machine as _, Next, Outcome, Patience, Receiver, SECOND, Sender, error_packet, wrong_port,
};
use socket_lab::wire::tftp::{ErrorCode, Mode, Opcode, Options, Packet, Request};

/// Either machine, for what both do alike.
enum Machine {
    Sender(Sender, Vec<u8>),
    Receiver(Receiver),
}

impl Machine {
    /// Everything that is sent now, as tcpdump writes it, with what is told in front; and until when it then waits.
    fn go(&mut self, now: u64) -> (Vec<String>, Option<u64>) {
        let mut sent = Vec::new();
        loop {
            let mut filled = None;
            let next = match self {
                Self::Sender(machine, _) => machine.next(now),
                Self::Receiver(machine) => machine.next(now),
            };
            match next {
                Next::Send(burst) => sent.extend(burst.packets().map(|packet| Packet::parse(packet).expect("a packet").to_string())),
                Next::Told(message) => sent.push(message.key().to_owned()),
                Next::Fill(room) => filled = Some(room.len()),
                Next::Wait(until) => return (sent, Some(until)),
                Next::Ended => return (sent, None),
            }
            if let (Some(room), Self::Sender(machine, file)) = (filled, &mut *self) {
                let rest = file.split_off(room.min(file.len()));
                machine.filled(file.len());
                *file = rest;
            }
        }
    }

    /// What is sent in answer to a datagram.
    fn on(&mut self, now: u64, datagram: &[u8]) -> Vec<String> {
        match self {
            Self::Sender(machine, _) => machine.on_datagram(now, datagram),
            Self::Receiver(machine) => drop(machine.on_datagram(now, datagram)),
        }
        self.go(now).0
    }

    fn outcome(&self) -> Option<&Outcome> {
        match self {
            Self::Sender(machine, _) => machine.outcome(),
            Self::Receiver(machine) => machine.outcome(),
        }
    }

    fn counts(&self) -> Counts {
        match self {
            Self::Sender(machine, _) => machine.counts(),
            Self::Receiver(machine) => machine.counts(),
        }
    }

    fn error(&self) -> Option<ErrorCode> {
        match self.outcome() {
            Some(Outcome::Failed(Failure::Illegal(code, _))) => Some(*code),
            _ => None,
        }
    }
}

fn ack(block: u16) -> Vec<u8> {
    Packet::Ack { block }.to_bytes()
}

fn data(block: u16, bytes: &[u8]) -> Vec<u8> {
    Packet::Data { block, bytes }.to_bytes()
}

fn oack(options: &[(&str, &str)]) -> Vec<u8> {
    let mut packet = vec![0, 6];
    for (name, value) in options {
        Options::push(&mut packet, name, value);
    }
    packet
}

/// A client that has asked to read.
fn reading(options: Asked) -> Machine {
    let mut machine = Machine::Receiver(Receiver::ask(0, &asking(options), Patience::default()).expect("a good request"));
    machine.go(0);
    machine
}

/// A client that has asked to write so many bytes.
fn writing(options: Asked, size: usize) -> Machine {
    let mut machine = Machine::Sender(Sender::ask(0, &asking(options), Patience::default()).expect("a good request"), bytes(size));
    machine.go(0);
    machine
}

fn agreement(options: &[(&str, &str)]) -> Agreement {
    let packet = oack(options);
    let options = Options::parse(&packet[2..], 2).expect("good options");
    Agreement::grant_read(&Request { name: b"a", mode: Mode::Octet, options }, Some(1000), &Limits::default())
}

/// A server that is read from and has sent its first packet.
fn serving(options: &[(&str, &str)], size: usize) -> Machine {
    let mut machine = Machine::Sender(Sender::answer(0, &agreement(options), Patience::default()), bytes(size));
    machine.go(0);
    machine
}

/// A server that is written to and has sent its first packet.
fn taking(options: &[(&str, &str)]) -> Machine {
    let mut machine = Machine::Receiver(Receiver::answer(0, &agreement(options), Patience::default()));
    machine.go(0);
    machine
}

const ALL: Asked = Asked { blksize: Some(1024), timeout: Some(2), tsize: Some(0), windowsize: Some(4) };

#[test]
fn an_oack_that_grants_what_it_may_not_is_told_error_8() {
    for (granted, fair) in [
        (&[("blksize", "1024")][..], true),
        (&[("BLKSIZE", "8")], true),
        (&[("tsize", "123456789012"), ("windowsize", "1")], true),
        (&[], true),
        (&[("timeout", "2")], true),
        (&[("blksize", "1025")], false),
        (&[("blksize", "7")], false),
        (&[("blksize", "many")], false),
        (&[("blksize", "")], false),
        (&[("timeout", "1")], false),
        (&[("timeout", "3")], false),
        (&[("windowsize", "0")], false),
        (&[("windowsize", "5")], false),
        (&[("tsize", "-1")], false),
        (&[("own", "1")], false),
        (&[("blksize", "512"), ("blksize", "512")], false),
    ] {
        for mut client in [reading(ALL), writing(ALL, 3000)] {
            let answer = client.on(US, &oack(granted));
            if fair {
                assert_eq!(client.outcome(), None, "{granted:?}");
                assert!(answer[0].starts_with("ACK block 0") || answer[0].starts_with("DATA block 1"), "{granted:?}: {answer:?}");
            } else {
                assert!(answer.len() == 1 && answer[0].starts_with("ERROR EOPTNEG"), "{granted:?}: {answer:?}");
                assert_eq!(client.error(), Some(ErrorCode::Options));
                assert_eq!(client.go(SECOND), (vec![], None), "once");
            }
        }
    }
    // What was not asked for is not granted.
    for mut client in [reading(Asked::NONE), writing(Asked::NONE, 100)] {
        assert!(client.on(US, &oack(&[("blksize", "512")]))[0].starts_with("ERROR EOPTNEG"));
    }
}

#[test]
fn asked_stands_beside_granted() {
    let Machine::Receiver(mut client) = reading(ALL) else { unreachable!() };
    client.on_datagram(US, &oack(&[("tsize", "5000"), ("blksize", "512"), ("timeout", "2")]));
    let agreement = client.agreement().expect("an agreement");
    let rows: Vec<_> = agreement.rows.iter().map(|row| (row.name.as_str(), row.asked.as_str(), row.granted, row.why.key())).collect();
    assert_eq!(
        rows,
        [
            ("blksize", "1024", Some(512), "tftp-why-server-limit"),
            ("timeout", "2", Some(2), "tftp-why-as-asked"),
            ("tsize", "0", Some(5000), "tftp-why-told"),
            ("windowsize", "4", None, "tftp-why-not-in-oack"),
        ]
    );
    let terms = agreement.terms;
    assert_eq!((terms.blksize, terms.windowsize, terms.timeout, terms.tsize), (512, 1, Some(2), Some(5000)));
}

#[test]
fn a_server_grants_what_the_rfcs_allow() {
    let limits = Limits { blksize: 1428, windowsize: 16, window_bytes: 8 * 1432, ..Limits::default() };
    for (name, value, granted) in [
        ("blksize", "8", Some(8)),
        ("BlkSize", "1428", Some(1428)),
        ("blksize", "65464", Some(1428)),
        ("blksize", "7", None),
        ("blksize", "65465", None),
        ("blksize", "1e3", None),
        ("timeout", "1", Some(1)),
        ("timeout", "0", None),
        ("timeout", "5", None),
        ("timeout", "256", None),
        ("tsize", "0", Some(1000)),
        ("tsize", "x", None),
        ("windowsize", "1", Some(1)),
        ("windowsize", "16", Some(16)),
        ("windowsize", "17", Some(16)),
        ("windowsize", "0", None),
        ("windowsize", "65536", None),
        ("own", "1", None),
    ] {
        let packet = oack(&[(name, value)]);
        let options = Options::parse(&packet[2..], 2).expect("good options");
        let request = Request { name: b"a", mode: Mode::Octet, options };
        let agreement = Agreement::grant_read(&request, Some(1000), &limits);
        assert_eq!(agreement.rows[0].granted, granted, "{name} {value}");
        let answer = granted.map(|value| oack(&[(name.to_lowercase().as_str(), &value.to_string())]));
        assert_eq!(agreement.oack(), answer, "{name} {value}");
        let none = Agreement::grant_read(&request, Some(1000), &Limits { options: false, ..limits });
        assert_eq!((none.oack(), none.rows[0].granted), (None, None));
    }
    // The window is to fit in memory, whichever is named first.
    for order in [[("blksize", "1428"), ("windowsize", "16")], [("windowsize", "16"), ("blksize", "1428")]] {
        let packet = oack(&order);
        let request = Request { name: b"a", mode: Mode::Octet, options: Options::parse(&packet[2..], 2).expect("good options") };
        assert_eq!(Agreement::grant_read(&request, None, &limits).terms.windowsize, 8);
        assert_eq!(Agreement::grant_write(&request, &limits).terms.windowsize, 16, "a window that is received takes no memory");
    }
    let packet = oack(&[("tsize", "0")]);
    let mut request = Request { name: b"a", mode: Mode::Netascii, options: Options::parse(&packet[2..], 2).expect("good options") };
    assert_eq!(Agreement::grant_read(&request, Some(1000), &limits).oack(), None, "the size in netascii is another");
    request.mode = Mode::Octet;
    assert_eq!(Agreement::grant_read(&request, Some(0), &limits).oack(), None, "curl refuses a tsize of 0");
    let packet = oack(&[("tsize", "7000")]);
    let request = Request { options: Options::parse(&packet[2..], 2).expect("good options"), ..request };
    assert_eq!(Agreement::grant_write(&request, &limits).terms.tsize, Some(7000));
}

#[test]
fn an_answer_without_oack_is_taken() {
    let mut client = reading(ALL);
    assert_eq!(client.on(US, &data(1, &[0; 512])), ["tftp-told-no-oack", "ACK block 1"]);
    let Machine::Receiver(machine) = &client else { unreachable!() };
    assert!(machine.agreement().expect("an agreement").rows.iter().all(|row| row.granted.is_none()));
    let mut client = writing(ALL, 600);
    assert_eq!(client.on(US, &ack(0)), ["tftp-told-no-oack", "DATA block 1, 512 bytes"]);
    // A block of the size that was asked for, but not granted, is too long.
    let mut client = reading(ALL);
    client.on(US, &data(1, &[0; 1024]));
    assert_eq!(client.error(), Some(ErrorCode::Illegal));
}

#[test]
fn a_block_longer_than_agreed_is_told_error_4() {
    for (mut machine, length) in [(reading(Asked::NONE), 513), (taking(&[]), 513), (taking(&[("blksize", "8")]), 9)] {
        let answer = machine.on(US, &data(1, &vec![0; length]));
        assert!(answer.last().is_some_and(|answer| answer.starts_with("ERROR EBADOP")), "{answer:?}");
        assert_eq!(machine.counts().bytes, 0);
    }
}

#[test]
fn an_error_ends_the_transfer_and_is_never_answered() {
    for mut machine in
        [reading(ALL), writing(ALL, 100), serving(&[], 3000), serving(&[("blksize", "8")], 3000), taking(&[]), taking(&[("blksize", "8")])]
    {
        assert_eq!(machine.on(US, b"\0\x05\0\x01no such\xfffile\0"), [""; 0]);
        assert_eq!(machine.outcome(), Some(&Outcome::Failed(Failure::Refused(ErrorCode::NotFound, "no such\\xfffile".into()))));
        assert_eq!(machine.go(60 * SECOND), (vec![], None));
        assert_eq!(machine.on(60 * SECOND, &ack(0)), [""; 0], "nothing after the end");
    }
}

#[test]
fn what_has_no_place_ends_the_transfer_and_what_is_cut_off_does_not() {
    let open = |mut machine: Machine, packet: &[u8]| {
        machine.on(US, packet);
        machine
    };
    for (mut machine, misplaced) in [
        (open(reading(Asked::NONE), &data(1, &[0; 512])), ack(1)),
        (open(writing(Asked::NONE, 3000), &ack(0)), data(1, b"")),
        (serving(&[], 3000), data(1, b"")),
        (serving(&[], 3000), oack(&[])),
        (taking(&[]), ack(0)),
        (taking(&[]), oack(&[])),
    ] {
        for short in [&b""[..], b"\0", b"\0\x03", b"\0\x04\0", b"\0\x05\0", b"\0\x03\0"] {
            assert_eq!(machine.on(2 * US, short), [""; 0], "{short:?}");
            assert_eq!(machine.outcome(), None, "{short:?}");
        }
        let answer = machine.on(2 * US, &misplaced);
        assert!(answer.len() == 1 && answer[0].starts_with("ERROR EBADOP"), "{answer:?}");
    }
    for mut machine in [serving(&[], 3000), taking(&[]), open(reading(Asked::NONE), &data(1, &[0; 512]))] {
        assert!(machine.on(US, b"\0\x09\0\x01")[0].starts_with("ERROR EBADOP"), "an unknown opcode");
    }
}

#[test]
fn a_duplicate_or_future_ack_sends_nothing() {
    let mut server = serving(&[], 5000);
    assert_eq!(server.on(US, &ack(1)), ["DATA block 2, 512 bytes"]);
    for block in [1, 0, 3, 4, 1000, 40_000, 65_535] {
        assert_eq!(server.on(2 * US, &ack(block)), [""; 0], "{block}");
    }
    assert_eq!((server.counts().duplicates, server.counts().strays), (4, 3), "40 000 is behind, counted backwards");
    assert_eq!(server.on(3 * US, &ack(2)), ["DATA block 3, 512 bytes"]);
    assert_eq!(server.counts().retransmissions, 0);
}

#[test]
fn a_partial_ack_restarts_the_window_there() {
    let mut server = serving(&[("blksize", "8"), ("windowsize", "4")], 8 * 20);
    let window = |from: u16| (from..from + 4).map(|block| format!("DATA block {block}, 8 bytes")).collect::<Vec<_>>();
    assert_eq!(server.on(US, &ack(0)), window(1));
    assert_eq!(server.on(2 * US, &ack(2)), window(3), "RFC 7440, section 4");
    assert_eq!((server.counts().lost, server.counts().retransmissions), (1, 2));
    assert_eq!(server.on(3 * US, &ack(2)), [""; 0], "the same again");
    assert_eq!(server.on(4 * US, &ack(6)), window(7));
    assert_eq!(server.on(5 * US, &ack(6)), [""; 0]);
}

#[test]
fn a_gap_is_told_at_once_and_once() {
    let mut client = taking(&[("blksize", "8"), ("windowsize", "4")]);
    assert_eq!(client.on(US, &data(1, &[0; 8])), [""; 0]);
    assert_eq!(client.on(US, &data(3, &[0; 8])), ["ACK block 1"], "RFC 7440, section 4");
    assert_eq!(client.on(US, &data(4, &[0; 8])), [""; 0]);
    // The window begins anew, behind what was acknowledged.
    for block in 2..5 {
        assert_eq!(client.on(2 * US, &data(block, &[0; 8])), [""; 0]);
    }
    assert_eq!(client.on(2 * US, &data(5, &[0; 8])), ["ACK block 5"]);
    assert_eq!(client.on(2 * US, &data(20, &[0; 8])), [""; 0], "from beyond any window");
    assert_eq!(client.counts().bytes, 5 * 8);
}

#[test]
fn a_window_that_begins_anew_is_acknowledged_at_its_end() {
    let mut client = taking(&[("blksize", "8"), ("windowsize", "4")]);
    client.on(US, &data(1, &[0; 8]));
    assert_eq!(client.on(US, &data(3, &[0; 8])), ["ACK block 1"]);
    // That was lost: the sender waits in vain, and goes through its whole window again.
    let again = 5000 * US;
    assert_eq!(client.on(again, &data(1, &[0; 8])), [""; 0]);
    assert_eq!(client.on(again, &data(2, &[0; 8])), [""; 0]);
    assert_eq!(client.on(again, &data(3, &[0; 8])), [""; 0]);
    assert_eq!(client.on(again, &data(4, &[0; 8])), ["ACK block 4"]);
    // And where all of it was there, too.
    for block in 1..4 {
        assert_eq!(client.on(2 * again, &data(block, &[0; 8])), [""; 0]);
    }
    assert_eq!(client.on(2 * again, &data(4, &[0; 8])), ["ACK block 4"]);
}

#[test]
fn a_client_whom_nobody_answers_asks_without_options_and_then_gives_up() {
    let mut client = reading(ALL);
    let (mut times, mut sent, mut wait) = (vec![0], Vec::new(), client.go(0).1);
    while let Some(until) = wait {
        let (packets, next) = client.go(until);
        if !packets.is_empty() {
            times.push(until * 10 / SECOND);
        }
        sent.extend(packets);
        wait = next;
    }
    assert_eq!(&sent[..3], ["RRQ \"a\" octet blksize 1024 timeout 2 tsize 0 windowsize 4", "RRQ \"a\" octet", "tftp-told-plain"]);
    assert!(sent[3..].iter().all(|packet| packet == "RRQ \"a\" octet"), "{sent:?}");
    assert_eq!(times[..7], [0, 2, 6, 14, 24, 34, 44], "in tenths of a second: twice as long each time, at most 1 s");
    let Some(Outcome::Failed(Failure::Silent(time, tries))) = client.outcome() else { panic!("{:?}", client.outcome()) };
    assert_eq!((*time / SECOND, *tries as usize), (25, times.len() - 1));
    assert_eq!(client.go(60 * SECOND).0, [""; 0], "nobody is there to be told");
    // An OACK that comes late, for a request before, is still one.
    let mut client = reading(ALL);
    client.go(SECOND);
    client.go(2 * SECOND);
    assert_eq!(client.on(3 * SECOND, &oack(&[("blksize", "512")])), ["ACK block 0"]);
}

#[test]
fn a_negotiated_timeout_is_obeyed() {
    let mut server = serving(&[("timeout", "2")], 5000);
    let (mut at, mut times) = (SECOND / 10, Vec::new());
    assert_eq!(server.on(at, &ack(0)), ["DATA block 1, 512 bytes"]);
    while let (_, Some(until)) = server.go(at) {
        assert!(until > at);
        if let (sent, _) = server.go(until)
            && !sent.is_empty()
        {
            assert_eq!(sent, ["DATA block 1, 512 bytes"]);
            times.push((until - SECOND / 10) / SECOND);
        }
        at = until;
    }
    assert_eq!(times, (1..=12).map(|n| 2 * n).collect::<Vec<_>>());
    assert!(matches!(server.outcome(), Some(Outcome::Failed(Failure::Silent(..)))));
    // Five retries are due, however long they take.
    let limits = Limits { timeout: 255, ..Limits::default() };
    let packet = oack(&[("timeout", "255")]);
    let request = Request { name: b"a", mode: Mode::Octet, options: Options::parse(&packet[2..], 2).expect("good options") };
    let agreement = Agreement::grant_read(&request, None, &limits);
    let mut server = Machine::Sender(Sender::answer(0, &agreement, Patience::default()), bytes(5000));
    let (mut at, mut sent) = (0, 0);
    while let (packets, Some(until)) = server.go(at) {
        sent += packets.len();
        at = until;
    }
    assert_eq!((sent, at / SECOND), (1 + 5, 6 * 255));
}

#[test]
fn the_interval_follows_the_measured_round_trip() {
    for (trip, least, most) in [(50 * US, 4005, 4005), (3000 * US, 4005, 9000), (100_000 * US, 100_000, 300_000)] {
        let mut server = serving(&[], 1 << 20);
        let mut now = 0;
        for block in 1..100 {
            now += trip;
            server.on(now, &ack(block));
        }
        let mut intervals = Vec::new();
        for _ in 0..5 {
            let until = server.go(now).1.expect("a time");
            intervals.push((until - now) / US);
            now = until;
        }
        assert!((least..=most).contains(&intervals[0]), "{trip}: {intervals:?}");
        assert!(intervals.windows(2).all(|pair| pair[1].abs_diff((2 * pair[0]).min(5_000_000)) <= 1), "{intervals:?}");
        // After one loss the next block is not made to wait (Karn: and it measures nothing).
        now += trip;
        server.on(now, &ack(100));
        assert_eq!((server.go(now).1.expect("a time") - now) / US, intervals[0]);
    }
}

/// tftp-hpa waits 5 s before it sends a block again, and begins anew with each ACK: ACKs that keep coming would keep it from ever doing so.
#[test]
fn a_receiver_leaves_a_sender_to_its_own_waiting() {
    let mut server = taking(&[]);
    let mut now = 0;
    server.go(now);
    for block in 1..20 {
        now += 50 * US;
        server.on(now, &data(block, &[0; 512]));
    }
    let mut acks = vec![now];
    loop {
        let (sent, until) = server.go(now);
        if sent.iter().any(|packet| packet.starts_with("ACK")) {
            acks.push(now);
        }
        let Some(until) = until else { break };
        now = until;
    }
    let gaps = acks.windows(2).map(|pair| (pair[1] - pair[0]) as f64 / SECOND as f64).collect::<Vec<_>>();
    assert!(gaps.len() > 6 && gaps[..5].iter().sum::<f64>() < 1.0, "soon at first: {gaps:?}");
    assert!(gaps[5..].iter().all(|gap| *gap > 6.0), "and then hardly ever: {gaps:?}");
}

#[test]
fn the_last_ack_may_be_missing() {
    for windowsize in ["1", "4"] {
        let mut server = serving(&[("blksize", "8"), ("windowsize", windowsize)], 20);
        server.on(US, &ack(0));
        if windowsize == "1" {
            server.on(US, &ack(1));
            server.on(US, &ack(2));
        }
        let (mut silent, mut at) = (US, 0);
        while let (_, Some(until)) = server.go(silent) {
            (silent, at) = (until, until);
        }
        let blocks = if windowsize == "1" { 1 } else { 3 };
        assert_eq!(server.outcome(), Some(&Outcome::Unconfirmed(blocks)));
        assert_eq!(at / SECOND, 25);
        assert!(!server.outcome().is_some_and(Outcome::is_failure));
    }
    let mut server = serving(&[], 600);
    server.on(US, &ack(1));
    let Machine::Sender(machine, _) = &mut server else { unreachable!() };
    machine.on_unreachable();
    assert_eq!(server.outcome(), Some(&Outcome::Unconfirmed(1)), "its owner has left");
    let mut server = serving(&[], 6000);
    let Machine::Sender(machine, _) = &mut server else { unreachable!() };
    machine.on_unreachable();
    assert_eq!(server.outcome(), Some(&Outcome::Failed(Failure::Unreachable)), "more was to come");
}

#[test]
fn the_last_ack_is_repeated_for_a_while() {
    let mut client = reading(Asked::NONE);
    assert_eq!(client.on(US, &data(1, b"end")), ["ACK block 1"]);
    assert_eq!(client.outcome(), Some(&Outcome::Complete));
    assert_eq!(client.on(SECOND, &data(1, b"end")), ["ACK block 1"]);
    // At once after an ACK it is a copy; the ACK comes a moment later.
    assert_eq!(client.on(SECOND + US, &data(1, b"end")), [""; 0]);
    let (sent, until) = client.go(SECOND + 2000 * US);
    assert_eq!((sent, until), (vec!["ACK block 1".to_owned()], Some(2 * SECOND + US)));
    for stray in [error_packet(ErrorCode::Undefined, "late"), data(2, b"more"), ack(1), b"\0\x09".to_vec()] {
        assert_eq!(client.on(SECOND + 3000 * US, &stray), [""; 0], "nothing takes the file away again");
    }
    let Machine::Receiver(machine) = &mut client else { unreachable!() };
    machine.on_unreachable();
    machine.abort(ErrorCode::Undefined, "Cancelled", socket_lab::text!("tftp-complete"));
    assert_eq!(client.outcome(), Some(&Outcome::Complete));
    assert_eq!(client.go(2 * SECOND + US), (vec![], None));
}

#[test]
fn a_lost_oack_or_its_lost_ack_is_repeated() {
    let mut server = serving(&[("blksize", "8")], 100);
    let until = server.go(0).1.expect("a time");
    assert_eq!(server.go(until).0, ["OACK blksize 8"]);
    let mut server = taking(&[("blksize", "8")]);
    assert_eq!(server.on(US, b"\0\x02a\0octet\0blksize\x008\0"), [""; 0], "a copy of the request");
    assert_eq!(server.on(SECOND / 5, b"\0\x02a\0octet\0blksize\x008\0"), ["OACK blksize 8"], "the request again");
    let mut client = reading(ALL);
    assert_eq!(client.on(US, &oack(&[("blksize", "8")])), ["ACK block 0"]);
    assert_eq!(client.on(SECOND / 100, &oack(&[("blksize", "8")])), ["ACK block 0"]);
    client.on(SECOND / 50, &data(1, &[0; 8]));
    assert_eq!(client.on(SECOND / 50 + US, &oack(&[("blksize", "8")])), [""; 0], "too late to mean anything");
}

#[test]
fn whoever_gives_up_says_so() {
    let why = || socket_lab::text!("tftp-complete");
    let abort = |machine: &mut Machine| match machine {
        Machine::Sender(machine, _) => machine.abort(ErrorCode::Full, "Disk full", why()),
        Machine::Receiver(machine) => machine.abort(ErrorCode::Full, "Disk full", why()),
    };
    for mut machine in [serving(&[], 3000), taking(&[])] {
        abort(&mut machine);
        assert_eq!(machine.go(US), (vec!["ERROR ENOSPACE \"Disk full\"".to_owned()], None));
        assert_eq!(machine.go(2 * US), (vec![], None), "once");
    }
    // The last block could not be kept: it is not acknowledged.
    let mut server = taking(&[]);
    let Machine::Receiver(machine) = &mut server else { unreachable!() };
    assert!(machine.on_datagram(US, &data(1, b"end")).is_some_and(|piece| piece.last));
    abort(&mut server);
    assert_eq!(server.go(US).0, ["ERROR ENOSPACE \"Disk full\""]);
    // Nobody is known yet who could be told.
    let mut client = reading(Asked::NONE);
    abort(&mut client);
    assert_eq!(client.go(US), (vec![], None));
}

#[test]
fn a_stranger_is_told_error_5_but_for_an_error() {
    assert_eq!(wrong_port(&ack(1)).map(|packet| packet[..4].to_vec()), Some(vec![0, 5, 0, 5]));
    assert!(wrong_port(b"").is_some());
    assert_eq!(wrong_port(&error_packet(ErrorCode::UnknownTid, "not mine")), None);
    assert_eq!(error_packet(ErrorCode::Undefined, "a\0b"), b"\0\x05\0\0ab\0");
    assert_eq!(Opcode::first(b"\0\x05"), Some(Opcode::Error));
}

#[test]
fn a_request_that_cannot_be_made_says_why() {
    let ask = |name: &str, options| {
        let ask = socket_lab::tftp::Ask { name: name.to_owned(), ..asking(options) };
        let read = Receiver::ask(0, &ask, Patience::default()).err().map(|wrong| wrong.message().key().to_owned());
        let write = Sender::ask(0, &ask, Patience::default()).err().map(|wrong| wrong.message().key().to_owned());
        (read, write)
    };
    let both = |key: &str| (Some(key.to_owned()), Some(key.to_owned()));
    assert_eq!(ask("", ALL), both("tftp-ask-no-name"));
    assert_eq!(ask("a\0b", ALL), both("tftp-ask-nul"));
    assert_eq!(ask(&"a".repeat(503), Asked::NONE), (None, None));
    assert_eq!(ask(&"a".repeat(504), Asked::NONE), both("tftp-ask-long"));
    assert_eq!(ask("a", Asked { blksize: Some(7), ..Asked::NONE }), both("wire-tftp-range"));
    let large = Asked { blksize: Some(65464), windowsize: Some(65535), ..Asked::NONE };
    assert_eq!(ask("a", large), (None, Some("tftp-ask-window".to_owned())));
}
