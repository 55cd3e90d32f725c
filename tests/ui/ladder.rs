//! The packets of a transfer as a ladder, what the lab lets happen to them, and the form that says so.

use std::net::SocketAddr;

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, Theme};
use egui_kittest::kittest::{By, Queryable as _};
use socket_lab::program::{ProgramKind, Spec};
use socket_lab::text::Language;
use socket_lab::trace::{Address, Args, Call, Flags, Outcome, Settings, Trace};
use socket_lab::ui::{App, Phase, ProgramLine, Scene};

use crate::harness::{Window, sample_at};

fn type_into(window: &mut Window, field: &str, text: &str) {
    window.get(By::new().role(Role::TextInput).label(field)).click();
    window.run_steps(2);
    window.event(Event::Text(text.to_owned()));
    window.run_steps(2);
}

#[test]
fn a_block_that_the_lab_loses_is_seen_to_be_lost_and_sent_again() {
    let mut window = Window::of_lab(sample_at("tftp-download", "127.0.0.1:0"));
    window.click("client, TFTP client, stopped");
    type_into(&mut window, "Lose DATA", "2");
    window.until_label("Datagrams of this program meet faults on purpose.");
    window.key_press(Key::F5);
    window.key_press_modifiers(Modifiers::ALT, Key::Num4);
    window.until_label_contains("DATA 2, 512 B, received, lost by the lab, ");
    window.until_label_contains("ACK 3, sent, ");
    window.until("it is read", App::is_settled);
    // The figures of the same transfer.
    window.key_press_modifiers(Modifiers::ALT, Key::Num4);
    window.until_label("lost by the lab");
    window.key_press_modifiers(Modifiers::ALT, Key::Num4);
    // The other side sent it twice: it does not know why.
    window.key_press_modifiers(Modifiers::COMMAND, Key::Num1);
    window.until_label_contains("DATA 2, 512 B, sent, sent again, ");
    window.until("it is read", App::is_settled);
    window.choose("DATA 2, 512 B, sent, sent again, ");
    window.until_label("DATA 2: sent again");
    window.until_label_contains("sends the last packet again (RFC 1350, section 2)");
    // From there by keys: the next packet is the ACK.
    window.key_press(Key::ArrowDown);
    window.until_label("4 ACK");
    window.key_press(Key::Home);
    window.until_label("1 RRQ");
    assert!(window.query_by_label_contains(": sent again").is_none());
    window.key_press(Key::End);
    window.until_label_contains("ACK 3, received, ");
}

#[test]
fn faults_are_typed_refused_and_taken_back() {
    let mut window = Window::of_lab(sample_at("tftp-download", "127.0.0.1:0"));
    window.click("client, TFTP client, stopped");
    type_into(&mut window, "Lost, %", "101");
    window.until_label_contains("a whole number from 0 to 100");
    window.key_press(Key::F5);
    window.until_label_contains("client is not started");
    // What is wrong is taken back first.
    window.click("Put this note away");
    window.click("client, TFTP client, stopped");
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    window.until_drawn("the error is gone", |harness| harness.query_by_label_contains("a whole number from 0 to 100").is_none());
    type_into(&mut window, "Lose ACK", "1, 3");
    window.until_label("Datagrams of this program meet faults on purpose.");
    window.until_label_contains(" · changed");
    window.click("server, TFTP server, stopped");
    window.until_gone("Datagrams of this program meet faults on purpose.");
    window.click("client, TFTP client, stopped");
    window.until_drawn("the list stands", |harness| harness.query(By::new().role(Role::TextInput).value("[1, 3]")).is_some());
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    window.until_gone("Datagrams of this program meet faults on purpose.");
}

#[test]
fn the_ladder_speaks_chinese_in_a_small_window() {
    let mut lab = sample_at("tftp-download", "127.0.0.1:0");
    lab.programs[0].tftp.faults.drop_data = vec![1];
    let mut window = Window::of_lab_in(lab, [1024.0, 640.0], Theme::Dark, Language::Chinese);
    window.until_label("逐包观察文件如何传输");
    window.key_press(Key::F5);
    window.key_press_modifiers(Modifiers::ALT, Key::Num4);
    window.until_label_contains("DATA 1, 512 B, 已发送, 被实验丢弃, ");
    window.until_label_contains("DATA 1, 512 B, 已发送, 重发, ");
}

/// A client that received so many blocks.
fn long(blocks: u64) -> Scene {
    let trace = Trace::new(Settings::default()).expect("a thread");
    let program = trace.new_program();
    let tracer = trace.first_tracer(program, "client", "tftp-client");
    let socket = tracer.new_socket();
    let peer = Address::Ip(SocketAddr::from(([127, 0, 0, 1], 7000)));
    let send = |bytes: &[u8]| {
        let call = tracer.begin(Call::SendTo, Args::LengthTo(bytes.len() as u32, peer.clone()), Some(socket));
        call.end(Outcome::Ok(bytes.len() as i64), Some(bytes.into()));
    };
    let receive = |bytes: &[u8]| {
        let call = tracer.begin(Call::RecvFrom, Args::Length(65_536), Some(socket));
        call.end(Outcome::Address(peer.clone(), Flags::default()), Some(bytes.into()));
    };
    send(b"\0\x01long.bin\0octet\0");
    for block in 1..=blocks {
        let [high, low] = (block as u16).to_be_bytes();
        receive(&[&[0, 3, high, low][..], &[7; 512]].concat());
        send(&[0, 4, high, low]);
    }
    trace.flush();
    let spec = Spec::new(ProgramKind::TftpClient, "client");
    let line = ProgramLine { id: Some(program), phase: Phase::Ready, ..ProgramLine::new(spec) };
    Scene { title: "Long".to_owned(), programs: vec![line], ..Scene::still(trace.store(), Vec::new(), 1) }
}

#[test]
fn of_ten_thousand_blocks_only_those_in_view_are_laid_out() {
    let mut window = Window::of_scene(long(10_000), [1280.0, 800.0], Theme::Light, Language::English);
    window.key_press_modifiers(Modifiers::ALT, Key::Num4);
    window.until_label_contains(", 512 B, received");
    window.until("it is read", App::is_settled);
    let list = |window: &Window| window.query_all(By::new().role(Role::ListBoxOption).label_contains(", 512 B, received")).count();
    assert!((5..60).contains(&list(&window)), "{}", list(&window));
    window.get_by_label("Packets of the transfer").focus();
    window.run_steps(2);
    window.key_press(Key::End);
    window.until_label_contains("ACK 10000, sent");
    assert!((5..60).contains(&list(&window)), "{}", list(&window));
    for _ in 0..3 {
        window.key_press(Key::PageUp);
        window.run_steps(1);
    }
    window.until_drawn("others are in view", |harness| harness.query_by_label_contains("ACK 10000, sent").is_none());
    window.key_press(Key::Home);
    window.until_label_contains("RRQ, sent");
}
