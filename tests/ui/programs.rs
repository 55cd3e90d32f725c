//! What a person does to the programs of a lab: names, order, copies, values, and back again.

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;

use super::harness::{Window, first_echo};

fn undo(window: &mut Window) {
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    window.run_steps(3);
}

fn redo(window: &mut Window) {
    window.key_press_modifiers(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::Z);
    window.run_steps(3);
}

#[test]
fn a_program_is_renamed_in_its_place_and_who_asks_it_follows() {
    let mut window = Window::of_lab(first_echo());
    window.until_label("server, TCP server, stopped");
    window.key_press(Key::F2);
    window.until_label("Name of server");
    window.run_steps(2);
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.get_by_label("Name of server").type_text("client");
    window.run_steps(2);
    window.key_press(Key::Enter);
    window.until_label_contains("client");
    // Taken by another: the field stays, with what is wrong beside it.
    window.until_label("Name of server");
    window.run_steps(2);
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.get_by_label("Name of server").type_text("echo");
    window.run_steps(2);
    window.key_press(Key::Enter);
    window.until_label("echo, TCP server, stopped");
    window.click("client, TCP client, stopped");
    window.until_drawn("the client asks the new name", |harness| {
        harness.query_by_label("Connect to").is_some_and(|field| field.value().as_deref() == Some("@echo"))
    });
    undo(&mut window);
    window.until_label("server, TCP server, stopped");
    redo(&mut window);
    window.until_label("echo, TCP server, stopped");
}

#[test]
fn programs_are_copied_moved_removed_and_brought_back() {
    let mut window = Window::of_lab(first_echo());
    window.until_label("server, TCP server, stopped");
    window.key_press_modifiers(Modifiers::COMMAND, Key::D);
    window.until_label("server-2, TCP server, stopped");
    let top = |window: &Window, label: &str| window.get_by_label(label).rect().top();
    assert!(top(&window, "server-2, TCP server, stopped") < top(&window, "client, TCP client, stopped"));
    window.key_press_modifiers(Modifiers::ALT, Key::ArrowDown);
    window.run_steps(3);
    assert!(top(&window, "server-2, TCP server, stopped") > top(&window, "client, TCP client, stopped"));
    window.key_press_modifiers(Modifiers::COMMAND, Key::Delete);
    window.until_gone("server-2, TCP server, stopped");
    undo(&mut window);
    window.until_label("server-2, TCP server, stopped");
    undo(&mut window);
    assert!(top(&window, "server-2, TCP server, stopped") < top(&window, "client, TCP client, stopped"));
    undo(&mut window);
    window.until_gone("server-2, TCP server, stopped");
}

#[test]
fn a_program_is_dragged_to_its_place() {
    let mut window = Window::of_lab(first_echo());
    window.until_label("server, TCP server, stopped");
    let (server, client) =
        (window.get_by_label("server, TCP server, stopped").rect(), window.get_by_label("client, TCP client, stopped").rect());
    window.drag_at(server.center());
    window.run_steps(2);
    window.hover_at(client.center() + egui::vec2(0.0, 20.0));
    window.run_steps(2);
    window.drop_at(client.center() + egui::vec2(0.0, 20.0));
    window.run_steps(3);
    assert!(
        window.get_by_label("server, TCP server, stopped").rect().top() > window.get_by_label("client, TCP client, stopped").rect().top()
    );
}

#[test]
fn what_was_typed_is_taken_back() {
    let mut window = Window::of_lab(first_echo());
    window.until_label("Backlog");
    window.get_by_label("Backlog").click();
    window.run_steps(2);
    window.get_by_label("Backlog").type_text("0");
    window.run_steps(2);
    window.key_press(Key::Enter);
    window.run_steps(2);
    let backlog = |window: &Window| window.get_by_label("Backlog").value();
    assert_eq!(backlog(&window).as_deref(), Some("50"));
    undo(&mut window);
    assert_eq!(backlog(&window).as_deref(), Some("5"));
    redo(&mut window);
    assert_eq!(backlog(&window).as_deref(), Some("50"));
}

#[test]
fn what_runs_is_not_removed() {
    let mut window = Window::of_lab(first_echo());
    window.key_press(Key::F5);
    window.until_label("server, TCP server, listening");
    window.key_press_modifiers(Modifiers::COMMAND, Key::Delete);
    window.until_label_contains("server is running: stop it");
    window.until_label("server, TCP server, listening");
}

#[test]
fn what_cannot_change_while_running_waits_for_a_restart() {
    let mut window = Window::of_lab(first_echo());
    window.key_press(Key::F6);
    window.until_label("server, TCP server, listening");
    window.get_by_label("Backlog").click();
    window.run_steps(2);
    window.get_by_label("Backlog").type_text("0");
    window.until_label_contains("After a restart");
    assert!(window.query_by_label_contains("listen(50)").is_none(), "it runs as it was started");
    window.click("Restart with these");
    window.until_label_contains("listen(50)");
    window.until_label("server, TCP server, listening");
    window.until_gone("Restart with these");
}

#[test]
fn leaving_this_computer_is_asked_once() {
    let mut lab = first_echo();
    lab.programs[0].bind = Some(std::net::SocketAddr::from(([0, 0, 0, 0], 0)));
    let mut window = Window::of_lab(lab);
    window.key_press(Key::F5);
    window.until_label("Leave this computer?");
    window.click("Do not start");
    window.until_gone("Leave this computer?");
    assert!(window.query_by_label_contains("socket(AF_INET").is_none(), "nothing has run");
    window.key_press(Key::F5);
    window.click("Start all the same");
    window.until_label("server, TCP server, listening");
    window.key_press_modifiers(Modifiers::SHIFT, Key::F5);
    window.until_label("server, TCP server, ended");
    window.key_press(Key::F5);
    window.until_label("server, TCP server, listening");
}

#[test]
fn an_address_that_is_taken_is_told_before_start() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a listener");
    let mut lab = first_echo();
    lab.programs[0].bind = Some(taken.local_addr().expect("its address"));
    let mut window = Window::of_lab(lab);
    if cfg!(target_os = "linux") {
        window.until_label_contains(&format!("(process {}) has this address", std::process::id()));
    }
    let mut lab = first_echo();
    lab.programs[0].bind = Some(std::net::SocketAddr::from(([127, 0, 0, 1], 0)));
    let mut window = Window::of_lab(lab);
    window.click("Addresses of this computer");
    window.until_label_contains("127.0.0.1 only programs on this computer");
    window.until_label_contains("0.0.0.0 all addresses of this computer");
    window.get_by_label_contains("0.0.0.0 all addresses of this computer").click();
    window.until_label_contains("Can be reached by others");
    window.run_steps(2);
    assert_eq!(window.get_by_label("Port of Bind to").value().as_deref(), Some("0"), "the port stays");
    assert_eq!(window.get_by_label("Bind to").value().as_deref(), Some("0.0.0.0"));
}

#[test]
fn what_a_client_sends_is_a_list_and_what_is_wrong_in_it_is_not_started() {
    let mut window = Window::of_lab(first_echo());
    window.click("client, TCP client, stopped");
    window.until_label_contains("Edit what is sent");
    window.get_by_label_contains("Edit what is sent").click();
    window.click("Add a message");
    window.until_label("Message 4: what is sent");
    window.get_by_label("Message 4: what is sent").click();
    window.run_steps(2);
    window.get_by_label("Message 4: what is sent").type_text(" again");
    window.run_steps(2);
    window.get_by_label("Message 4: how often").click();
    window.run_steps(2);
    window.get_by_label("Message 4: how often").type_text("x");
    window.until_label_contains("repeat");
    window.click("Done");
    window.key_press(Key::F5);
    window.until_label_contains("client is not started");
    window.until_label("Message 4: how often");
    window.get_by_label("Message 4: how often").click();
    window.run_steps(2);
    window.key_press(Key::Backspace);
    window.run_steps(2);
    window.click("Done");
    window.key_press(Key::F5);
    window.until_label_contains("send(11), 11 B hello again");
}
