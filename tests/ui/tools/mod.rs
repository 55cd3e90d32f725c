//! The tools: how they are reached and left, and what each of them does.

mod addresses;
mod compare;
mod layers;
mod pack;
mod ports;
mod resolver;

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, Theme};
use egui_kittest::kittest::{By, NodeT as _, Queryable as _};
use socket_lab::text::Language;

use super::harness::Window;
use super::traces;

const WIDE: [f32; 2] = [1280.0, 800.0];

/// The tools by their keys, their names and those of their commands in both languages.
const TOOLS: &[(Key, &str, &str, &str, &str)] = &[
    (Key::P, "Pack and unpack", "打包与解包", "Pack and unpack", "打包与解包"),
    (Key::A, "IP addresses", "IP 地址", "IP addresses", "IP 地址"),
    (Key::L, "Layers", "分层", "Layers", "分层"),
    (Key::C, "TCP against UDP", "TCP 与 UDP", "TCP against UDP", "TCP 与 UDP 对比"),
    (Key::N, "Names", "名称", "Names: resolver", "名称解析"),
    (Key::T, "Ports", "端口", "Ports: this machine's sockets", "端口：本机的套接字"),
];

/// A window that shows the tool of these keys, beside nothing else.
fn tool(key: Key, size: [f32; 2], language: Language) -> Window {
    let mut window = Window::of_scene(traces::echo(), size, Theme::Light, language);
    show(&mut window, key);
    window
}

fn show(window: &mut Window, key: Key) {
    window.key_press_modifiers(Modifiers::ALT, key);
    window.run_steps(3);
}

/// Puts `text` in place of what stands in the field of that name.
fn replace(window: &mut Window, field: &str, text: &str) {
    window.get(By::new().role(Role::TextInput).label(field)).click();
    window.run_steps(2);
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.run_steps(1);
    window.event(Event::Text(text.to_owned()));
    window.run_steps(3);
}

fn is_there(window: &Window, label: &str) -> bool {
    window.query_all_by_label(label).next().is_some()
}

#[test]
fn each_tool_is_reached_by_menu_keys_and_palette_and_left_by_escape() {
    for (language, back) in [(Language::English, "Back to the log (Esc)"), (Language::Chinese, "回到日志（Esc）")] {
        let mut window = Window::of_scene(traces::echo(), WIDE, Theme::Light, language);
        for (key, english, chinese, english_command, chinese_command) in TOOLS {
            let is_english = language == Language::English;
            let (name, command) = if is_english { (english, english_command) } else { (chinese, chinese_command) };
            show(&mut window, *key);
            window.until_label(back);
            assert!(is_there(&window, name), "{name} by its keys");
            window.key_press(Key::Escape);
            window.until_gone(back);
            window.click(if language == Language::English { "Tools" } else { "工具" });
            window.get(By::new().role(Role::MenuItem).label(command)).click();
            window.until_label(back);
            window.click(back);
            window.until_gone(back);
            window.key_press_modifiers(Modifiers::COMMAND, Key::K);
            window.run_steps(3);
            window.event(Event::Text((*command).to_owned()));
            window.run_steps(3);
            window.key_press(Key::Enter);
            window.until_label(back);
            // The views of the lab take their place again.
            window.key_press_modifiers(Modifiers::ALT, Key::Num1);
            window.until_gone(back);
            window.key_press(Key::F7);
            window.until_label(back);
            window.key_press(Key::F7);
            window.until_gone(back);
        }
    }
}

#[test]
fn escape_leaves_a_field_first_and_a_palette_before_the_tools() {
    let mut window = tool(Key::P, WIDE, Language::English);
    replace(&mut window, "Format", "!H");
    window.key_press(Key::Escape);
    window.run_steps(2);
    assert!(is_there(&window, "Back to the log (Esc)"), "only the field is left");
    window.key_press_modifiers(Modifiers::COMMAND, Key::K);
    window.run_steps(3);
    window.key_press(Key::Escape);
    window.run_steps(3);
    assert!(is_there(&window, "Back to the log (Esc)"), "only the palette is put away");
    window.key_press(Key::Escape);
    window.until_gone("Back to the log (Esc)");
}

#[test]
fn nothing_of_a_tool_stands_outside_of_the_window() {
    for (size, language) in
        [([1920.0, 1200.0], Language::English), ([1024.0, 640.0], Language::Chinese), ([800.0, 500.0], Language::English)]
    {
        let mut window = Window::of_scene(traces::echo(), size, Theme::Light, language);
        let screen = egui::Rect::from_min_size(egui::Pos2::ZERO, size.into());
        for (key, ..) in TOOLS {
            show(&mut window, *key);
            for node in window.root().children_recursive() {
                let kit = node.accesskit_node();
                if matches!(kit.role(), Role::Button | Role::ComboBox | Role::TextInput | Role::RadioButton) && !kit.is_hidden() {
                    assert!(
                        screen.expand(1.0).contains_rect(node.rect()),
                        "{:?} at {:?} of {size:?} in {language}",
                        kit.label(),
                        node.rect()
                    );
                    assert!(kit.label().is_some_and(|label| !label.is_empty()), "a control without a name: {kit:?}");
                }
            }
        }
    }
}
