//! What a person can do: one table of commands feeds menus, buttons and keys; one list of actions collects what was done in a frame.

use std::path::PathBuf;

use egui::{Key, KeyboardShortcut, Modifiers};
use egui_material_icons::MaterialIcon;
use egui_material_icons::icons::{
    ICON_ARROW_DOWNWARD, ICON_ARROW_UPWARD, ICON_CLOSE, ICON_CONTENT_COPY, ICON_DARK_MODE, ICON_EDIT, ICON_FILTER_LIST, ICON_FOLDER_OPEN,
    ICON_PLAY_ARROW, ICON_REDO, ICON_REPLAY, ICON_SAVE_AS, ICON_STOP, ICON_TRANSLATE, ICON_UNDO, ICON_VERTICAL_ALIGN_BOTTOM, ICON_ZOOM_IN,
    ICON_ZOOM_OUT,
};

use crate::program::{ProgramKind, SendTo, Spec};
use crate::text;
use crate::text::{Language, Message};
use crate::wire::Charset;

/// What can be done without saying more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Command {
    /// Start all programs, in the order of the lab.
    StartAll,
    /// Stop all programs.
    StopAll,
    /// Start the chosen program, or stop it.
    StartOrStop,
    /// Stop the chosen program and start it again.
    Restart,
    /// Take the last change of the lab back.
    Undo,
    /// Make it again.
    Redo,
    /// Add a copy of the chosen program.
    Duplicate,
    /// Give the chosen program another name.
    Rename,
    /// Move the chosen program up in the list.
    MoveUp,
    /// Move it down.
    MoveDown,
    /// Take the chosen program out of the lab.
    Remove,
    /// Ask for a lab and open it.
    Open,
    /// Ask for a file and save the lab.
    Save,
    /// Close the window.
    Quit,
    /// Stay at the newest row.
    Follow,
    /// Show what the lab itself did.
    ShowLab,
    /// Put the cursor into the filter.
    Filter,
    /// The next language.
    Language,
    /// Light or dark.
    Theme,
    /// Larger.
    ZoomIn,
    /// Smaller.
    ZoomOut,
    /// As large as it was drawn for.
    ZoomReset,
}

/// A row of [`COMMANDS`].
#[derive(Debug)]
pub(crate) struct Row {
    /// The command.
    pub(crate) command: Command,
    /// What it is called in menus and on buttons.
    pub(crate) name: fn() -> Message,
    /// What it does, for a tooltip.
    pub(crate) tooltip: fn() -> Message,
    /// Its icon, where it has one.
    pub(crate) icon: Option<MaterialIcon>,
    /// Its keys.
    pub(crate) keys: KeyboardShortcut,
}

const fn keys(modifiers: Modifiers, key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(modifiers, key)
}

macro_rules! commands {
    ($($command:ident: $name:literal, $tooltip:literal, $icon:expr, $keys:expr;)*) => {
        /// Every command, once.
        pub(crate) static COMMANDS: &[Row] = &[$(Row {
            command: Command::$command,
            name: || text!($name),
            tooltip: || text!($tooltip),
            icon: $icon,
            keys: $keys,
        },)*];
    };
}

commands! {
    StartAll: "ui-command-start-all", "ui-command-start-all-tip", Some(ICON_PLAY_ARROW), keys(Modifiers::NONE, Key::F5);
    StopAll: "ui-command-stop-all", "ui-command-stop-all-tip", Some(ICON_STOP), keys(Modifiers::SHIFT, Key::F5);
    StartOrStop: "ui-command-start-or-stop", "ui-command-start-or-stop-tip", None, keys(Modifiers::NONE, Key::F6);
    Restart: "ui-command-restart", "ui-command-restart-tip", Some(ICON_REPLAY), keys(Modifiers::SHIFT, Key::F6);
    Undo: "ui-command-undo", "ui-command-undo-tip", Some(ICON_UNDO), keys(Modifiers::COMMAND, Key::Z);
    Redo: "ui-command-redo", "ui-command-redo-tip", Some(ICON_REDO), keys(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::Z);
    Duplicate: "ui-command-duplicate", "ui-command-duplicate-tip", Some(ICON_CONTENT_COPY), keys(Modifiers::COMMAND, Key::D);
    Rename: "ui-command-rename", "ui-command-rename-tip", Some(ICON_EDIT), keys(Modifiers::NONE, Key::F2);
    MoveUp: "ui-command-move-up", "ui-command-move-up-tip", Some(ICON_ARROW_UPWARD), keys(Modifiers::ALT, Key::ArrowUp);
    MoveDown: "ui-command-move-down", "ui-command-move-down-tip", Some(ICON_ARROW_DOWNWARD), keys(Modifiers::ALT, Key::ArrowDown);
    Remove: "ui-command-remove", "ui-command-remove-tip", Some(ICON_CLOSE), keys(Modifiers::COMMAND, Key::Delete);
    Open: "ui-command-open", "ui-command-open-tip", Some(ICON_FOLDER_OPEN), keys(Modifiers::COMMAND, Key::O);
    Save: "ui-command-save", "ui-command-save-tip", Some(ICON_SAVE_AS), keys(Modifiers::COMMAND, Key::S);
    Quit: "ui-command-quit", "ui-command-quit-tip", Some(ICON_CLOSE), keys(Modifiers::COMMAND, Key::Q);
    Follow: "ui-command-follow", "ui-command-follow-tip", Some(ICON_VERTICAL_ALIGN_BOTTOM), keys(Modifiers::COMMAND, Key::End);
    ShowLab: "ui-command-show-lab", "ui-command-show-lab-tip", None, keys(Modifiers::COMMAND, Key::H);
    Filter: "ui-command-filter", "ui-command-filter-tip", Some(ICON_FILTER_LIST), keys(Modifiers::COMMAND, Key::F);
    Language: "ui-command-language", "ui-command-language-tip", Some(ICON_TRANSLATE), keys(Modifiers::COMMAND, Key::L);
    Theme: "ui-command-theme", "ui-command-theme-tip", Some(ICON_DARK_MODE), keys(Modifiers::COMMAND, Key::T);
    ZoomIn: "ui-command-zoom-in", "ui-command-zoom-in-tip", Some(ICON_ZOOM_IN), keys(Modifiers::COMMAND, Key::Plus);
    ZoomOut: "ui-command-zoom-out", "ui-command-zoom-out-tip", Some(ICON_ZOOM_OUT), keys(Modifiers::COMMAND, Key::Minus);
    ZoomReset: "ui-command-zoom-reset", "ui-command-zoom-reset-tip", None, keys(Modifiers::COMMAND, Key::Num0);
}

impl Command {
    /// Whether a field in which a person types has these keys for itself.
    const fn is_of_text(self) -> bool {
        matches!(self, Self::Undo | Self::Redo | Self::Remove)
    }

    /// Its row of the table.
    pub(crate) fn row(self) -> &'static Row {
        // Every command has a row: a test counts them.
        COMMANDS.iter().find(|row| row.command == self).unwrap_or(&COMMANDS[0])
    }
}

/// What was done in a frame. Run at its end.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Action {
    /// A command.
    Run(Command),
    /// Show this program.
    Choose(String),
    /// Start it.
    Start(String),
    /// Stop it.
    Stop(String),
    /// Stop it and start it again.
    Restart(String),
    /// Add a program of this kind.
    Add(ProgramKind),
    /// Take it out of the lab.
    Remove(String),
    /// Begin to give it another name.
    BeginRename(String),
    /// Call the first by the name of the second.
    Rename(String, String),
    /// Add a copy of it.
    Duplicate(String),
    /// Move it one place up, or down.
    Shift(String, bool),
    /// Move it to this place.
    Put(String, usize),
    /// Stop it, and start it again as this.
    RestartWith(Box<Spec>),
    /// The program of this name is now to be this.
    Edit(String, Box<Spec>),
    /// Send these bytes.
    Send(String, SendTo, Vec<u8>),
    /// Open the sample of this place in the table.
    Sample(usize),
    /// Open this file.
    OpenFile(PathBuf),
    /// Speak this language.
    Speak(Language),
    /// Read bytes in this character set.
    Charset(Charset),
    /// Look like this.
    Wear(egui::ThemePreference),
}

/// What was done in a frame, in order.
pub(crate) type Actions = Vec<Action>;

/// Takes the keys of commands out of the input.
pub(crate) fn pressed(ctx: &egui::Context, actions: &mut Actions) {
    // With Shift first: F5 alone would take Shift+F5 too.
    let mut rows = COMMANDS.iter().collect::<Vec<_>>();
    rows.sort_by_key(|row| (!row.keys.modifiers.shift, !row.keys.modifiers.any()));
    let typing = ctx.text_edit_focused();
    for row in rows {
        if typing && row.command.is_of_text() {
            continue;
        }
        if ctx.input_mut(|input| input.consume_shortcut(&row.keys)) {
            actions.push(Action::Run(row.command));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_has_one_row_and_keys_of_its_own() {
        for row in COMMANDS {
            assert_eq!(row.command.row().keys, row.keys, "{:?}", row.command);
            let alike = COMMANDS.iter().filter(|other| other.keys == row.keys || other.command == row.command).count();
            assert_eq!(alike, 1, "{:?}", row.command);
            for language in Language::ALL {
                assert!(!(row.name)().in_language(language).starts_with('⟨'), "{:?} in {language}", row.command);
                assert!(!(row.tooltip)().in_language(language).starts_with('⟨'), "{:?} in {language}", row.command);
            }
        }
        assert_eq!(COMMANDS.len(), 22, "a command without a row would run another");
    }
}
