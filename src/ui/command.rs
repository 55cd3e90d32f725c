//! What a person can do: one table of commands feeds menus, buttons and keys; one list of actions collects what was done in a frame.

use std::path::PathBuf;

use egui::{Key, KeyboardShortcut, Modifiers};
use egui_material_icons::MaterialIcon;
use egui_material_icons::icons::{
    ICON_ARROW_DOWNWARD, ICON_ARROW_UPWARD, ICON_BOOKMARK, ICON_CLEAR_ALL, ICON_CLOSE, ICON_COMPARE_ARROWS, ICON_CONTENT_COPY,
    ICON_DARK_MODE, ICON_DATA_OBJECT, ICON_DNS, ICON_DOWNLOAD, ICON_EDIT, ICON_FIBER_MANUAL_RECORD, ICON_FILTER_LIST, ICON_FOLDER_OPEN,
    ICON_FORUM, ICON_FRONT_HAND, ICON_HANDYMAN, ICON_HISTORY, ICON_INFO, ICON_KEYBOARD, ICON_LAN, ICON_LAYERS, ICON_NOTE_ADD,
    ICON_NOTIFICATIONS, ICON_PAUSE, ICON_PLAY_ARROW, ICON_REDO, ICON_REPLAY, ICON_RESUME, ICON_SAVE, ICON_SAVE_AS, ICON_SCIENCE,
    ICON_SEARCH, ICON_STEP, ICON_STOP, ICON_STOP_CIRCLE, ICON_SWAP_VERT, ICON_TABLE_ROWS, ICON_TRANSLATE, ICON_UNDO,
    ICON_VERTICAL_ALIGN_BOTTOM, ICON_ZOOM_IN, ICON_ZOOM_OUT,
};

use super::now::Now;
use super::other_side::Other;
use crate::program::manual::Press;
use crate::program::{self, ProgramKind, Spec};
use crate::text;
use crate::text::{Language, Message};
use crate::trace::conversation::{Ends, Side, Written};
use crate::trace::{Address, ProgramId, SocketId};
use crate::wire::Charset;

/// What can be done without saying more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Command {
    /// Start all programs, in the order of the lab.
    StartAll,
    /// Start them, each held before its first call.
    StartAllHeld,
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
    /// Copy the other side of the chosen program as a Python script.
    CopyScript,
    /// Ask for a file and save it there.
    SaveScript,
    /// Copy the address at which the chosen program and its other side meet.
    CopyAddress,
    /// Take the chosen program out of the lab.
    Remove,
    /// Show the first program of the list.
    Program1,
    /// The second.
    Program2,
    /// The third.
    Program3,
    /// The fourth.
    Program4,
    /// The fifth.
    Program5,
    /// The sixth.
    Program6,
    /// The seventh.
    Program7,
    /// The eighth.
    Program8,
    /// The ninth.
    Program9,
    /// A lab without programs.
    New,
    /// Show all sample labs.
    Samples,
    /// Ask for a lab or a recording and open it.
    Open,
    /// Save the lab in its file.
    Save,
    /// Ask for a file and save the lab.
    SaveAs,
    /// Ask for a file and record what happens.
    Record,
    /// End the recording.
    StopRecording,
    /// Open the lab that was recorded.
    OpenRecordedLab,
    /// Close the window.
    Quit,
    /// Stay at the newest row.
    Follow,
    /// Show what the lab itself did.
    ShowLab,
    /// Put the cursor into the filter.
    Filter,
    /// Look for text or bytes in the log.
    Find,
    /// Go to the row of a number.
    GoToRow,
    /// The next row that was found.
    FindNext,
    /// The previous row that was found.
    FindPrevious,
    /// Let the log stand still while rows come, or go on.
    Pause,
    /// Hide the rows before the chosen one.
    HideBefore,
    /// Show the rows that were hidden.
    ShowEarlier,
    /// Mark the chosen rows.
    Mark,
    /// Let the call of the chosen program go that is held, and hold the next; where none is held, hold it.
    Step,
    /// Hold no call of the chosen program any more.
    StepOn,
    /// Let its calls go up to the next accept.
    StepToAccept,
    /// Up to the next receive.
    StepToRecv,
    /// Up to the next error.
    StepToError,
    /// Show every call.
    LogView,
    /// Show whom the chosen program talks to.
    PeersView,
    /// Show the view of transfers.
    TransfersView,
    /// Show what load clients measured.
    LoadsView,
    /// Show what the kernel knows of the sockets.
    KernelView,
    /// Show what each thread is in.
    ThreadsView,
    /// Show the options of the sockets.
    OptionsView,
    /// Show a socket call by call.
    CallsView,
    /// Ask for a file and save what was received.
    SaveReceived,
    /// Show the packets of the chosen transfer as a ladder, or its figures again.
    PacketLadder,
    /// Show the tools that were shown last, or the log again.
    Tools,
    /// Show the tool that packs and unpacks values.
    PackTool,
    /// Show the tool that works out networks.
    AddressesTool,
    /// Show the tool that shows a message as the wire has it.
    LayersTool,
    /// Show TCP against UDP.
    CompareTool,
    /// Show the tool that looks up names.
    ResolverTool,
    /// Show the tool that lists this machine's sockets.
    PortsTool,
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
    /// Show what the socket of the chosen row and its peer said to each other.
    Converse,
    /// Fold the programs to a rail, or unfold them.
    FoldPrograms,
    /// Fold the form to one line, or unfold it.
    FoldForm,
    /// Search or run a command.
    Palette,
    /// Show all keys.
    Keys,
    /// Show what was told.
    Notices,
    /// Show version and licences.
    About,
}

/// What a command is about: where it stands in the list of keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Topic {
    /// Labs and files.
    Lab,
    /// Programs.
    Programs,
    /// What is shown.
    View,
    /// What computes or looks things up, beside the lab.
    Tools,
    /// Help, and what was told.
    Help,
}

impl Topic {
    /// All, in their order.
    pub(crate) const ALL: [Self; 5] = [Self::Lab, Self::Programs, Self::View, Self::Tools, Self::Help];

    /// What it is called: the menu of the same name holds its commands.
    pub(crate) fn name(self) -> Message {
        match self {
            Self::Lab => text!("ui-menu-lab"),
            Self::Programs => text!("ui-menu-programs"),
            Self::View => text!("ui-menu-view"),
            Self::Tools => text!("ui-menu-tools"),
            Self::Help => text!("ui-menu-help"),
        }
    }
}

/// A row of [`COMMANDS`].
#[derive(Debug)]
pub(crate) struct Row {
    /// The command.
    pub(crate) command: Command,
    /// What it is about.
    pub(crate) topic: Topic,
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
    ($($topic:ident $command:ident: $name:literal $(($place:literal))?, $tooltip:literal, $icon:expr, $keys:expr;)*) => {
        /// Every command, once.
        pub(crate) static COMMANDS: &[Row] = &[$(Row {
            command: Command::$command,
            topic: Topic::$topic,
            name: || text!($name $(, place = $place)?),
            tooltip: || text!($tooltip),
            icon: $icon,
            keys: $keys,
        },)*];
    };
}

commands! {
    Programs StartAll: "ui-command-start-all", "ui-command-start-all-tip", Some(ICON_PLAY_ARROW), keys(Modifiers::NONE, Key::F5);
    Programs StartAllHeld: "ui-command-start-all-held", "ui-command-start-all-held-tip", Some(ICON_FRONT_HAND), keys(Modifiers::COMMAND, Key::F5);
    Programs StopAll: "ui-command-stop-all", "ui-command-stop-all-tip", Some(ICON_STOP), keys(Modifiers::SHIFT, Key::F5);
    Programs StartOrStop: "ui-command-start-or-stop", "ui-command-start-or-stop-tip", None, keys(Modifiers::NONE, Key::F6);
    Programs Restart: "ui-command-restart", "ui-command-restart-tip", Some(ICON_REPLAY), keys(Modifiers::SHIFT, Key::F6);
    Programs Undo: "ui-command-undo", "ui-command-undo-tip", Some(ICON_UNDO), keys(Modifiers::COMMAND, Key::Z);
    Programs Redo: "ui-command-redo", "ui-command-redo-tip", Some(ICON_REDO), keys(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::Z);
    Programs Duplicate: "ui-command-duplicate", "ui-command-duplicate-tip", Some(ICON_CONTENT_COPY), keys(Modifiers::COMMAND, Key::D);
    Programs Rename: "ui-command-rename", "ui-command-rename-tip", Some(ICON_EDIT), keys(Modifiers::NONE, Key::F2);
    Programs MoveUp: "ui-command-move-up", "ui-command-move-up-tip", Some(ICON_ARROW_UPWARD), keys(Modifiers::ALT, Key::ArrowUp);
    Programs MoveDown: "ui-command-move-down", "ui-command-move-down-tip", Some(ICON_ARROW_DOWNWARD), keys(Modifiers::ALT, Key::ArrowDown);
    Programs CopyScript: "ui-command-copy-script", "ui-command-copy-script-tip", Some(ICON_CONTENT_COPY), keys(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::Y);
    Programs SaveScript: "ui-command-save-script", "ui-command-save-script-tip", Some(ICON_SAVE_AS), keys(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::U);
    Programs CopyAddress: "ui-command-copy-address", "ui-command-copy-address-tip", Some(ICON_CONTENT_COPY), keys(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::L);
    Programs Remove: "ui-command-remove", "ui-command-remove-tip", Some(ICON_CLOSE), keys(Modifiers::COMMAND, Key::Delete);
    Programs Program1: "ui-command-program" ("1"), "ui-command-program-tip", None, keys(Modifiers::COMMAND, Key::Num1);
    Programs Program2: "ui-command-program" ("2"), "ui-command-program-tip", None, keys(Modifiers::COMMAND, Key::Num2);
    Programs Program3: "ui-command-program" ("3"), "ui-command-program-tip", None, keys(Modifiers::COMMAND, Key::Num3);
    Programs Program4: "ui-command-program" ("4"), "ui-command-program-tip", None, keys(Modifiers::COMMAND, Key::Num4);
    Programs Program5: "ui-command-program" ("5"), "ui-command-program-tip", None, keys(Modifiers::COMMAND, Key::Num5);
    Programs Program6: "ui-command-program" ("6"), "ui-command-program-tip", None, keys(Modifiers::COMMAND, Key::Num6);
    Programs Program7: "ui-command-program" ("7"), "ui-command-program-tip", None, keys(Modifiers::COMMAND, Key::Num7);
    Programs Program8: "ui-command-program" ("8"), "ui-command-program-tip", None, keys(Modifiers::COMMAND, Key::Num8);
    Programs Program9: "ui-command-program" ("9"), "ui-command-program-tip", None, keys(Modifiers::COMMAND, Key::Num9);
    Lab New: "ui-command-new", "ui-command-new-tip", Some(ICON_NOTE_ADD), keys(Modifiers::COMMAND, Key::N);
    Lab Samples: "ui-command-samples", "ui-command-samples-tip", Some(ICON_SCIENCE), keys(Modifiers::COMMAND, Key::E);
    Lab Open: "ui-command-open", "ui-command-open-tip", Some(ICON_FOLDER_OPEN), keys(Modifiers::COMMAND, Key::O);
    Lab Save: "ui-command-save", "ui-command-save-tip", Some(ICON_SAVE), keys(Modifiers::COMMAND, Key::S);
    Lab SaveAs: "ui-command-save-as", "ui-command-save-as-tip", Some(ICON_SAVE_AS), keys(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::S);
    Lab Record: "ui-command-record", "ui-command-record-tip", Some(ICON_FIBER_MANUAL_RECORD), keys(Modifiers::COMMAND, Key::R);
    Lab StopRecording: "ui-command-stop-recording", "ui-command-stop-recording-tip", Some(ICON_STOP_CIRCLE), keys(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::R);
    Lab OpenRecordedLab: "ui-command-open-recorded", "ui-command-open-recorded-tip", Some(ICON_SCIENCE), keys(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::O);
    Lab Quit: "ui-command-quit", "ui-command-quit-tip", Some(ICON_CLOSE), keys(Modifiers::COMMAND, Key::Q);
    View Follow: "ui-command-follow", "ui-command-follow-tip", Some(ICON_VERTICAL_ALIGN_BOTTOM), keys(Modifiers::COMMAND, Key::End);
    View ShowLab: "ui-command-show-lab", "ui-command-show-lab-tip", None, keys(Modifiers::COMMAND, Key::H);
    View Filter: "ui-command-filter", "ui-command-filter-tip", Some(ICON_FILTER_LIST), keys(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::F);
    View Find: "ui-command-find", "ui-command-find-tip", Some(ICON_SEARCH), keys(Modifiers::COMMAND, Key::F);
    View GoToRow: "ui-command-go-to-row", "ui-command-go-to-row-tip", None, keys(Modifiers::COMMAND, Key::G);
    View FindNext: "ui-command-find-next", "ui-command-find-next-tip", None, keys(Modifiers::NONE, Key::F3);
    View FindPrevious: "ui-command-find-previous", "ui-command-find-previous-tip", None, keys(Modifiers::SHIFT, Key::F3);
    View Pause: "ui-command-pause", "ui-command-pause-tip", Some(ICON_PAUSE), keys(Modifiers::COMMAND, Key::P);
    View HideBefore: "ui-command-hide-before", "ui-command-hide-before-tip", Some(ICON_CLEAR_ALL), keys(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::H);
    View ShowEarlier: "ui-command-show-earlier", "ui-command-show-earlier-tip", Some(ICON_HISTORY), keys(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::E);
    View Mark: "ui-command-mark", "ui-command-mark-tip", Some(ICON_BOOKMARK), keys(Modifiers::COMMAND, Key::B);
    View Step: "ui-command-step", "ui-command-step-tip", Some(ICON_STEP), keys(Modifiers::NONE, Key::F10);
    View StepOn: "ui-command-step-on", "ui-command-step-on-tip", Some(ICON_RESUME), keys(Modifiers::NONE, Key::F8);
    View StepToAccept: "ui-command-step-accept", "ui-command-step-accept-tip", None, keys(Modifiers::SHIFT, Key::F9);
    View StepToRecv: "ui-command-step-recv", "ui-command-step-recv-tip", None, keys(Modifiers::NONE, Key::F9);
    View StepToError: "ui-command-step-error", "ui-command-step-error-tip", None, keys(Modifiers::COMMAND, Key::F9);
    View LogView: "ui-command-log", "ui-command-log-tip", None, keys(Modifiers::ALT, Key::Num1);
    View PeersView: "ui-command-peers", "ui-command-peers-tip", None, keys(Modifiers::ALT, Key::Num2);
    View TransfersView: "ui-command-transfers", "ui-command-transfers-tip", None, keys(Modifiers::ALT, Key::Num3);
    View LoadsView: "ui-command-loads", "ui-command-loads-tip", None, keys(Modifiers::ALT, Key::Num5);
    View KernelView: "ui-command-kernel", "ui-command-kernel-tip", None, keys(Modifiers::ALT, Key::Num6);
    View ThreadsView: "ui-command-threads", "ui-command-threads-tip", None, keys(Modifiers::ALT, Key::Num7);
    View OptionsView: "ui-command-options", "ui-command-options-tip", None, keys(Modifiers::ALT, Key::Num8);
    View CallsView: "ui-command-calls", "ui-command-calls-tip", None, keys(Modifiers::ALT, Key::Num9);
    Lab SaveReceived: "ui-command-save-received", "ui-command-save-received-tip", Some(ICON_DOWNLOAD), keys(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::D);
    View PacketLadder: "ui-command-ladder", "ui-command-ladder-tip", Some(ICON_SWAP_VERT), keys(Modifiers::ALT, Key::Num4);
    Tools Tools: "ui-command-tools", "ui-command-tools-tip", Some(ICON_HANDYMAN), keys(Modifiers::NONE, Key::F7);
    Tools PackTool: "ui-command-pack", "ui-command-pack-tip", Some(ICON_DATA_OBJECT), keys(Modifiers::ALT, Key::P);
    Tools AddressesTool: "ui-command-addresses", "ui-command-addresses-tip", Some(ICON_LAN), keys(Modifiers::ALT, Key::A);
    Tools LayersTool: "ui-command-layers", "ui-command-layers-tip", Some(ICON_LAYERS), keys(Modifiers::ALT, Key::L);
    Tools CompareTool: "ui-command-compare", "ui-command-compare-tip", Some(ICON_COMPARE_ARROWS), keys(Modifiers::ALT, Key::C);
    Tools ResolverTool: "ui-command-resolver", "ui-command-resolver-tip", Some(ICON_DNS), keys(Modifiers::ALT, Key::N);
    Tools PortsTool: "ui-command-ports", "ui-command-ports-tip", Some(ICON_TABLE_ROWS), keys(Modifiers::ALT, Key::T);
    View Language: "ui-command-language", "ui-command-language-tip", Some(ICON_TRANSLATE), keys(Modifiers::COMMAND, Key::L);
    View Theme: "ui-command-theme", "ui-command-theme-tip", Some(ICON_DARK_MODE), keys(Modifiers::COMMAND, Key::T);
    View ZoomIn: "ui-command-zoom-in", "ui-command-zoom-in-tip", Some(ICON_ZOOM_IN), keys(Modifiers::COMMAND, Key::Plus);
    View ZoomOut: "ui-command-zoom-out", "ui-command-zoom-out-tip", Some(ICON_ZOOM_OUT), keys(Modifiers::COMMAND, Key::Minus);
    View ZoomReset: "ui-command-zoom-reset", "ui-command-zoom-reset-tip", None, keys(Modifiers::COMMAND, Key::Num0);
    View Converse: "ui-command-converse", "ui-command-converse-tip", Some(ICON_FORUM), keys(Modifiers::COMMAND, Key::Enter);
    View FoldPrograms: "ui-command-fold-programs", "ui-command-fold-programs-tip", None, keys(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::P);
    View FoldForm: "ui-command-fold-form", "ui-command-fold-form-tip", None, keys(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::B);
    Help Palette: "ui-command-palette", "ui-command-palette-tip", Some(ICON_SEARCH), keys(Modifiers::COMMAND, Key::K);
    Help Keys: "ui-command-keys", "ui-command-keys-tip", Some(ICON_KEYBOARD), keys(Modifiers::NONE, Key::F1);
    Help Notices: "ui-command-notices", "ui-command-notices-tip", Some(ICON_NOTIFICATIONS), keys(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::N);
    Help About: "ui-command-about", "ui-command-about-tip", Some(ICON_INFO), keys(Modifiers::SHIFT, Key::F1);
}

impl Command {
    /// Whether a field in which a person types has these keys for itself.
    pub(super) const fn is_of_text(self) -> bool {
        matches!(self, Self::Undo | Self::Redo | Self::Remove)
    }

    /// The place in the list of the program that it shows, counted from 0; none for every other command.
    pub(crate) const fn place(self) -> Option<usize> {
        let place = (self as usize).wrapping_sub(Self::Program1 as usize);
        if place <= Self::Program9 as usize - Self::Program1 as usize { Some(place) } else { None }
    }

    /// What shows the program of that place, for those that have keys.
    pub(crate) fn of_place(place: usize) -> Option<&'static Row> {
        COMMANDS.iter().find(|row| row.command.place() == Some(place))
    }

    /// Its row of the table.
    pub(crate) fn row(self) -> &'static Row {
        // Every command has a row: a test counts them.
        COMMANDS.iter().find(|row| row.command == self).unwrap_or(&COMMANDS[0])
    }
}

impl Command {
    /// Why it is not possible now; none where it is.
    pub(crate) fn hindrance(self, now: &Now) -> Option<Message> {
        match self {
            Self::StartAll
            | Self::StartAllHeld
            | Self::Step
            | Self::StopAll
            | Self::StartOrStop
            | Self::Restart
            | Self::Undo
            | Self::Redo
            | Self::Duplicate
            | Self::Rename
            | Self::MoveUp
            | Self::MoveDown
            | Self::Remove
            | Self::Record
            | Self::StopRecording
                if now.is_recorded =>
            {
                Some(text!("ui-recording-only-looked-at"))
            }
            Self::OpenRecordedLab if !now.is_recorded => Some(text!("ui-not-now-no-recording")),
            Self::Record if now.recording == Some(true) => Some(text!("ui-not-now-recording")),
            Self::Record if now.recording == Some(false) => Some(text!("ui-not-now-recorded")),
            Self::StopRecording if now.recording != Some(true) => Some(text!("ui-not-now-not-recording")),
            Self::StartAll | Self::StartAllHeld if now.programs == 0 => Some(text!("ui-not-now-no-program")),
            Self::StartAll | Self::StartAllHeld if now.running == now.programs => Some(text!("ui-not-now-all-run")),
            Self::StopAll if now.running == 0 => Some(text!("ui-not-now-none-runs")),
            Self::StartOrStop
            | Self::Restart
            | Self::Duplicate
            | Self::Rename
            | Self::Step
            | Self::MoveUp
            | Self::MoveDown
            | Self::Remove
                if now.chosen.is_none() =>
            {
                Some(text!("ui-not-now-none-chosen"))
            }
            Self::StepOn if !now.chosen.as_ref().is_some_and(|chosen| chosen.stepped) => Some(text!("ui-not-now-not-held")),
            Self::StepToAccept | Self::StepToRecv | Self::StepToError if !now.chosen.as_ref().is_some_and(|chosen| chosen.runs) => {
                Some(text!("ui-not-now-chosen-stopped"))
            }
            Self::CopyScript | Self::SaveScript | Self::CopyAddress if now.chosen.is_none() => Some(text!("ui-not-now-none-chosen")),
            Self::MoveUp if now.chosen.as_ref().is_some_and(|chosen| chosen.place == 0) => Some(text!("ui-not-now-first")),
            Self::MoveDown if now.chosen.as_ref().is_some_and(|chosen| chosen.place + 1 == now.programs) => Some(text!("ui-not-now-last")),
            Self::Remove => {
                let running = now.chosen.as_ref().filter(|chosen| chosen.runs);
                running.map(|chosen| text!("ui-programs-running", program = chosen.name.as_str()))
            }
            Self::Undo if !now.steps.0 => Some(text!("ui-not-now-nothing-changed")),
            Self::Redo if !now.steps.1 => Some(text!("ui-not-now-nothing-taken-back")),
            Self::HideBefore if !now.log.shows => Some(text!("ui-not-now-no-rows")),
            Self::ShowEarlier if !now.log.hides => Some(text!("ui-not-now-none-hidden")),
            Self::Mark if now.is_recorded => Some(text!("ui-mark-recorded")),
            Self::Mark if !now.log.chosen => Some(text!("ui-mark-none")),
            _ if self.place().is_some_and(|place| place >= now.programs) => Some(text!("ui-not-now-fewer")),
            Self::TransfersView | Self::PacketLadder if !now.chosen.as_ref().is_some_and(|chosen| chosen.speaks_tftp) => {
                Some(text!("ui-not-now-no-tftp"))
            }
            Self::LoadsView if !now.has_loads => Some(text!("ui-not-now-no-load")),
            Self::SaveReceived if now.kept == 0 => Some(text!("ui-not-now-none-kept")),
            Self::Converse if now.socket.is_none() => Some(text!("ui-not-now-no-socket")),
            _ => None,
        }
    }
}

/// What was done in a frame. Run at its end.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Action {
    /// A command.
    Run(Command),
    /// The keys of a command were pressed that is not possible now; why.
    Hindered(Message),
    /// Show this program.
    Choose(String),
    /// Start it.
    Start(String),
    /// Start it, held before its first call.
    StartHeld(String),
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
    /// Hand out the other side of the program of this name: its script to copy, or to save, or where the two meet.
    OtherSide(String, Other),
    /// Mark the row of this number with a note, or take its mark away.
    Mark(u64, Option<String>),
    /// Ask the running program of this name to do something.
    Tell(String, program::Command),
    /// Make this call by hand, and keep it in the lab.
    Press(String, Box<Press>),
    /// Ask for a file that this program is to send.
    ChooseFile(String),
    /// Save the file that this run of a program received: in this file, which there is not yet, else the person is asked.
    SaveReceived(ProgramId, Option<PathBuf>),
    /// Keep it no longer.
    DiscardReceived(ProgramId),
    /// Ask for the path that is to stand in this field of the program of this name.
    ChoosePath(String, &'static str),
    /// Open the sample of this place in the table.
    Sample(usize),
    /// Open this file.
    OpenFile(PathBuf),
    /// Save the lab in this file, which there is not yet.
    SaveIn(PathBuf),
    /// Record into this file, which there is not yet.
    RecordIn(PathBuf),
    /// Give the lab this title.
    Title(String),
    /// Speak this language.
    Speak(Language),
    /// Show the conversation that this socket takes part in; where it is not connected, that with this peer.
    Converse(SocketId, Option<Address>),
    /// Ask for a file and save a conversation: of these ends, as seen from this side, so written.
    SaveTalk(Box<Ends>, Side, Written),
    /// Copy it, as far as a clipboard bears it.
    CopyTalk(Box<Ends>, Side, Written),
    /// Show the message of this row with all that is around it.
    Layers(u64),
    /// Look at the kernel so often, in milliseconds.
    LookEvery(u64),
    /// Unpack the bytes of this row.
    Unpack(u64),
    /// Show the packets of a transfer in the log: what this socket exchanged with this address.
    Packets(SocketId, Option<Address>),
    /// Read bytes in this character set.
    Charset(Charset),
    /// Look like this.
    Wear(egui::ThemePreference),
}

/// What was done in a frame, in order.
pub(crate) type Actions = Vec<Action>;

#[cfg(test)]
mod tests {
    use super::super::now::{Chosen, LogNow};
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
        assert_eq!(COMMANDS.len(), Command::About as usize + 1, "a command without a row would run another");
    }

    #[test]
    fn what_cannot_act_says_why() {
        let chosen = |place, runs| Some(Chosen { name: "server".to_owned(), place, runs, stepped: false, speaks_tftp: runs });
        let none = Now::default();
        let some = Now {
            programs: 2,
            running: 1,
            chosen: chosen(1, false),
            steps: (true, true),
            log: LogNow { shows: true, hides: true, chosen: true },
            has_loads: true,
            ..Now::default()
        };
        let why = |command: Command, now: &Now| command.hindrance(now).map(|why| why.key().to_owned());
        for (command, key) in [
            (Command::Undo, "ui-not-now-nothing-changed"),
            (Command::Redo, "ui-not-now-nothing-taken-back"),
            (Command::HideBefore, "ui-not-now-no-rows"),
            (Command::ShowEarlier, "ui-not-now-none-hidden"),
            (Command::Mark, "ui-mark-none"),
            (Command::LoadsView, "ui-not-now-no-load"),
            (Command::Program1, "ui-not-now-fewer"),
            (Command::Remove, "ui-not-now-none-chosen"),
            (Command::Step, "ui-not-now-none-chosen"),
        ] {
            assert_eq!(why(command, &none).as_deref(), Some(key), "{command:?}");
            assert_eq!(why(command, &some), None, "{command:?}");
        }
        assert_eq!(why(Command::StepOn, &some).as_deref(), Some("ui-not-now-not-held"));
        assert_eq!(why(Command::StepToRecv, &some).as_deref(), Some("ui-not-now-chosen-stopped"));
        assert_eq!(why(Command::StepToRecv, &Now { chosen: chosen(1, true), ..some.clone() }), None);
        assert_eq!(why(Command::MoveDown, &some).as_deref(), Some("ui-not-now-last"));
        assert_eq!(why(Command::MoveUp, &some), None);
        assert_eq!(why(Command::TransfersView, &some).as_deref(), Some("ui-not-now-no-tftp"));
        assert_eq!(why(Command::TransfersView, &Now { chosen: chosen(1, true), ..some.clone() }), None);
        assert_eq!(why(Command::MoveUp, &Now { chosen: chosen(0, false), ..some.clone() }).as_deref(), Some("ui-not-now-first"));
        assert_eq!(why(Command::Remove, &Now { chosen: chosen(0, true), ..some.clone() }).as_deref(), Some("ui-programs-running"));
        assert_eq!(why(Command::Program3, &some).as_deref(), Some("ui-not-now-fewer"));
    }

    #[test]
    fn the_keys_of_the_first_nine_programs_are_their_places() {
        for place in 0..9 {
            let row = Command::of_place(place).expect("a row");
            assert_eq!(egui::Context::default().format_shortcut(&row.keys), format!("Ctrl+{}", place + 1));
        }
        assert!(Command::of_place(9).is_none() && Command::Remove.place().is_none() && Command::New.place().is_none());
    }
}
