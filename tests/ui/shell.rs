//! What belongs to the window itself: the palette, the keys, notices, about, panels that fold, and small windows.

use egui::{Key, Modifiers, Theme};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use socket_lab::lab::Lab;
use socket_lab::program::{ProgramKind, Spec};
use socket_lab::text::Language;
use socket_lab::ui::Purpose;

use super::answers::Answers;
use super::harness::{Window, first_echo};
use super::traces;

const WIDE: [f32; 2] = [1280.0, 800.0];

fn stopped(size: [f32; 2], language: Language) -> Window {
    Window::of_scene(traces::stopped(), size, Theme::Dark, language)
}

#[test]
fn the_palette_finds_and_runs_by_keys_alone() {
    for (language, query, command) in [
        (Language::English, "zoom i", "Zoom in, View, Ctrl+Plus"),
        (Language::Chinese, "zoom i", "放大, 视图, Ctrl+Plus"),
        (Language::Chinese, "放大", "放大, 视图, Ctrl+Plus"),
    ] {
        let mut window = stopped(WIDE, language);
        window.key_press_modifiers(Modifiers::COMMAND, Key::K);
        window.run_steps(3);
        window.event(egui::Event::Text(query.to_owned()));
        window.until_label(command);
        window.key_press(Key::Enter);
        window.run_steps(3);
        assert!(window.ctx.zoom_factor() > 1.05, "{query} in {language}");
        assert!(window.query_by_label(command).is_none(), "the palette is put away");
    }
}

#[test]
fn the_palette_shows_a_program_and_escape_puts_it_away() {
    let mut window = stopped(WIDE, Language::English);
    window.click("Search or run a command");
    window.event(egui::Event::Text("show client".to_owned()));
    window.until_label_contains("Show client, TCP client");
    window.key_press(Key::Enter);
    window.run_steps(2);
    window.until_label("Start client only");
    window.key_press_modifiers(Modifiers::COMMAND, Key::K);
    window.until_label_contains("Show server, TCP server");
    window.key_press(Key::ArrowDown);
    window.run_steps(1);
    window.key_press(Key::Escape);
    window.until_drawn("it is put away", |harness| harness.query_by_label_contains("Show server, TCP server").is_none());
}

#[test]
fn a_command_that_is_not_possible_says_why_and_does_nothing() {
    let mut window = stopped(WIDE, Language::English);
    window.key_press_modifiers(Modifiers::COMMAND, Key::K);
    window.run_steps(2);
    window.event(egui::Event::Text("stop all".to_owned()));
    window.until_label_contains("Stop all, No program runs");
    window.key_press(Key::Enter);
    window.run_steps(3);
    window.get_by_label_contains("Stop all, No program runs");
}

#[test]
fn the_keys_stand_by_topic_and_about_names_the_licences() {
    for (language, keys, topic, about) in
        [(Language::English, "All keys", "Programs", "Noto Sans SC"), (Language::Chinese, "全部按键", "程序", "Noto Sans SC")]
    {
        let mut window = stopped(WIDE, language);
        window.key_press(Key::F1);
        window.until_label(keys);
        assert!(window.query_all_by_label(topic).count() > 1, "the menu and the topic");
        window.key_press(Key::Escape);
        window.run_steps(2);
        assert!(window.query_by_label(keys).is_none());
        window.key_press_modifiers(Modifiers::SHIFT, Key::F1);
        window.until_label(about);
        window.until_label_contains(env!("CARGO_PKG_VERSION"));
    }
}

#[test]
fn what_ended_is_told_and_can_be_read_again() {
    let mut lab = socket_lab::lab::sample("first-echo").expect("in the table").lab(&[]).expect("a lab");
    lab.programs.remove(0);
    lab.programs[0].connect = Some(socket_lab::program::Target::Address(std::net::SocketAddr::from(([127, 0, 0, 1], 1))));
    let mut window = Window::of_lab(lab);
    window.key_press(Key::F5);
    window.until_label_contains("client failed: ");
    window.click("1 notice");
    window.until_label("Copy this notice");
    window.key_press(Key::Escape);
    window.run_steps(2);
    assert!(window.query_by_label("Copy this notice").is_none());
}

#[test]
fn panels_fold_by_keys() {
    let mut window = stopped(WIDE, Language::English);
    window.until_label("server, TCP server, stopped");
    window.until_label("Backlog");
    window.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::P);
    window.until_label("server, stopped");
    window.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::B);
    window.until_label("Show or hide the form");
    window.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::B);
    window.until_drawn("it is unfolded", |harness| harness.query_by_label("Show or hide the form").is_none());
}

/// Nothing that can be pressed or read stands outside the window, at any size and in any language.
#[test]
fn everything_stays_within_the_window() {
    for language in Language::ALL {
        for size in [[1920.0, 1200.0], WIDE, [1024.0, 640.0], [800.0, 500.0]] {
            for scene in [traces::stopped(), traces::echo()] {
                let mut window = Window::of_scene(scene, size, Theme::Light, language);
                window.run_steps(2);
                let screen = egui::Rect::from_min_size(egui::Pos2::ZERO, size.into());
                for node in window.root().children_recursive() {
                    let kit = node.accesskit_node();
                    use egui::accesskit::Role::{Button, CheckBox, ComboBox, TextInput};
                    if matches!(kit.role(), Button | CheckBox | ComboBox | TextInput) && !kit.is_hidden() {
                        let rect = node.rect();
                        assert!(screen.expand(1.0).contains_rect(rect), "{:?} at {rect:?} of {size:?} in {language}", kit.label());
                    }
                }
            }
        }
    }
}

/// Asserts that of what can be pressed or read in the line in which `of` stands nothing lies on anything else.
fn stands_apart(window: &Window, of: egui::Rect) {
    use egui::accesskit::Role::{Button, CheckBox, ComboBox, Label, Link, Tab, TextInput};
    let nodes = window.root().children_recursive();
    let shown = nodes.into_iter().filter(|node| {
        let kit = node.accesskit_node();
        matches!(kit.role(), Button | CheckBox | ComboBox | Label | Link | Tab | TextInput) && !kit.is_hidden()
    });
    let line = shown.filter(|node| of.y_range().contains(node.rect().center().y)).collect::<Vec<_>>();
    for (place, one) in line.iter().enumerate() {
        for other in &line[place + 1..] {
            let [one, other] = [one, other].map(|node| (node.accesskit_node().label(), node.rect().shrink(1.0)));
            assert!(!one.1.intersects(other.1), "{one:?} and {other:?}");
        }
    }
}

#[test]
fn nothing_in_a_bar_lies_on_anything_else() {
    let views = [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8, Key::Num9];
    for (language, log) in [(Language::English, "Log"), (Language::Chinese, "日志")] {
        for size in [[1024.0, 640.0], [800.0, 500.0]] {
            for scene in [traces::peers(), traces::transfer(), traces::by_hand()] {
                let mut window = Window::of_scene(scene, size, Theme::Light, language);
                for view in views {
                    window.key_press_modifiers(Modifiers::ALT, view);
                    window.run_steps(3);
                    let bar = window.get_by_role_and_label(egui::Role::Tab, log).rect();
                    stands_apart(&window, bar);
                }
            }
        }
    }
}

#[test]
fn in_a_narrow_pane_the_head_of_an_error_stands_apart() {
    for language in Language::ALL {
        let mut window = Window::of_scene(traces::running().0, [1024.0, 640.0], Theme::Light, language);
        window.until_label("EADDRINUSE");
        let head = window.get_by_label("EADDRINUSE").rect();
        stands_apart(&window, head);
    }
}

#[test]
fn where_it_is_narrow_the_details_stand_over_the_view() {
    let mut window = Window::of_scene(traces::echo(), [800.0, 500.0], Theme::Dark, Language::English);
    window.look_at(traces::RECEIVED);
    window.until_label(&format!("ROW {}", traces::RECEIVED));
    window.key_press(Key::Escape);
    window.until_drawn("they are put away", |harness| harness.query_by_label(&format!("ROW {}", traces::RECEIVED)).is_none());
}

fn search(window: &mut Window, query: &str) {
    window.key_press_modifiers(Modifiers::COMMAND, Key::K);
    window.run_steps(3);
    window.event(egui::Event::Text(query.to_owned()));
}

#[test]
fn what_cannot_be_taken_back_says_so_in_the_palette_and_to_its_keys() {
    let mut window = Window::of_lab(first_echo());
    window.until_label("server, TCP server, stopped");
    search(&mut window, "undo");
    window.until_label("Undo, Nothing was changed that could be taken back, Ctrl+Z");
    window.key_press(Key::Escape);
    window.run_steps(2);
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    window.until_label("Nothing was changed that could be taken back");
    window.key_press_modifiers(Modifiers::COMMAND, Key::D);
    window.until_label("server-2, TCP server, stopped");
    search(&mut window, "undo");
    window.until_label("Undo, Programs, Ctrl+Z");
    window.key_press(Key::Enter);
    window.until_drawn("it is taken back", |harness| harness.query_by_label("server-2, TCP server, stopped").is_none());
    search(&mut window, "redo");
    window.until_label_contains("Redo, Programs, Ctrl+");
}

#[test]
fn a_program_is_shown_by_its_place_in_the_list() {
    let mut window = stopped(WIDE, Language::English);
    window.key_press_modifiers(Modifiers::COMMAND, Key::Num2);
    window.until_label("Start client only");
    search(&mut window, "show server");
    window.until_label("Show server, TCP server, stopped, Ctrl+1");
    window.key_press(Key::Escape);
    window.run_steps(2);
    window.key_press(Key::F1);
    window.until_label("Ctrl+1 – Ctrl+9");
    window.key_press(Key::Escape);
    window.run_steps(2);
    window.key_press_modifiers(Modifiers::COMMAND, Key::Num7);
    window.until_label("The lab has fewer programs");
}

/// What egui names by itself, it names in English: nothing of that is left in another language.
#[test]
fn nothing_that_egui_brings_is_left_in_english() {
    for (scene, row) in [(traces::echo(), Some(traces::RECEIVED)), (traces::stopped(), None)] {
        let mut window = Window::of_scene(scene, WIDE, Theme::Light, Language::Chinese);
        if let Some(row) = row {
            window.look_at(row);
        }
        window.run_steps(2);
        let mut edges = 0;
        for node in window.root().children_recursive() {
            let kit = node.accesskit_node();
            let label = kit.label().unwrap_or_default();
            assert!(!["Resize panel", "Close window", "Close"].contains(&label.as_str()), "{label}");
            if kit.role() == egui::accesskit::Role::Splitter {
                edges += 1;
                assert!(label.contains("边缘"), "{label}");
            }
        }
        assert_eq!(edges, if row.is_some() { 2 } else { 1 });
    }
}

#[test]
fn everything_is_zoomed_by_keys_within_bounds() {
    let mut window = stopped(WIDE, Language::English);
    let mut press = |key: Key, times: usize| {
        for _ in 0..times {
            window.key_press_modifiers(Modifiers::COMMAND, key);
            window.run_steps(2);
        }
        window.ctx.zoom_factor()
    };
    assert!((press(Key::Plus, 1) - 1.1).abs() < 0.01);
    // A step is a tenth: both go beyond what is allowed.
    let (most, least) = (press(Key::Plus, 20), press(Key::Minus, 27));
    assert!(most <= 3.0 && least >= 0.5, "{least} to {most}");
    assert!((press(Key::Num0, 1) - 1.0).abs() < f32::EPSILON);
}

#[test]
fn a_lab_without_programs_offers_what_puts_some_into_it() {
    for (language, words) in [(Language::English, "Open the sample First echo"), (Language::Chinese, "打开示例“第一个回显”")] {
        let mut window = Window::of_lab_as(socket_lab::lab::Lab::default(), WIDE, Theme::Light, language);
        window.click(words);
        window.until_label_contains("client");
        assert!(window.query_by_label(words).is_none());
    }
}

/// Each question has the keyboard at once, on what loses nothing, and Escape turns it away.
#[test]
fn a_question_is_answered_by_keys() {
    let mut lab = first_echo();
    lab.programs[0].bind = Some(std::net::SocketAddr::from(([0, 0, 0, 0], 0)));
    let mut window = Window::of_lab(lab);
    for answer in [Key::Enter, Key::Escape] {
        window.key_press(Key::F5);
        window.until_label("Leave this computer?");
        window.run_steps(2);
        assert!(window.get_by_label("Do not start").is_focused(), "what starts nothing has the keyboard");
        window.key_press(answer);
        window.until_gone("Leave this computer?");
        assert!(window.query_by_label_contains("socket(AF_INET").is_none(), "nothing has run");
    }
    window.key_press_modifiers(Modifiers::COMMAND, Key::D);
    window.until_label("server-2, TCP server, stopped");
    window.key_press_modifiers(Modifiers::COMMAND, Key::N);
    window.until_label("Don't save");
    window.run_steps(2);
    assert!(window.get_by_label("Save").is_focused());
    window.key_press(Key::Escape);
    window.until_gone("Don't save");
    window.until_label("server-2, TCP server, stopped");
}

#[test]
fn any_command_is_asked_at_every_start_and_shown_while_it_runs() {
    let mut lab = first_echo();
    lab.programs.truncate(1);
    lab.programs[0].reply = socket_lab::program::Reply::Command(socket_lab::program::Remote { any: true, ..Default::default() });
    let mut window = Window::of_lab(lab);
    for _ in 0..2 {
        window.key_press(Key::F5);
        window.until_label("Run commands for others?");
        window.run_steps(2);
        assert!(window.get_by_label("Do not start").is_focused(), "what starts nothing has the keyboard");
        window.key_press(Key::Escape);
        window.until_gone("Run commands for others?");
        assert!(window.query_by_label("server, TCP server, listening").is_none());
        window.key_press(Key::F5);
        window.until_label("Run commands for others?");
        window.click("Start all the same");
        window.until_label("server, TCP server, listening");
        window.until_label("any command");
        window.key_press_modifiers(Modifiers::SHIFT, Key::F5);
        window.until_label("server, TCP server, ended");
        window.until_gone("any command");
    }
}

#[test]
fn the_other_side_of_a_program_is_handed_out() {
    let mut window = Window::of_lab(first_echo());
    window.until_label("server, TCP server, stopped");
    window.click("Programs");
    window.until_label("Copy the other side as Python");
    window.get_by_label("Copy the other side as Python").click();
    let script = window.copied();
    assert!(script.contains("s.connect((HOST, PORT))") && script.contains("RECV = 1024"), "{script}");
    window.key_press(Key::F6);
    window.until_label("server, TCP server, listening");
    window.click("Programs");
    window.until_label("Copy the address");
    window.get_by_label("Copy the address").click();
    let address = window.copied();
    let port = address.strip_prefix("127.0.0.1:").and_then(|port| port.parse::<u16>().ok());
    assert!(port.is_some_and(|port| port > 0), "{address}: the port that the kernel chose");
}

#[test]
fn the_other_side_is_saved_under_a_name_of_its_own() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("client.py");
    let answers = Answers::of([(Purpose::SaveText("client-for-server.py".to_owned()), file.clone())]);
    let mut window = Window::of_lab_with(first_echo(), answers);
    window.until_label("server, TCP server, stopped");
    window.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::U);
    window.until_drawn("it is written", |_| std::fs::read_to_string(&file).is_ok_and(|text| text.contains("s.connect((HOST, PORT))")));
}

#[test]
fn what_has_no_other_side_says_why_and_tftp_has_one() {
    let asked = |kind, command: &str| {
        let lab = Lab { programs: vec![Spec::new(kind, "it")], ..Lab::default() };
        let mut window = Window::of_lab(lab);
        window.until_label_contains("it, ");
        window.click("Programs");
        window.until_label(command);
        window.get_by_label(command).click();
        window
    };
    let copy = "Copy the other side as Python";
    assert!(asked(ProgramKind::TftpServer, copy).copied().contains("def receive_blocks(s, answer, size):"));
    assert!(asked(ProgramKind::UnixServer, copy).copied().contains("socket.AF_UNIX"));
    asked(ProgramKind::Manual, copy).until_label_contains("it has made no call yet");
    asked(ProgramKind::TcpClient, copy).until_label_contains("it asks nobody yet");
    asked(ProgramKind::UnixServer, "Copy the address").until_label_contains("it has no address yet");
}
