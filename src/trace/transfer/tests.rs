//! Transfers are read off packets that were written into a trace by hand.

use super::*;
use crate::trace::{Fault, FaultKind, Outcome, Settings, Trace, Tracer};

const SERVER: &str = "127.0.0.1:6969";
const PORT: &str = "127.0.0.1:7000";
const CLIENT: &str = "127.0.0.1:8000";

/// A program of a trace with one socket in use.
struct Pen {
    tracer: Tracer,
    socket: SocketId,
}

impl Pen {
    fn of(trace: &Trace, kind: &str) -> Self {
        let tracer = trace.first_tracer(trace.new_program(), "program", kind);
        let socket = tracer.new_socket();
        Self { tracer, socket }
    }

    fn to(&self, peer: &str, bytes: &[u8]) {
        let open = self.tracer.begin(Call::SendTo, Args::LengthTo(bytes.len() as u32, address(peer)), Some(self.socket));
        open.end(Outcome::Ok(bytes.len() as i64), Some(bytes.into()));
    }

    fn from(&self, peer: &str, bytes: &[u8]) {
        let open = self.tracer.begin(Call::RecvFrom, Args::Length(65_536), Some(self.socket));
        open.end(Outcome::Address(address(peer), crate::trace::Flags::default()), Some(bytes.into()));
    }

    fn close(&self) {
        self.tracer.begin(Call::Close, Args::None, Some(self.socket)).end(Outcome::Ok(0), None);
    }
}

fn address(text: &str) -> Address {
    text.parse::<std::net::SocketAddr>().unwrap().into()
}

fn data(block: u16, length: usize) -> Vec<u8> {
    Packet::Data { block, bytes: &vec![7; length] }.to_bytes()
}

fn ack(block: u16) -> Vec<u8> {
    Packet::Ack { block }.to_bytes()
}

/// What a trace tells after `write`; looked at row by row and all at once, which must not differ.
fn seen(kind: &str, write: impl Fn(&Trace, &mut Pen)) -> Vec<Transfer> {
    let trace = Trace::new(Settings::default()).unwrap();
    let mut pen = Pen::of(&trace, kind);
    let mut bit_by_bit = Transfers::default();
    write(&trace, &mut pen);
    trace.flush();
    for record in trace.store().rows(1..trace.store().newest() + 1).into_iter().flatten() {
        bit_by_bit.read = record.n;
        bit_by_bit.take(&record);
    }
    let mut transfers = Transfers::default();
    transfers.update(trace.store());
    let all = |transfers: &Transfers| transfers.all().map(|(_, transfer)| transfer.clone()).collect::<Vec<_>>();
    assert_eq!(all(&transfers), all(&bit_by_bit));
    all(&transfers)
}

#[test]
fn a_client_reads_a_file_and_what_is_granted_stands_beside_what_was_asked() {
    let transfers = seen("tftp-client", |_, pen| {
        pen.to(SERVER, b"\0\x01a.img\0octet\0blksize\x001024\0tsize\x000\0windowsize\x004\0");
        pen.from(PORT, b"\0\x06blksize\x00512\0tsize\x001030\0");
        pen.to(PORT, &ack(0));
        pen.from(PORT, &data(1, 512));
        pen.to(PORT, &ack(1));
        pen.from("127.0.0.1:9999", &data(2, 512));
        pen.from(PORT, &data(1, 512));
        pen.to(PORT, &ack(1));
        pen.from(PORT, &data(2, 512));
        pen.to(PORT, &ack(2));
        pen.from(PORT, &data(3, 6));
        pen.to(PORT, &ack(3));
        pen.close();
    });
    let [transfer] = &transfers[..] else { panic!("{transfers:?}") };
    assert!(transfer.asks && !transfer.gives);
    assert_eq!((&*transfer.name, transfer.peer.clone()), ("a.img", Some(address(PORT))));
    assert_eq!((transfer.blksize, transfer.windowsize, transfer.size, transfer.bytes), (512, 1, Some(1030), 1030));
    assert_eq!(transfer.asked.len(), 3);
    assert_eq!(transfer.granted.as_ref().unwrap()[0], ("blksize".to_owned(), "512".to_owned()));
    assert_eq!((transfer.repeated, transfer.duplicates, transfer.strays), (1, 1, 1));
    assert_eq!((transfer.end.clone(), transfer.part()), (Some(End::Complete), Some(1.0)));
}

#[test]
fn a_server_gives_from_another_socket_and_its_last_ack_may_be_missing() {
    let transfers = seen("tftp-server", |_, pen| {
        pen.from(CLIENT, b"\0\x01a.img\0octet\0");
        pen.from(CLIENT, b"\0\x01a.img\0octet\0");
        pen.socket = pen.tracer.new_socket();
        pen.to(CLIENT, &data(1, 512));
        pen.to(CLIENT, &data(1, 512));
        pen.from(CLIENT, &ack(1));
        pen.from(CLIENT, &ack(9));
        pen.to(CLIENT, &data(2, 0));
        pen.close();
    });
    let [transfer] = &transfers[..] else { panic!("{transfers:?}") };
    assert!(!transfer.asks && transfer.gives);
    assert_eq!((transfer.socket, transfer.granted.clone()), (SocketId(2), None));
    assert_eq!((transfer.bytes, transfer.repeated, transfer.duplicates, transfer.strays), (512, 1, 1, 1));
    assert_eq!(transfer.end, Some(End::Unconfirmed));
}

#[test]
fn what_was_refused_says_why_and_the_port_serves_the_same_client_again() {
    let transfers = seen("tftp-server", |_, pen| {
        pen.from(CLIENT, b"\0\x01none\0octet\0");
        pen.to(CLIENT, b"\0\x05\0\x01File not found\0");
        pen.from(CLIENT, b"\0\x02new\0netascii\0tsize\x005\0");
        pen.to(CLIENT, b"\0\x06tsize\x005\0");
        pen.from(CLIENT, &data(1, 5));
        pen.to(CLIENT, &ack(1));
        pen.from(CLIENT, b"\0\x02other\0octet\0");
        pen.to(CLIENT, &ack(0));
        pen.tracer.life(Life::ProgramEnded);
    });
    let [refused, written, left] = &transfers[..] else { panic!("{transfers:?}") };
    assert_eq!(refused.end, Some(End::Error { code: ErrorCode::of(1), words: "File not found".into(), is_sent: true }));
    assert!(!written.gives);
    assert_eq!((&*written.name, written.size, written.bytes, written.end.clone()), ("new", Some(5), 5, Some(End::Complete)));
    assert_eq!((&*left.name, left.end.clone()), ("other", Some(End::Left)));
}

#[test]
fn numbers_that_wrap_are_counted_on() {
    let transfers = seen("tftp-client", |_, pen| {
        pen.to(SERVER, b"\0\x01long\0octet\0blksize\x008\0windowsize\x0064\0");
        pen.from(PORT, b"\0\x06blksize\x008\0windowsize\x0064\0");
        for block in 1..=70_000_u64 {
            pen.from(PORT, &data(block as u16, 8));
            if block % 64 == 0 {
                pen.to(PORT, &ack(block as u16));
            }
        }
        pen.from(PORT, &data(70_002_u64 as u16, 8));
    });
    let [transfer] = &transfers[..] else { panic!("{}", transfers.len()) };
    assert_eq!((transfer.highest, transfer.bytes, transfer.gaps, transfer.duplicates), (70_000, 560_000, 1, 0));
    assert_eq!((transfer.acked, transfer.end.clone()), (70_000 / 64 * 64, None));
}

#[test]
fn other_programs_and_hostile_packets_leave_nothing() {
    let junk: &[&[u8]] = &[b"", b"\0", b"\0\x01", b"\0\x03\0\x01abc", b"\0\x04\0\0", b"\0\x05\0\0", b"\0\x06", b"\xff\xff\xff\xff"];
    for kind in ["udp-client", "tftp-client", "tftp-server"] {
        let transfers = seen(kind, |_, pen| {
            for packet in junk {
                pen.from(CLIENT, packet);
                pen.to(CLIENT, packet);
            }
        });
        assert!(transfers.is_empty(), "{kind}: {transfers:?}");
    }
    assert!(seen("udp-client", |_, pen| pen.to(SERVER, b"\0\x01a\0octet\0")).is_empty());
}

#[test]
fn many_transfers_stay_few() {
    let trace = Trace::new(Settings::default()).unwrap();
    let pen = Pen::of(&trace, "tftp-server");
    for port in 0..MOST as u32 + 50 {
        let client = format!("127.0.0.1:{}", port + 1);
        pen.from(&client, b"\0\x01a\0octet\0");
        pen.to(&client, b"\0\x05\0\x01no\0");
    }
    trace.flush();
    let mut transfers = Transfers::default();
    transfers.update(trace.store());
    assert_eq!((transfers.all().count(), transfers.forgotten(), transfers.by_end.len()), (MOST, 50, MOST));
}

/// What the lab lets happen at the end of `pen`.
fn fault(pen: &Pen, what: FaultKind, direction: Direction, peer: &str, bytes: &[u8]) {
    pen.tracer.fault(Fault { what, direction, peer: address(peer) }, pen.socket, bytes);
}

#[test]
fn what_the_lab_lets_happen_is_counted_and_told_apart_from_what_the_program_does() {
    use crate::trace::FaultKind::{Delayed, Dropped, Duplicated};
    use Direction::{Received, Sent};
    let late = Delayed(std::time::Duration::from_nanos(1));
    let transfers = seen("tftp-client", |_, pen| {
        fault(pen, Dropped, Sent, SERVER, b"\0\x01a.img\0octet\0");
        pen.to(SERVER, b"\0\x01a.img\0octet\0");
        pen.from(PORT, &data(1, 512));
        fault(pen, Dropped, Received, PORT, &data(1, 512));
        pen.from(PORT, &data(1, 512));
        fault(pen, Dropped, Sent, PORT, &ack(1));
        pen.from(PORT, &data(1, 512));
        fault(pen, Duplicated, Sent, PORT, &ack(1));
        pen.to(PORT, &ack(1));
        pen.to(PORT, &ack(1));
        pen.from(PORT, &data(2, 512));
        fault(pen, Duplicated, Received, PORT, &data(2, 512));
        pen.to(PORT, &ack(2));
        pen.from(PORT, &data(3, 6));
        fault(pen, late, Received, PORT, &data(3, 6));
        pen.from(PORT, &data(2, 512));
    });
    let [transfer] = &transfers[..] else { panic!("{transfers:?}") };
    assert_eq!((transfer.dropped, transfer.doubled, transfer.delayed), (3, 2, 1));
    // The request and the ACK of block 1 went again; DATA 1 and twice DATA 2 came again, and not that DATA 1 which the program never saw.
    assert_eq!((transfer.repeated, transfer.duplicates, transfer.gaps), (2, 3, 0));
    assert_eq!((transfer.highest, transfer.bytes), (3, 1030));
}

#[test]
fn a_ladder_has_every_packet_of_one_end_and_says_what_is_odd_about_it() {
    use crate::trace::FaultKind::{Delayed, Dropped, Duplicated};
    use Direction::{Received, Sent};
    use RungMark::{Again, Ahead, Doubled, Duplicate, First, Late, Stray};
    let trace = Trace::new(Settings::default()).unwrap();
    let mut pen = Pen::of(&trace, "tftp-server");
    // Another transfer of the same program comes before and between.
    pen.from("127.0.0.1:8100", b"\0\x02other\0octet\0");
    pen.to("127.0.0.1:8100", &ack(0));
    let port = pen.socket;
    pen.from(CLIENT, b"\0\x01a.img\0octet\0");
    pen.socket = pen.tracer.new_socket();
    pen.to(CLIENT, &data(1, 512));
    fault(&pen, Dropped, Sent, CLIENT, &data(1, 512));
    pen.from(CLIENT, &ack(1));
    let own = std::mem::replace(&mut pen.socket, port);
    pen.from("127.0.0.1:8100", &data(1, 512));
    pen.socket = own;
    fault(&pen, Delayed(std::time::Duration::from_secs(1)), Sent, CLIENT, &data(2, 512));
    pen.from(CLIENT, &ack(1));
    pen.to(CLIENT, &data(2, 512));
    pen.from(CLIENT, &ack(2));
    fault(&pen, Dropped, Received, CLIENT, &ack(2));
    fault(&pen, Duplicated, Sent, CLIENT, &data(2, 512));
    pen.to(CLIENT, &data(2, 512));
    pen.to(CLIENT, &data(2, 512));
    pen.from(CLIENT, &ack(9));
    pen.close();
    trace.flush();
    let mut transfers = Transfers::default();
    transfers.update(trace.store());
    let transfer = transfers.all().map(|(_, transfer)| transfer).find(|transfer| transfer.name == "a.img").expect("it is there");
    let mut watching = Transfers::watching(transfer.program, transfer.row);
    assert!(!watching.is_over());
    watching.update(trace.store());
    assert!(watching.is_over());
    let ladder = watching.ladder().expect("it is followed");
    let rungs = ladder.rungs.iter().map(|rung| (rung.direction, rung.step, rung.mark)).collect::<Vec<_>>();
    let expected = [
        (Received, Step::Rrq, First),
        (Sent, Step::Data(1), First),
        (Sent, Step::Data(1), RungMark::Dropped),
        (Received, Step::Ack(1), First),
        (Received, Step::Ack(1), Duplicate),
        (Sent, Step::Data(2), Late),
        (Received, Step::Ack(2), RungMark::Dropped),
        (Sent, Step::Data(2), Again),
        (Sent, Step::Data(2), Doubled),
        (Received, Step::Ack(9), Stray),
    ];
    assert_eq!(rungs, expected);
    assert_eq!(ladder.rungs[1].length, 512);
    assert!(!rungs.iter().any(|(.., mark)| *mark == Ahead));
    // The same of one row alone.
    for rung in &ladder.rungs {
        let scan = trace.store().scan(rung.n).expect("the row");
        assert_eq!(transfers.rung(trace.store(), &scan.rows()[0]), Some(*rung));
    }
}
