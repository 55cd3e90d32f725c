//! Messages in streams: stated in the form, and their borders in the details of a row.

use std::sync::Arc;
use std::time::Duration;

use egui::accesskit::Role;
use egui::{Key, Theme};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use socket_lab::lab::{Lab, Override, Session, SessionCommand, sample};
use socket_lab::text::Language;
use socket_lab::trace::{Direction, Record, Settings};
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

/// A window in which the lab ran, and the number of the first row of its server that received `bytes`.
fn ran(entries: &[&str], bytes: &[u8], size: [f32; 2], style: (Theme, Language)) -> (Window, u64) {
    let session = Arc::new(Session::new(lab(entries), Settings::default()).expect("a session"));
    session.command(SessionCommand::StartAll).expect("taken");
    let has_ended = |programs: &[socket_lab::lab::ProgramStatus]| programs.iter().any(|program| program.has_ended());
    assert!(session.wait(has_ended, Duration::from_secs(20)), "{:?}", session.status());
    session.trace().flush();
    let store = Arc::clone(session.trace().store());
    let received = |record: &Record| {
        record.direction() == Some(Direction::Received) && record.payload.as_ref().is_some_and(|payload| payload.bytes == bytes)
    };
    let row = store.scans(1).find_map(|scan| scan.rows().iter().find(|record| received(record)).map(|record| record.n));
    let mut window = Window::of_session_in(session, size, style.0, style.1);
    window.until("the rows are read", App::is_settled);
    let row = row.expect("it was received");
    window.look_at(row);
    (window, row)
}

#[test]
fn a_row_tells_its_messages_and_leads_to_the_rest_of_them() {
    let framed = ["server.bind=127.0.0.1:0", "server.framing=line", "server.recv_size=4", "client.framing=line"];
    let (mut window, row) = ran(&framed, b"hell", [1280.0, 800.0], (Theme::Light, Language::English));
    window.until_label("Message 1 of 3, bytes 0 to 3");
    window.until_label("ends in");
    // The next receive of the server has the rest.
    let links = window.query_all_by_role(Role::Link).filter_map(|node| node.accesskit_node().label()).collect::<Vec<_>>();
    let next = links.iter().filter_map(|link| link.strip_prefix("row ")?.parse::<u64>().ok()).find(|next| *next > row);
    let next = next.unwrap_or_else(|| panic!("{links:?}"));
    window.get_by_role_and_label(Role::Link, &format!("row {next}")).click();
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
    window.until_label_contains("65536 B are taken");
}

#[test]
fn what_a_load_measured_is_a_table_and_a_plot() {
    let lab = sample("handling").expect("in the table").lab(&[]).expect("a lab");
    let bound = lab.programs.iter().filter(|spec| spec.bind.is_some());
    let free = bound.map(|spec| Override { argument: format!("{}.bind=127.0.0.1:0", spec.name) }).collect::<Vec<_>>();
    let mut lab = sample("handling").expect("in the table").lab(&free).expect("a lab");
    lab.programs.iter_mut().for_each(|spec| spec.executable = Some(env!("CARGO_BIN_EXE_socket-lab").into()));
    let mut window = Window::of_lab(lab);
    window.key_press(Key::F5);
    window.until_label("load-readiness, Load client, ended");
    window.until_label("load-one, Load client, ended");
    window.click("Load");
    window.until_label("readiness");
    window.until_label_contains("load-readiness: half within");
    window.until_label_contains("load-one: half within");
}
