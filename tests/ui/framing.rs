//! Messages in streams: stated in the form, and their borders in the details of a row.

use egui::Key;
use egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;
use socket_lab::lab::{Lab, Override, sample};
use socket_lab::ui::App;

use super::harness::Window;

fn lab(entries: &[&str]) -> Lab {
    let entries = entries.iter().map(|argument| Override { argument: (*argument).to_owned() }).collect::<Vec<_>>();
    sample("first-echo").expect("in the table").lab(&entries).expect("a lab")
}

fn choose(window: &mut Window, menu: &str, value: &str) {
    window.click(menu);
    window.until_label(value);
    window.run_steps(2);
    window.query_all_by_role_and_label(Role::Button, value).last().expect("an entry").click();
    window.run_steps(3);
}

#[test]
fn a_row_tells_its_messages_and_leads_to_the_rest_of_them() {
    let framed = ["server.bind=127.0.0.1:0", "server.framing=line", "server.recv_size=4", "client.framing=line"];
    let mut window = Window::of_lab(lab(&framed));
    window.key_press(Key::F5);
    window.until_label("client, TCP client, ended");
    window.until_label("server, TCP server, listening");
    window.until("the rows are read", App::is_settled);
    window.choose("server s3, recv(4), 4 B hell");
    window.until_label("Message 1 of 3, bytes 0 to 3");
    window.until_label("ends in");
    window.until_label_contains("server s3, recv(4), 2 B o");
    let row = window.query_all_by_label_contains("server s3, recv(4), 2 B o").next().and_then(|node| {
        let label = egui_kittest::kittest::NodeT::accesskit_node(&node).label()?;
        label.split(',').next().map(|number| number.trim().to_owned())
    });
    let row = row.expect("the row has a number");
    window.get_by_role_and_label(Role::Link, &format!("row {row}")).click();
    window.until_label("Message 1 of 3, bytes 0 to 1");
    window.until_label("began in");
}

#[test]
fn a_framing_is_stated_in_the_form_and_what_is_wrong_beside_it() {
    let mut window = Window::of_lab(lab(&["server.bind=127.0.0.1:0"]));
    choose(&mut window, "Framing", "delimiter");
    window.until_label("Delimiter");
    window.get_by_label("Delimiter").type_text("\\q");
    window.until_label_contains("is not an escape");
    choose(&mut window, "Framing", "length header");
    choose(&mut window, "Header", "4 bytes");
    choose(&mut window, "Order", "little-endian");
    choose(&mut window, "Counts", "and itself");
    window.key_press(Key::F5);
    window.until_label("server, TCP server, listening");
    // The client has none: its “hello” is read as a length.
    window.until_label_contains("At most 65536 B".to_lowercase().trim_start_matches("at most "));
}
