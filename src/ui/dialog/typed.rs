//! A field over the window in which a path is typed, where the system shows no dialog.

use std::path::{Path, PathBuf};

use crossbeam_channel::{Receiver, Sender, TryRecvError};
use egui::text::{CCursor, CCursorRange};
use egui::{Button, Context, Id, Key, Label, Margin, Response, RichText, Role, TextEdit, Ui};
use egui_material_icons::icons::{ICON_CANCEL, ICON_WARNING};

use super::place::{Said, Typed};
use super::{Purpose, Want};
use crate::text;
use crate::text::Message;
use crate::ui::look::{Look, named};
use crate::ui::{overlay, theme};

/// A path that a thread waits for.
pub(super) struct Request {
    /// What it is wanted for.
    pub(super) purpose: Purpose,
    /// What the dialog is called.
    pub(super) title: Message,
    /// What stands in the field at first.
    pub(super) proposed: String,
    /// The folder of a name alone.
    pub(super) folder: PathBuf,
    /// Takes what is typed; dropped where the person turns away.
    pub(super) answer: Sender<Typed>,
    /// What is said to it; without a sender once it will do.
    pub(super) told: Receiver<Said>,
}

/// A path that is being typed.
pub(super) struct Typing {
    request: Request,
    path: String,
    /// What was said to the path as it stands.
    said: Option<Said>,
    /// Whether the thread looks at what was typed.
    is_looked_at: bool,
    /// What is to get the keyboard.
    focus: Option<Focus>,
}

/// What gets the keyboard.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Focus {
    Field,
    /// The field, in which the name is marked, so that another one can be typed at once.
    Name,
    /// The button that leaves a file as it is.
    Keep,
}

/// What a person does.
enum Doing {
    /// States the path.
    Enter,
    /// States that the file there may go.
    Replace,
    /// Takes another name.
    Keep,
    /// Turns away.
    TurnAway,
}

impl Typing {
    /// The field for `request`.
    pub(super) fn of(request: Request) -> Self {
        Self { path: request.proposed.clone(), request, said: None, is_looked_at: false, focus: Some(Focus::Name) }
    }

    /// Draws it; returns whether it is done with.
    pub(super) fn show(&mut self, ctx: &Context, look: &Look) -> bool {
        match self.request.told.try_recv() {
            Ok(said) => self.hear(said),
            // It will do.
            Err(TryRecvError::Disconnected) => return true,
            Err(TryRecvError::Empty) => {}
        }
        let modal = overlay::question("typed path", look).show(ctx, |ui| {
            overlay::asked(ui);
            ui.label(RichText::new(look.say(&self.request.title)).font(theme::strong(15.0)));
            let entered = self.field(ui, look);
            self.below(ui, look);
            let pressed = ui.horizontal(|ui| self.buttons(ui, look)).inner;
            pressed.or_else(|| entered.then_some(Doing::Enter))
        });
        match if modal.should_close() { Some(Doing::TurnAway) } else { modal.inner } {
            Some(Doing::TurnAway) => return true,
            Some(Doing::Enter) => self.state(false),
            Some(Doing::Replace) => self.state(true),
            Some(Doing::Keep) => (self.said, self.focus) = (None, Some(Focus::Name)),
            None => {}
        }
        false
    }

    /// Takes in what was said to what was typed.
    fn hear(&mut self, said: Said) {
        self.is_looked_at = false;
        self.focus = Some(if matches!(said, Said::Exists(_)) { Focus::Keep } else { Focus::Field });
        self.said = Some(said);
    }

    /// Hands the path to the thread that waits for it.
    fn state(&mut self, replaces: bool) {
        if !self.is_looked_at {
            self.is_looked_at = self.request.answer.try_send(Typed { path: self.path.clone(), replaces }).is_ok();
        }
    }

    /// Draws the field; returns whether Enter was pressed in it.
    fn field(&mut self, ui: &mut Ui, look: &Look) -> bool {
        let name = look.say(&match self.request.purpose.want() {
            Want::File | Want::Place => text!("ui-typed-file"),
            Want::Folder | Want::RoomyFolder => text!("ui-typed-folder-path"),
        });
        let field = TextEdit::singleline(&mut self.path)
            .id(field_id())
            .font(theme::mono(12.0))
            .hint_text(&name)
            .desired_width(f32::INFINITY)
            .margin(Margin::symmetric(6, 4));
        let tip = text!("ui-typed-tip", folder = self.request.folder.display().to_string());
        let response = ui.add_enabled(!self.is_looked_at, field).accessible_name(&name).on_hover_text(look.say(&tip));
        if response.changed() {
            self.said = None;
        }
        self.hand_keyboard(Focus::Field, &response);
        if self.hand_keyboard(Focus::Name, &response) {
            mark_name(ui.ctx(), &self.path, self.request.purpose.want());
        }
        response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter))
    }

    /// What stands below the field: what was said to the path, else why it is to be typed.
    fn below(&self, ui: &mut Ui, look: &Look) {
        let (icon, colour, words) = match &self.said {
            None => {
                look.secondary(ui, look.say(&text!("ui-typed-why")));
                return;
            }
            Some(Said::Problem(problem)) => (ICON_CANCEL, look.roles.error, look.say(problem)),
            Some(Said::Exists(file)) => {
                (ICON_WARNING, look.roles.wait, look.say(&text!("ui-typed-exists", file = file.display().to_string())))
            }
        };
        ui.horizontal_top(|ui| {
            ui.label(RichText::new(icon.codepoint).font(theme::icon(16.0)).color(colour));
            ui.add(Label::new(words).wrap());
        });
    }

    fn buttons(&mut self, ui: &mut Ui, look: &Look) -> Option<Doing> {
        let mut doing = None;
        if matches!(self.said, Some(Said::Exists(_))) {
            let keep = plain(ui, &text!("ui-typed-keep"), &text!("ui-typed-keep-tip"), look);
            self.hand_keyboard(Focus::Keep, &keep);
            if keep.clicked() {
                doing = Some(Doing::Keep);
            }
            if plain(ui, &text!("ui-typed-replace"), &text!("ui-typed-replace-tip"), look).clicked() {
                doing = Some(Doing::Replace);
            }
        } else {
            let (words, tip) = match self.request.purpose.want() {
                Want::Place => (text!("ui-typed-save"), text!("ui-typed-save-tip")),
                Want::File | Want::Folder | Want::RoomyFolder => (text!("ui-typed-choose"), text!("ui-typed-choose-tip")),
            };
            if ui.add_enabled_ui(!self.is_looked_at, |ui| plain(ui, &words, &tip, look)).inner.clicked() {
                doing = Some(Doing::Enter);
            }
        }
        if plain(ui, &text!("ui-typed-cancel"), &text!("ui-typed-cancel-tip"), look).clicked() {
            doing = Some(Doing::TurnAway);
        }
        doing
    }

    /// Gives the keyboard to what is to have it; returns whether this is it.
    fn hand_keyboard(&mut self, to: Focus, response: &Response) -> bool {
        let is_it = self.focus == Some(to);
        if is_it {
            response.request_focus();
            self.focus = None;
        }
        is_it
    }
}

fn field_id() -> Id {
    Id::unique("typed path")
}

/// Marks the name in the field, which has the keyboard, up to its ending; a folder is not marked, as one goes on from it.
fn mark_name(ctx: &Context, path: &str, want: Want) {
    let end = path.chars().count();
    let name = Path::new(path).file_name().filter(|_| want == Want::Place).map_or(0, |name| name.to_string_lossy().chars().count());
    let ending = Path::new(path).extension().filter(|_| name > 0).map_or(0, |ending| ending.to_string_lossy().chars().count() + 1);
    let mut state = TextEdit::load_state(ctx, field_id()).unwrap_or_default();
    let marked = CCursorRange::two(CCursor::new(end - name), CCursor::new(end - ending));
    state.cursor.set_char_range(Some(marked));
    TextEdit::store_state(ctx, field_id(), state);
}

fn plain(ui: &mut Ui, words: &Message, tip: &Message, look: &Look) -> Response {
    let words = look.say(words);
    named(ui.add(Button::new(&words)), Role::Button, &words).on_hover_text(look.say(tip))
}
