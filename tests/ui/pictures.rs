//! Pictures of the window, drawn from recorded traces and compared with those that were looked at.
//!
//! A picture that the window has outgrown is drawn anew by `UPDATE_SNAPSHOTS=1 cargo test --test ui pictures`, and looked at before it is kept.

use std::collections::BTreeSet;
use std::path::Path;

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, Theme};
use egui_kittest::SnapshotResults;
use egui_kittest::kittest::{By, Queryable as _};
use socket_lab::text;
use socket_lab::text::{Language, Message};
use socket_lab::ui::Scene;

use super::harness::Window;
use super::traces;

const WIDE: [f32; 2] = [1280.0, 800.0];

/// How many pictures there may be, those of other tests among them.
const MOST: usize = 34;

/// How a picture is drawn.
#[derive(Clone, Copy)]
struct Style {
    theme: Theme,
    language: Language,
    size: [f32; 2],
}

impl Style {
    const fn new(theme: Theme, language: Language, size: [f32; 2]) -> Self {
        Self { theme, language, size }
    }

    /// A window that shows `scene` in this style.
    fn window(self, scene: Scene) -> Window {
        Window::of_scene(scene, self.size, self.theme, self.language)
    }

    /// What a control is called in it.
    fn say(self, message: &Message) -> String {
        message.in_language(self.language)
    }
}

const LIGHT_EN: Style = Style::new(Theme::Light, Language::English, WIDE);
const DARK_EN: Style = Style::new(Theme::Dark, Language::English, WIDE);
const LIGHT_ZH: Style = Style::new(Theme::Light, Language::Chinese, WIDE);
const DARK_ZH: Style = Style::new(Theme::Dark, Language::Chinese, WIDE);

/// What is pictured, and how.
struct View {
    name: &'static str,
    styles: &'static [Style],
    draw: fn(Style) -> Window,
}

const STOPPED: View = View { name: "stopped", styles: &[LIGHT_EN, DARK_ZH], draw: |style| style.window(traces::stopped()) };
const RUNNING: View = View { name: "running", styles: &[LIGHT_EN, DARK_EN, LIGHT_ZH, DARK_ZH], draw: running };
const SMALL: View = View {
    name: "running",
    styles: &[Style::new(Theme::Dark, Language::English, [1024.0, 640.0]), Style::new(Theme::Light, Language::Chinese, [800.0, 500.0])],
    draw: small,
};
const FORM: View = View { name: "form", styles: &[LIGHT_EN, DARK_ZH], draw: form };
const PEERS: View = View { name: "peers", styles: &[LIGHT_ZH, DARK_EN], draw: peers };
const CONVERSATION: View = View { name: "conversation", styles: &[LIGHT_ZH, DARK_EN], draw: conversation };
const RECORDING: View = View { name: "recording", styles: &[LIGHT_EN, DARK_ZH], draw: recording };
const PALETTE: View = View { name: "palette", styles: &[LIGHT_ZH, DARK_EN], draw: palette };
const TRANSFER: View = View { name: "transfer", styles: &[LIGHT_EN, DARK_ZH], draw: transfer };
const PACKET: View = View { name: "packet", styles: &[LIGHT_ZH, DARK_EN], draw: packet };
const ERROR: View = View { name: "tftp-error", styles: &[LIGHT_EN, DARK_ZH], draw: error };
const KERNEL: View = View { name: "kernel", styles: &[LIGHT_EN, DARK_ZH], draw: kernel };
const OPTIONS: View = View { name: "options", styles: &[LIGHT_EN, DARK_ZH], draw: options };
const CALLS: View = View { name: "calls", styles: &[LIGHT_EN, DARK_ZH], draw: calls };
const THREADS: View = View { name: "threads", styles: &[LIGHT_ZH, DARK_EN], draw: threads };
const TOOLS: View = View { name: "tools", styles: &[LIGHT_EN, DARK_ZH], draw: tools };
const VIEWS: &[View] = &[
    STOPPED,
    RUNNING,
    SMALL,
    FORM,
    PEERS,
    CONVERSATION,
    RECORDING,
    PALETTE,
    TRANSFER,
    PACKET,
    ERROR,
    KERNEL,
    OPTIONS,
    CALLS,
    THREADS,
    TOOLS,
];

fn running(style: Style) -> Window {
    let (scene, rows) = traces::running();
    let mut window = style.window(scene);
    window.look_at(rows.received);
    window
}

/// Where there is little room: a failure with its card.
fn small(style: Style) -> Window {
    let (scene, rows) = traces::running();
    let mut window = style.window(scene);
    window.look_at(rows.failed);
    window
}

/// Values that cannot be, an address that two servers are to have, and one that others can reach.
fn form(style: Style) -> Window {
    let mut window = style.window(traces::wrong());
    for (value, more) in [("5", "x"), ("1024", "0000000")] {
        window.get(By::new().role(Role::TextInput).value(value)).click();
        window.run_steps(2);
        window.event(Event::Text(more.to_owned()));
        window.run_steps(2);
    }
    rest(&mut window);
    window
}

/// A server with three peers, and a message that is to go to all of them.
fn peers(style: Style) -> Window {
    let mut window = style.window(traces::peers());
    window.key_press_modifiers(Modifiers::ALT, Key::Num2);
    window.run_steps(2);
    window.get(By::new().role(Role::MultilineTextInput).label(&style.say(&text!("ui-send-message")))).click();
    window.run_steps(2);
    window.event(Event::Text("再见\\n".to_owned()));
    window.run_steps(2);
    rest(&mut window);
    window
}

/// The way of a connection that has ended, in a window whose form is folded.
fn kernel(style: Style) -> Window {
    let (scene, socket) = traces::queue();
    let mut window = style.window(scene);
    window.key_press_modifiers(Modifiers::ALT, Key::Num6);
    window.until_label_contains(&format!("first {socket}, "));
    window.get_by_label_contains(&format!("first {socket}, ")).click();
    window.run_steps(2);
    rest(&mut window);
    window
}

/// One is served, the others wait.
fn threads(style: Style) -> Window {
    let mut window = style.window(traces::queue().0);
    window.key_press_modifiers(Modifiers::ALT, Key::Num7);
    window.run_steps(2);
    rest(&mut window);
    window
}

/// A buffer that the kernel made another than was asked for, in a window whose form is folded.
fn options(style: Style) -> Window {
    let mut window = style.window(traces::running().0);
    window.key_press_modifiers(Modifiers::ALT, Key::Num8);
    window.until_label(&style.say(&text!("ui-options-search")));
    window.get_by_label_contains("SO_RCVBUF, ").click();
    window.run_steps(2);
    rest(&mut window);
    window
}

/// A program that is driven by hand.
fn calls(style: Style) -> Window {
    let mut window = style.window(traces::by_hand());
    window.key_press_modifiers(Modifiers::ALT, Key::Num9);
    window.until_label(&style.say(&text!("ui-calls-hints")));
    rest(&mut window);
    window
}

/// The tools beside each other.
fn tools(style: Style) -> Window {
    let mut window = style.window(traces::running().0);
    window.key_press(Key::F7);
    window.run_steps(3);
    rest(&mut window);
    window
}

fn conversation(style: Style) -> Window {
    let mut window = running(style);
    window.key_press_modifiers(Modifiers::COMMAND, Key::Enter);
    window.until_label(&style.say(&text!("ui-talk-copy")));
    window.until("it is read", |app| app.is_settled());
    window
}

/// A recording of which one program's rows are shown, and some are chosen.
fn recording(style: Style) -> Window {
    let mut window = style.window(traces::recorded());
    window.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::F);
    window.run_steps(2);
    window.event(Event::Text("program:client".to_owned()));
    window.until("the filter is done", |app| app.is_settled());
    window.get_by_label(&style.say(&text!("ui-log-rows"))).focus();
    window.run_steps(2);
    window.key_press(Key::Home);
    window.run_steps(2);
    for _ in 0..3 {
        window.key_press_modifiers(Modifiers::SHIFT, Key::ArrowDown);
        window.run_steps(2);
    }
    window.until("the row is looked at", |app| app.is_settled());
    window
}

/// The client of `scene`, its form folded, in the view of `place`.
fn client(style: Style, scene: Scene, place: Key) -> Window {
    let mut window = style.window(scene);
    window.key_press_modifiers(Modifiers::COMMAND, Key::Num2);
    window.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::B);
    window.key_press_modifiers(Modifiers::ALT, place);
    window.run_steps(3);
    window.until("the packets are read", |app| app.is_settled());
    window
}

/// A download that is under way.
fn transfer(style: Style) -> Window {
    client(style, traces::transfer(), Key::Num3)
}

/// The ladder of its packets, and one that went twice, field by field.
fn packet(style: Style) -> Window {
    let mut window = client(style, traces::transfer(), Key::Num4);
    window.get_by_label(&style.say(&text!("ui-ladder-rungs"))).focus();
    window.run_steps(2);
    window.key_press(Key::Home);
    window.run_steps(2);
    let again = style.say(&text!("ui-rung-again"));
    window.query_all_by_label_contains(&format!(", {again}, ")).next().expect("a packet was sent again").click();
    window.run_steps(3);
    rest(&mut window);
    window.until("the row is looked at", |app| app.is_settled());
    window
}

/// The server has no such file, and says so.
fn error(style: Style) -> Window {
    let (scene, row) = traces::refused();
    let mut window = client(style, scene, Key::Num3);
    window.look_at(row);
    window
}

fn palette(style: Style) -> Window {
    let mut window = running(style);
    window.key_press_modifiers(Modifiers::COMMAND, Key::K);
    window.run_steps(2);
    window.event(Event::Text("re".to_owned()));
    window.run_steps(3);
    window
}

/// Takes the mouse out of the window, and what it says about the control it was on.
fn rest(window: &mut Window) {
    window.event(Event::PointerGone);
    window.run_steps(3);
}

impl View {
    fn picture(&self, style: &Style) -> String {
        let theme = if style.theme == Theme::Light { "light" } else { "dark" };
        let language = if style.language == Language::English { "en" } else { "zh" };
        let size = if style.size == WIDE { String::new() } else { format!("-{}", style.size[0]) };
        format!("{}{size}-{theme}-{language}", self.name)
    }

    fn compare(&self) {
        let mut results = SnapshotResults::new();
        for style in self.styles {
            let mut window = (self.draw)(*style);
            window.snapshot(self.picture(style));
            results.extend_harness(&mut window);
        }
    }
}

#[test]
fn stopped_is_as_pictured() {
    STOPPED.compare();
}

#[test]
fn running_is_as_pictured() {
    RUNNING.compare();
}

#[test]
fn a_small_window_is_as_pictured() {
    SMALL.compare();
}

#[test]
fn the_form_is_as_pictured() {
    FORM.compare();
}

#[test]
fn the_peers_are_as_pictured() {
    PEERS.compare();
}

#[test]
fn a_conversation_is_as_pictured() {
    CONVERSATION.compare();
}

#[test]
fn a_recording_is_as_pictured() {
    RECORDING.compare();
}

#[test]
fn the_palette_is_as_pictured() {
    PALETTE.compare();
}

#[test]
fn a_transfer_is_as_pictured() {
    TRANSFER.compare();
}

#[test]
fn the_packets_of_a_transfer_are_as_pictured() {
    PACKET.compare();
}

#[test]
fn an_error_of_a_server_is_as_pictured() {
    ERROR.compare();
}

#[test]
fn the_kernels_side_is_as_pictured() {
    KERNEL.compare();
}

#[test]
fn the_options_of_a_socket_are_as_pictured() {
    OPTIONS.compare();
}

#[test]
fn a_socket_driven_by_hand_is_as_pictured() {
    CALLS.compare();
}

#[test]
fn the_lanes_of_threads_are_as_pictured() {
    THREADS.compare();
}

#[test]
fn the_tools_are_as_pictured() {
    TOOLS.compare();
}

#[test]
fn each_view_is_pictured_in_both_themes_and_languages_and_no_picture_is_of_nothing() {
    let mut names = BTreeSet::new();
    for view in VIEWS {
        for theme in [Theme::Light, Theme::Dark] {
            assert!(view.styles.iter().any(|style| style.theme == theme), "{} in {theme:?}", view.name);
        }
        for language in Language::ALL {
            assert!(view.styles.iter().any(|style| style.language == language), "{} in {language}", view.name);
        }
        names.extend(view.styles.iter().map(|style| view.picture(style)));
    }
    assert_eq!(names.len(), VIEWS.iter().map(|view| view.styles.len()).sum::<usize>(), "one name for two pictures");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("screenshots");
    let kept = folder.read_dir().expect("the pictures").map(|file| file.expect("a file").path());
    // What a comparison leaves behind has a dot more in its name.
    let kept = kept.filter_map(|file| Some(file.file_stem()?.to_str()?.to_owned())).filter(|name| !name.contains('.'));
    let kept = kept.collect::<BTreeSet<_>>();
    assert!(kept.len() <= MOST, "{} pictures, at most {MOST}", kept.len());
    let nothing = kept.iter().filter(|name| !names.contains(*name)).collect::<Vec<_>>();
    assert!(nothing.is_empty(), "drawn by no test any more: {nothing:?}");
}
