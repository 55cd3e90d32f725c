//! The lanes of threads: what each is in, and who waits for whom.

use std::sync::Arc;

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use socket_lab::lab::{Lab, Session, SessionCommand};
use socket_lab::trace::Settings;

use super::harness::{Window, sample_at};

fn started(lab: Lab) -> (Arc<Session>, Window) {
    let session = Arc::new(Session::new(lab, Settings::default()).expect("a session"));
    let mut window = Window::of_session(Arc::clone(&session));
    window.key_press_modifiers(Modifiers::ALT, Key::Num6);
    window.pick("How often the kernel is looked at", "every 50 ms");
    window.key_press_modifiers(Modifiers::ALT, Key::Num7);
    window.until_label_contains("No thread yet.");
    session.command(SessionCommand::StartAll).expect("taken");
    (session, window)
}

#[cfg(target_os = "linux")]
#[test]
fn one_silent_client_that_keeps_another_waiting_is_seen() {
    let (session, mut window) = started(sample_at("bank-clerk", "127.0.0.1:0"));
    window.until_label_contains("server/server: waits in recv(1024) s");
    window.until_label_contains("is read from alone: 1 more connected client waits for accept");
    // A lane leads to its calls.
    window.get_by_label_contains("client/client: waits in").focus();
    window.run_steps(2);
    window.key_press(Key::Enter);
    window.until_label_contains("ROW ");
    session.command(SessionCommand::StopAll).expect("taken");
    window.until_label_contains("client/client: ended");
    window.click("ended ones too");
    window.until_drawn("those that ended are gone", |harness| harness.query_all_by_label_contains("client/client: ended").next().is_none());
}

#[test]
fn two_that_wait_for_each_other_in_send_are_seen() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("big"), vec![0; 32 << 20]).expect("written");
    let file = folder.path().join("lab.toml");
    let lab = "[[program]]\nname = \"server\"\nkind = \"tcp-server\"\nbind = \"127.0.0.1:0\"\n\n\
        [[program]]\nname = \"client\"\nkind = \"tcp-client\"\nconnect = \"@server\"\nsend = [{ file = \"big\" }]\n";
    std::fs::write(&file, lab).expect("written");
    let (_session, mut window) = started(Lab::open(&file, &[]).expect("a lab"));
    window.until_label_contains("both wait in send");
}
