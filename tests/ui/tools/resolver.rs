//! The resolver in the window.

use std::net::TcpListener;

use egui::Key;
use egui_kittest::kittest::Queryable as _;
use socket_lab::text::Language;

use super::{WIDE, replace, tool};

#[test]
fn localhost_is_looked_up_and_each_attempt_is_told() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a listener");
    let port = listener.local_addr().expect("its address").port();
    let mut window = tool(Key::N, WIDE, Language::English);
    replace(&mut window, "Port", &port.to_string());
    window.click("Look up");
    window.until_label_contains("127.0.0.1, AF_INET, loopback");
    window.until_label_contains("connected in ");
    window.until_label_contains("In the order in which a client tries them");
    drop(listener);
    replace(&mut window, "Name", "127.0.0.1");
    window.key_press(Key::Enter);
    window.until_label_contains("1, 127.0.0.1, AF_INET, loopback, ");
    window.until_label_contains("ECONNREFUSED after ");
    window.click("Try each");
    window.click("Look up");
    window.until_label_contains("not tried");
}

#[test]
fn what_is_no_name_is_told_in_words() {
    let mut window = tool(Key::N, [800.0, 500.0], Language::Chinese);
    replace(&mut window, "名称", "a b");
    window.click("查询");
    window.until_label_contains("没有查询：名称应为 1 到 253 个字符");
    replace(&mut window, "名称", "192.0.2.7");
    window.click("查询");
    window.until_label_contains("不属于本机：没有尝试");
    assert!(window.query_by_label_contains("没有查询").is_none());
}

#[test]
fn the_kernel_is_asked_for_each_family() {
    let mut window = tool(Key::N, [1920.0, 1000.0], Language::English);
    window.until("nothing moves", socket_lab::ui::App::is_settled);
    window.click("Ask the kernel");
    for family in ["AF_INET,", "AF_INET6,", "AF_UNIX,", "AF_NETLINK,", "AF_TIPC,"] {
        window.until_label_contains(&format!("socket({family}"));
    }
    window.until_label_contains("that is where ss takes its table from");
    // Whatever this kernel has, something is said of AF_TIPC.
    window.until_drawn("an answer", |harness| {
        let is_said = |words: &str| harness.query_all_by_label_contains(words).next().is_some();
        ["it has AF_TIPC", "no AF_TIPC", "AF_TIPC is of Linux alone"].into_iter().any(is_said)
    });
}
