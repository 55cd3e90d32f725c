//! The table of this machine's sockets in the window.

#![cfg(target_os = "linux")]

use std::net::{TcpListener, TcpStream};

use egui::accesskit::Role;
use egui::{Event, Key, Theme};
use egui_kittest::kittest::{By, NodeT as _, Queryable as _};
use socket_lab::text::Language;

use super::super::harness::{Window, first_echo};
use super::{WIDE, show, tool};

/// Writes `words` into the filter.
fn filter(window: &mut Window, field: &str, words: &str) {
    window.get(By::new().role(Role::TextInput).label(field)).click();
    window.run_steps(2);
    window.key_press_modifiers(egui::Modifiers::COMMAND, Key::A);
    window.run_steps(1);
    window.event(Event::Text(words.to_owned()));
    window.run_steps(3);
}

/// The rows that are drawn, as they are told.
fn rows(window: &Window) -> Vec<String> {
    let options = window.query_all(By::new().role(Role::ListBoxOption));
    options.filter_map(|node| node.accesskit_node().label()).filter(|label| label.starts_with("protocol")).collect()
}

#[test]
fn a_listener_is_found_sorted_and_copied() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a listener");
    let local = listener.local_addr().expect("its address");
    let clients = [(); 2].map(|()| TcpStream::connect(local).expect("connected"));
    let mut window = tool(Key::T, [1920.0, 1000.0], Language::English);
    filter(&mut window, "Filter", &local.to_string());
    window.until_label_contains(&format!("local  {local}, remote  *, state  LISTEN (LISTEN), waiting  2 clients"));
    window.until_drawn("five rows", |harness| harness.query_all_by_label_contains(&local.to_string()).count() >= 5);
    assert_eq!(rows(&window).len(), 5, "a listener, and two ends of two connections: {:#?}", rows(&window));
    // By address at first; a second click turns the order around.
    let first = |window: &Window| rows(window).first().cloned().expect("a row");
    window.click("Sort by state");
    assert!(first(&window).contains("LISTEN"), "{}", first(&window));
    window.click("Sort by state");
    assert!(first(&window).contains("ESTABLISHED (ESTAB)"), "{}", first(&window));
    window.pick("State that is shown", "LISTEN");
    assert_eq!(rows(&window).len(), 1, "{:#?}", rows(&window));
    let row = rows(&window).remove(0);
    window.get_by_label(&row).click();
    window.run_steps(2);
    window.get_by_label("Copy row").click();
    let copied = window.copied();
    assert!(copied.starts_with(&format!("tcp\t{local}\t*\tLISTEN\t2 clients\t–\t\t")), "{copied:?}");
    assert!(copied.contains(&std::process::id().to_string()), "{copied:?}");
    window.run_steps(2);
    window.get_by_label("Copy all").click();
    let copied = window.copied();
    assert!(copied.starts_with("protocol\tlocal\tremote\tstate\t") && copied.lines().count() == 2, "{copied:?}");
    drop(clients);
}

#[test]
fn a_program_of_the_lab_is_named_and_the_table_follows() {
    let mut window = Window::of_lab_in(first_echo(), WIDE, Theme::Light, Language::English);
    window.key_press(Key::F5);
    window.until_label_contains("recv(");
    show(&mut window, Key::T);
    filter(&mut window, "Filter", "server listen");
    window.until_drawn("the server", |harness| {
        harness
            .query_all_by_label_contains("LISTEN (LISTEN)")
            .any(|node| node.accesskit_node().label().is_some_and(|label| label.contains("owner  server, ")))
    });
    window.key_press_modifiers(egui::Modifiers::SHIFT, Key::F5);
    // It is read again by itself.
    window.until_label("No socket is as the filter wants it");
}

#[test]
fn ranges_and_what_cannot_be_seen_are_said() {
    let mut window = tool(Key::T, WIDE, Language::Chinese);
    window.until_label_contains("1024–49151 注册端口：".replace('：', ": ").as_str());
    window.until_label_contains("1024–65535 另一种说法中的动态端口");
    window.until_label_contains("是本机分给客户端的端口");
    window.until_label_contains("69 TFTP");
    window.until_label_contains("个套接字中的");
    window.click("本地");
    window.until_label_contains("协议  unix");
}
