//! The keys of commands, as they are pressed.

use egui::{Event, Key, KeyboardShortcut, Modifiers};

use super::command::{Action, Actions, COMMANDS};
use super::now::Now;

/// Takes the keys of commands out of the input.
pub(crate) fn pressed(ctx: &egui::Context, now: &Now, actions: &mut Actions) {
    // With most modifiers first: F5 alone would take Shift+F5 too.
    let mut rows = COMMANDS.iter().collect::<Vec<_>>();
    rows.sort_by_key(|row| std::cmp::Reverse(modifiers(row.keys)));
    let typing = ctx.text_edit_focused();
    for row in rows {
        if typing && row.command.is_of_text() {
            continue;
        }
        if row.keys.logical_key == Key::F10 && is_menu_key(ctx) {
            continue;
        }
        let is_pressed = ctx.input_mut(|input| input.consume_shortcut(&row.keys));
        if is_pressed && row.keys.modifiers.alt {
            // Alt and a key also write its character, which is not meant for the field that has the cursor.
            ctx.input_mut(|input| input.events.retain(|event| !matches!(event, Event::Text(_))));
        }
        if is_pressed {
            actions.push(row.command.hindrance(now).map_or(Action::Run(row.command), Action::Hindered));
        }
    }
}

/// Whether Shift and F10 were pressed, which open the menu of what has the keyboard: F10 alone would take them too.
fn is_menu_key(ctx: &egui::Context) -> bool {
    let is_it = |event: &Event| matches!(event, Event::Key { key: Key::F10, modifiers, .. } if modifiers.shift);
    ctx.input(|input| input.events.iter().any(is_it))
}

fn modifiers(keys: KeyboardShortcut) -> usize {
    let Modifiers { alt, ctrl, shift, command, .. } = keys.modifiers;
    [alt, ctrl, shift, command].into_iter().filter(|held| *held).count()
}
