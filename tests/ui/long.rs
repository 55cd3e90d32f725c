//! A long recording in small blocks, walked every way there is: the log shows exactly the rows it should. Ten million rows are for `cargo bench --bench log`.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use egui::{Key, Modifiers, Pos2, Role};
use egui_kittest::Harness;
use egui_kittest::kittest::{By, NodeT as _, Queryable as _};
use socket_lab::trace::{Args, Call, Header, Kind, Life, Origin, Outcome, Payload, ProgramId, Record, Settings, SocketId, ThreadId, Trace};
use socket_lab::ui::App;

use super::harness::Window;

/// More blocks than are kept in memory at a time.
const ROWS: u64 = 40_000;
/// Every so many rows are the lab's own, which are hidden.
const HIDDEN: u64 = 1_000;
/// The rows that hold the word that is looked for.
const NEEDLES: [u64; 3] = [5, 23_456, 39_998];

fn is_shown(n: u64) -> bool {
    n > 2 && !n.is_multiple_of(HIDDEN)
}

fn row(n: u64) -> Record {
    let life = |life| (Kind::Life(life), None);
    let word = if NEEDLES.contains(&n) { "needle" } else { "straw" };
    let call = if n.is_multiple_of(2) { Call::Send } else { Call::Recv };
    let (kind, payload) = match n {
        1 => life(Life::ProgramStarted { name: "server".into(), kind: "tcp-server".into() }),
        2 => life(Life::ThreadStarted { name: "server".into() }),
        _ => (Kind::Call(call, Args::Length(64)), Some(Payload::whole(format!("{word} {n}").into_bytes()))),
    };
    let origin = if n.is_multiple_of(HIDDEN) { Origin::Lab } else { Origin::Program };
    let (program, thread, socket) = (ProgramId(1), ThreadId(1), Some(SocketId(1)));
    let outcome = Outcome::Ok(payload.as_ref().map_or(0, |payload| i64::from(payload.full_len)));
    Record { n: 0, kind, origin, run: 1, program, thread, socket, t0: n * 1_000, t1: n * 1_000, outcome, payload }
}

fn record(folder: &Path) -> PathBuf {
    let file = folder.join("long.slr");
    // Of so little memory a block is a quarter, which holds some fifty rows.
    let trace = Trace::new(Settings { budget: 50_000, ..Settings::default() }).expect("a thread");
    trace.record(&file, Header::here("", 0, Default::default())).expect("a new file");
    trace.store().append((1..=ROWS).map(row));
    assert_eq!(trace.finish_recording().map(|status| status.rows), Some(ROWS));
    file
}

/// The window with the recording, all of whose rows were looked at.
fn open(folder: &Path) -> Window {
    let mut window = Window::of_file(&record(folder));
    window.until("the rows are looked at", App::is_settled);
    window
}

/// The numbers of the rows in view, from the top; those that are still being read are not among them.
fn shown(window: &Harness<'static, App>) -> Vec<u64> {
    let rows = window.query_all(By::new().role(Role::ListBoxOption));
    rows.filter_map(|row| row.accesskit_node().label()?.split_once(',')?.0.parse().ok()).collect()
}

/// Waits until the rows in view are all those that pass, without a gap, and `holds`; returns them.
fn until_page(window: &mut Window, what: &str, passes: impl Fn(u64) -> bool, holds: impl Fn(&[u64]) -> bool) -> Vec<u64> {
    let is_whole = |rows: &[u64]| {
        let (Some(first), Some(last)) = (rows.first(), rows.last()) else { return false };
        let is_full = rows.len() >= 20 || rows.len() == NEEDLES.len();
        is_full && (*first..=*last).filter(|n| passes(*n)).eq(rows.iter().copied())
    };
    window.until_drawn(what, |window| {
        let rows = shown(window);
        is_whole(&rows) && holds(&rows)
    });
    shown(window)
}

#[test]
fn keys_and_jumps_end_at_the_rows_they_should() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = open(folder.path());
    let last = ROWS - 1;
    until_page(&mut window, "it opens at its newest row", is_shown, |rows| rows.ends_with(&[last]));
    window.get_by_label("Rows of the log").focus();
    window.run_steps(2);
    window.key_press(Key::Home);
    let first = until_page(&mut window, "Home", is_shown, |rows| rows.starts_with(&[3]));
    let mut bottom = *first.last().expect("rows");
    for _ in 0..4 {
        window.key_press(Key::PageDown);
        window.run_steps(2);
        let page = until_page(&mut window, "a page down", is_shown, |_| true);
        assert!(page[0] <= bottom + 1, "no row is left out between two pages");
        bottom = *page.last().expect("rows");
    }
    assert!(bottom > 70, "four pages end at row {bottom}");
    window.key_press(Key::End);
    until_page(&mut window, "End", is_shown, |rows| rows.ends_with(&[last]));
    for jump in 0..12 {
        let n = (jump * 7_919 + 17) % (ROWS - 2) / 2 * 2 + 3;
        window.state_mut().choose_row(n);
        until_page(&mut window, &format!("row {n}"), is_shown, |rows| rows.contains(&n));
        window.until_label(&format!("ROW {n}"));
    }
}

#[test]
fn the_scroll_bar_reaches_every_part() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = open(folder.path());
    window.until_label("Scroll bar of the log");
    let bar = window.get_by_label("Scroll bar of the log").rect();
    let at = |part: f32| Pos2::new(bar.center().x, bar.top() + part * bar.height());
    window.hover_at(at(0.5));
    window.step();
    window.drag_at(at(0.5));
    window.step();
    let mut firsts = Vec::new();
    for part in [0.0, 0.2, 0.4, 0.6, 0.8] {
        window.hover_at(at(part));
        window.run_steps(2);
        firsts.push(until_page(&mut window, "the bar", is_shown, |_| true)[0]);
    }
    assert_eq!(firsts[0], 3);
    // The handle is short: a part of the bar is that part of the rows, give or take its length.
    for (part, first) in [0.2, 0.4, 0.6, 0.8].into_iter().zip(&firsts[1..]) {
        let off = (*first as f64 / ROWS as f64 - part).abs();
        assert!(off < 0.04, "row {first} stands at {part} of the bar");
    }
    window.hover_at(at(1.0));
    window.run_steps(2);
    window.drop_at(at(1.0));
    until_page(&mut window, "the lower end", is_shown, |rows| rows.ends_with(&[ROWS - 1]));
}

#[test]
fn what_is_looked_for_is_found_across_blocks_and_from_the_other_end() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = open(folder.path());
    window.key_press_modifiers(Modifiers::COMMAND, Key::F);
    window.run_steps(2);
    window.get_by_label("Find in the log").type_text("NEEDLE");
    window.until_label("3 matches");
    let [first, middle, last] = NEEDLES;
    for (modifiers, at, wanted) in [
        (Modifiers::NONE, "1 of 3", first),
        (Modifiers::NONE, "2 of 3", middle),
        (Modifiers::NONE, "3 of 3", last),
        (Modifiers::NONE, "1 of 3", first),
        (Modifiers::SHIFT, "3 of 3", last),
        (Modifiers::SHIFT, "2 of 3", middle),
    ] {
        window.key_press_modifiers(modifiers, Key::F3);
        window.until_label_contains(at);
        window.until_label(&format!("ROW {wanted}"));
        until_page(&mut window, at, is_shown, |rows| rows.contains(&wanted));
    }
}

#[test]
fn a_filter_leaves_exactly_what_passes() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = open(folder.path());
    let needles = BTreeSet::from(NEEDLES);
    let received = |n: u64| is_shown(n) && !n.is_multiple_of(2);
    let sent = |n: u64| is_shown(n) && n.is_multiple_of(2);
    for (filter, passes) in
        [("needle", &(|n| needles.contains(&n)) as &dyn Fn(u64) -> bool), ("dir:received", &received), ("call:send", &sent)]
    {
        window.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::F);
        window.run_steps(2);
        window.key_press_modifiers(Modifiers::COMMAND, Key::A);
        window.get_by_label("Filter").type_text(filter);
        window.run_steps(2);
        window.key_press(Key::Escape);
        window.until("the filter is done", App::is_settled);
        window.get_by_label("Rows of the log").focus();
        window.run_steps(2);
        let [first, last] = [(1..=ROWS).find(|n| passes(*n)), (1..=ROWS).rev().find(|n| passes(*n))].map(|end| end.expect("a row"));
        window.key_press(Key::Home);
        until_page(&mut window, filter, passes, |rows| rows.starts_with(&[first]));
        window.key_press(Key::End);
        until_page(&mut window, filter, passes, |rows| rows.ends_with(&[last]));
    }
}
