//! TCP against UDP in the window.

use egui::Key;
use egui_kittest::kittest::Queryable as _;
use socket_lab::lab::{Override, sample};
use socket_lab::text::Language;
use socket_lab::ui::App;

use super::{WIDE, is_there, show, tool};
use crate::harness::Window;

#[test]
fn the_lab_is_offered_and_what_it_did_is_set_side_by_side() {
    let binds = ["tcp-server.bind=127.0.0.1:0", "udp-server.bind=127.0.0.1:0"];
    let lab = sample("tcp-against-udp").expect("in the table").lab(&binds.map(|argument| Override { argument: argument.to_owned() }));
    let mut window = Window::of_lab(lab.expect("a lab"));
    show(&mut window, Key::C);
    window.until_label_contains("Nothing was sent yet.");
    window.key_press(Key::F5);
    window.until_label_contains("Calls before the first byte: TCP 2: socket, connect; UDP 1: socket");
    window.until_label_contains("Sends: ".replace(": ", " of the client: TCP 3: 3 B, 3 B, 5 B; UDP 3: 3 B, 3 B, 5 B").as_str());
    window.until_label_contains("Bytes: TCP 11 B sent, 11 B arrived; UDP 11 B sent, 11 B arrived");
    window.until_label_contains("UDP kept: each send was one receive");
    window.until_label_contains("Where nobody listens: TCP connect fails at once: ECONNREFUSED");
    window.until("all is counted", App::is_settled);
    assert!(!is_there(&window, "Nothing was sent yet."));
}

#[test]
fn where_there_is_only_tcp_it_says_so_and_opens_the_lab() {
    let mut window = tool(Key::C, WIDE, Language::Chinese);
    window.until_label_contains("还没有客户端发送过数据报");
    window.until_label_contains("第一个字节之前的调用: TCP 2 次：socket, connect; UDP –");
    let name = "打开示例“TCP 与 UDP 对比：同样的消息经由两者”";
    assert!(window.query_by_label(name).is_some());
    window.click(name);
    window.until_label_contains("tcp-nobody");
}
