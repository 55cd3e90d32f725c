//! HTTP in the window: a request that is written by hand, and messages part by part.

use egui::Key;
use egui_kittest::kittest::Queryable as _;

use super::harness::{Window, sample_at};

/// The sample of a request by hand, its client chosen.
fn by_hand() -> Window {
    let mut window = Window::of_lab(sample_at("http-client", "127.0.0.1:0"));
    window.click("client, HTTP client, stopped");
    window
}

#[test]
fn a_request_is_written_by_hand_beside_its_bytes() {
    let mut window = by_hand();
    window.click("Edit the request: POST /form HTTP/1.1");
    window.until_label("Content-Length: 25\\r\\n");
    window.pick("The request to begin with", "HEAD");
    window.until_label("HEAD / HTTP/1.1\\r\\n");
    window.get_by_label("The request as text").focus();
    window.run_steps(2);
    window.key_press_modifiers(egui::Modifiers::COMMAND, Key::A);
    window.get_by_label("The request as text").type_text("BREW /pot HTTP/1.1\n\n");
    window.until_label("BREW /pot HTTP/1.1\\r\\n");
    window.until_label("22 bytes that are sent");
    window.click("Done");
    window.until_label("Edit the request: BREW /pot HTTP/1.1");
    window.key_press(Key::F5);
    window.until_label("client, HTTP client, ended");
    window.until_label_contains("send(22), 22 B BREW /pot HTTP/1.1");
}

#[test]
fn an_empty_request_is_told_beside_its_field() {
    let mut window = by_hand();
    window.click("Edit the request: POST /form HTTP/1.1");
    window.get_by_label("The request as text").focus();
    window.run_steps(2);
    window.key_press_modifiers(egui::Modifiers::COMMAND, Key::A);
    window.run_steps(2);
    window.key_press(Key::Delete);
    window.until_label("0 bytes that are sent");
    window.until_label_contains("1 to 100000 characters");
}

#[test]
fn the_details_tell_a_message_part_by_part() {
    let mut window = by_hand();
    window.key_press(Key::F5);
    window.until_label("client, HTTP client, ended");
    window.until_label_contains("server s3, close(), ok");
    window.choose("server s3, recv(8192), ");
    for part in ["Message", "Method", "POST", "Target", "/form", "Version", "HTTP/1.1", "Blank line", "Body", "25 B"] {
        window.until_label(part);
    }
    window.until_label("Content-Length: 25");
    window.until_label("bytes 0 to 4: 50 4f 53 54 20");
    window.until_label_contains("Hands the body to what the target names");
    // The page that came was kept.
    window.until_label_contains("as the body and kept until a person saves them");
    assert!(window.query_by_label("Packet").is_none());
}
