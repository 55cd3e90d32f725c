//! Addresses by hand in the window.

use egui::Key;
use egui_kittest::kittest::Queryable as _;
use socket_lab::text::Language;

use super::{WIDE, replace, tool};

#[test]
fn a_network_follows_address_prefix_and_mask() {
    let mut window = tool(Key::A, WIDE, Language::English);
    window.until_label("192.168.10.64");
    window.until_label("class C");
    window.until_label("private, 192.168.0.0/16 (RFC 1918)");
    window.until_label_contains("11000000.10101000.00001010.01001101: 26 bits of network, 6 bits of host");
    window.until_label_contains("64 addresses, less the network's own and the broadcast address");
    replace(&mut window, "Mask", "255.255.0.0");
    window.until_label("192.168.0.0");
    window.until_label("65534");
    replace(&mut window, "Prefix", "31");
    window.until_label_contains("RFC 3021");
    replace(&mut window, "Address", "10.9.8.7/8");
    window.until_label("10.255.255.254");
    window.until_label_contains("A, 0, 0.0.0.0 – 127.255.255.255, 126, 16");
    replace(&mut window, "Address", "10.9.8.256");
    window.until_label("Number 4, “256”, is none from 0 to 255");
    assert!(window.query_by_label("10.255.255.254").is_none(), "of a wrong address nothing is said");
    replace(&mut window, "Address", "10.9.8.7");
    replace(&mut window, "Mask", "255.0.255.0");
    window.until_label_contains("no one stands behind a zero");
}

#[test]
fn ipv6_is_written_long_and_short() {
    let mut window = tool(Key::A, [1024.0, 640.0], Language::Chinese);
    replace(&mut window, "地址", "FE80:0:0:0:021A:2BFF:FE3C:4D5E");
    window.until_label("fe80::21a:2bff:fe3c:4d5e");
    window.until_label("fe80:0000:0000:0000:021a:2bff:fe3c:4d5e");
    window.until_label("00:1a:2b:3c:4d:5e");
    window.until_label_contains("链路本地");
    replace(&mut window, "前缀", "129");
    window.until_label("前缀是 0 到 128 之间的数字");
    window.click("示例");
    window.until_label("追踪中的地址");
    window.get_by_label("127.0.0.1").click();
    window.until_label("127.0.0.0");
}
