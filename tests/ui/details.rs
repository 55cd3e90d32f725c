//! The details of a row: what belongs to it on the other side, what an error means, and its bytes.

use egui::{Key, Modifiers, Theme};
use egui_kittest::kittest::Queryable as _;
use socket_lab::program::{ProgramKind, Spec};
use socket_lab::text::Language;

use super::harness::{Window, first_echo};
use super::traces;

fn still(row: u64) -> Window {
    let mut window = Window::of_scene(traces::split(), [1280.0, 800.0], Theme::Dark, Language::English);
    window.look_at(row);
    window
}

#[test]
fn a_receive_leads_to_the_send_that_fed_it_and_back() {
    let mut window = still(traces::RECEIVED);
    window.until_label("589.7 ms, until row 17");
    window.click("row 17, send(18) by client");
    window.until_label("ROW 17");
    window.click("row 18, recv(18) by server");
    window.until_label("ROW 18");
    window.click("Row 17, send");
    window.until_label("ROW 17");
}

#[test]
fn on_live_sockets_both_ends_are_joined() {
    let mut window = Window::of_lab(first_echo());
    window.key_press(Key::F5);
    // No row comes any more: the log stands still under the pointer.
    window.until_label("client, TCP client, ended");
    window.until_label_contains("server s3, close(), ok");
    window.until_label_contains("server s3, recv(1024), 5 B hello");
    window.get_by_label_contains("server s3, recv(1024), 5 B hello").click();
    window.until_label_contains("send(5) by client");
    window.until_label("WHAT HAPPENED");
}

#[test]
fn a_pinned_row_stays_while_others_are_chosen() {
    let mut window = Window::of_scene(traces::echo(), [1280.0, 800.0], Theme::Dark, Language::English);
    window.look_at(traces::RECEIVED);
    window.click("Keep this row here");
    window.get_by_label_contains("connect(127.0.0.1:9001)").click();
    window.run_steps(2);
    window.until_label("ROW 18");
    window.click("Follow the chosen row again");
    window.until_label("ROW 11");
    window.click("Close the details");
    window.until_drawn("only the failure is left", |harness| harness.query_by_label("ROW 11").is_none());
}

#[test]
fn a_cut_character_is_joined_with_the_other_row() {
    let mut window = still(traces::SPLIT);
    window.until_label("The last character ends in the row after.");
    window.click("Join with the other row");
    window.until_label("， EF BC 8C");
    window.click("row 35");
    window.until_label("The first character began in the row before.");
}

#[test]
fn bytes_are_read_in_another_charset() {
    let mut window = still(traces::RECEIVED);
    window.click("Character set UTF-8");
    window.click("Latin-1");
    window.until_label("Character set Latin-1");
    window.until_label("ä E4");
}

#[test]
fn selected_bytes_are_copied_alone() {
    let mut window = still(traces::RECEIVED);
    window.until_label("你 E4 BD A0");
    window.get_by_label_contains("to select").focus();
    window.run_steps(2);
    window.key_press(Key::ArrowRight);
    window.run_steps(2);
    for _ in 0..2 {
        window.key_press_modifiers(Modifiers::SHIFT, Key::ArrowRight);
        window.run_steps(2);
    }
    window.until_label("3 B selected, from 0 on");
    window.click("Copy as");
    window.until_label("C array");
    window.get_by_label("C array").click();
    assert_eq!(window.copied(), "unsigned char data[] = { 0xe4, 0xbd, 0xa0 };");
}

/// An address whose port and the next one nobody has: below those that the kernel gives away by itself, so that no other test gets one.
fn free_pair() -> std::net::SocketAddr {
    let is_free = |port: u16| std::net::TcpListener::bind(("127.0.0.1", port)).is_ok();
    let port = (20_000..32_000).step_by(2).find(|port| is_free(*port) && is_free(port + 1)).expect("two free ports");
    std::net::SocketAddr::from(([127, 0, 0, 1], port))
}

#[test]
fn the_card_says_who_has_the_address_and_gives_another() {
    let mut lab = first_echo();
    // Two servers want what the kernel gave the first.
    lab.programs.truncate(1);
    let address = free_pair();
    lab.programs[0].bind = Some(address);
    let mut second = Spec::new(ProgramKind::TcpServer, "second");
    second.bind = Some(address);
    lab.programs.push(second);
    let mut window = Window::of_lab(lab);
    window.key_press(Key::F5);
    window.until_label_contains("server listens there with s1 since row");
    window.until_label("Stop server");
    // It explains whatever row is chosen.
    window.until_drawn("one row listens", |harness| harness.query_all_by_label_contains("listen(5), ok").count() == 1);
    window.get_by_label_contains("listen(5), ok").click();
    window.until_label_contains("server listens there with s1 since row");
    window.until_label_contains("Go to row");
    window.until_label_contains("second, TCP server, failed");
    let port = format!("Use port {}", address.port() + 1);
    window.click(&port);
    window.until_drawn("the card goes when the call succeeds", |harness| harness.query_by_label("Stop server").is_none());
    window.until_label("second, TCP server, listening");
}

#[test]
fn a_card_does_what_its_cause_asks_for() {
    let mut lab = first_echo();
    lab.programs.truncate(1);
    lab.programs[0].bind = Some(std::net::SocketAddr::from(([192, 0, 2, 1], 0)));
    let mut window = Window::of_lab(lab);
    window.key_press(Key::F6);
    // The address is no other computer's: it is for documents (RFC 5737). The window asks all the same.
    window.click("Start all the same");
    window.until_label_contains("No interface of this computer has 192.0.2.1.");
    window.click("Bind server to 127.0.0.1 and start it");
    window.until_label_contains("server, TCP server, listening");
    window.until_drawn("the card is gone", |harness| harness.query_by_label_contains("No interface of").is_none());
}

#[test]
fn a_card_is_put_away() {
    let mut window = still(traces::RECEIVED);
    window.until_label("Stop server");
    window.click("Put this card away");
    window.until_drawn("the card is gone", |harness| harness.query_by_label("Stop server").is_none());
}

#[test]
fn a_long_payload_is_laid_out_only_where_it_is_seen() {
    let mut window = still(traces::LONG);
    window.until_label_contains("再");
    let cells = window.get_all_by_role(egui::accesskit::Role::Cell).count();
    assert!(cells < 200, "{cells} cells of 65 536 bytes");
    let begin = std::time::Instant::now();
    for _ in 0..20 {
        window.step();
    }
    assert!(begin.elapsed().as_secs() < 4, "20 frames took {:?}", begin.elapsed());
    window.until_label("Next page of the bytes");
    window.click("Next page of the bytes");
    window.until_label("2/2");
}

#[test]
fn a_conversation_is_followed_from_both_ends_and_left_by_escape() {
    let mut window = Window::of_scene(traces::echo(), [1280.0, 800.0], Theme::Dark, Language::English);
    window.look_at(traces::RECEIVED);
    window.key_press_modifiers(Modifiers::COMMAND, Key::Enter);
    window.until_label("18, server s3 ← 你好，服务器");
    window.until_label("17, client s2 → 你好，服务器");
    window.click("client s2");
    window.until_drawn("one end alone", |harness| harness.query_by_label("18, server s3 ← 你好，服务器").is_none());
    window.until_label("17, client s2 → 你好，服务器");
    window.key_press(Key::Escape);
    window.until_label("Rows of the log");
}

#[test]
fn a_conversation_grows_while_it_is_shown() {
    let mut window = Window::of_lab(first_echo());
    window.key_press(Key::F5);
    window.until_label_contains("server s3, recv(1024), 5 B hello");
    window.get_by_label_contains("server s3, recv(1024), 5 B hello").click();
    // The answer about the row comes later and moves what stands below it.
    window.until_label("WHAT HAPPENED");
    window.click("Follow this conversation");
    window.until_label_contains("server s3 ← 你好");
    window.click("Back to the log");
    window.until_label("Rows of the log");
}

/// The rectangles of the ladder's first mark and of the card of the failed call.
fn ladder_and_card(window: &Window) -> (egui::Rect, egui::Rect) {
    let card = window.get_by_label("Put this card away").rect();
    (window.get_by_label("Row 17, send").rect(), card)
}

#[test]
fn neither_the_ladder_nor_the_card_hides_the_other() {
    let open = |size: [f32; 2]| {
        let mut window = Window::of_scene(traces::echo(), size, Theme::Dark, Language::English);
        window.look_at(traces::RECEIVED);
        window.until_label("Put this card away");
        window
    };
    let window = open([1280.0, 800.0]);
    let (ladder, card) = ladder_and_card(&window);
    assert!(ladder.bottom() + 20.0 < card.top(), "both are in view: {ladder:?} {card:?}");
    let mut window = open([1024.0, 640.0]);
    window.get_by_label("Row 17, send").scroll_to_me();
    window.run_steps(3);
    let (ladder, card) = ladder_and_card(&window);
    assert!(ladder.bottom() < card.top() && ladder.top() > 84.0, "it is scrolled into view: {ladder:?} {card:?}");
    let stop = window.get_by_label("Stop server").rect();
    assert!(stop.bottom() < 616.0 && card.top() > 310.0, "the card is whole and leaves the row the larger part: {card:?} {stop:?}");
}

#[test]
fn many_bytes_leave_the_ladder_in_view() {
    let mut window = still(traces::LONG);
    window.until_label("Row 36, send");
    assert!(window.get_by_label("Row 36, send").rect().bottom() < window.get_by_label("Put this card away").rect().top());
}

#[test]
fn three_characters_stand_in_a_line_also_where_it_is_narrow() {
    let mut window = Window::of_scene(traces::echo(), [1024.0, 640.0], Theme::Dark, Language::English);
    window.look_at(traces::RECEIVED);
    window.until_label("你 E4 BD A0");
    let top = |label: &str| window.get_by_label(label).rect().top();
    assert_eq!([top("好 E5 A5 BD"), top("， EF BC 8C")], [top("你 E4 BD A0"); 2]);
    assert!(top("服 E6 9C 8D") > top("你 E4 BD A0"));
}

#[test]
fn a_conversation_of_datagrams_is_that_with_the_peer_of_the_row() {
    let mut window = Window::of_scene(traces::datagrams(), [1280.0, 800.0], Theme::Dark, Language::English);
    window.look_at(traces::FROM_SECOND);
    window.until_label(&format!("ROW {}", traces::FROM_SECOND));
    window.click("Follow this conversation");
    window.until_label("15, server s1 ← from 7003");
    window.until_label("14, second s3 → from 7003");
    window.until_label("16, server s1 → FROM 7003");
    assert!(window.query_by_label_contains("7002").is_none(), "that with another peer is another conversation");
    window.click("With 127.0.0.1:7003");
    window.click("127.0.0.1:7002");
    window.until_label("11, server s1 ← from 7002");
    window.until_drawn("the other is not shown any more", |harness| harness.query_by_label_contains("from 7003").is_none());
    window.click("With 127.0.0.1:7002");
    window.click("everybody");
    window.until_label("15, server s1 ← from 7003");
    window.until_label("11, server s1 ← from 7002");
}

#[test]
fn a_conversation_is_copied_and_said_to_be() {
    let mut window = Window::of_scene(traces::echo(), [1280.0, 800.0], Theme::Dark, Language::English);
    window.look_at(traces::RECEIVED);
    window.key_press_modifiers(Modifiers::COMMAND, Key::Enter);
    window.until_label("18, server s3 ← 你好，服务器");
    window.get_by_label("Copy the whole conversation").click();
    let text = window.copied();
    assert!(text.lines().count() == 13 && text.contains("client s2 → hello"), "{text}");
    window.until_label_contains("13 lines of the conversation were copied");
}
