//! Sending by hand: text in a character set, bytes in hexadecimal or a file, to everyone or to one peer, through the chosen program.

mod entry;
pub(super) mod field;
mod history;
mod list;
mod preview;
mod progress;

use std::collections::BTreeMap;

use egui::{Align, ComboBox, Layout, RichText, Ui};
use egui_material_icons::icons::{ICON_ADD, ICON_ARROW_FORWARD, ICON_CANCEL, ICON_FOLDER_OPEN, ICON_TABLE_ROWS};

use self::history::{History, Recall};
use self::list::List;
use self::preview::Preview;
use super::command::{Action, Actions};
use super::dialog::Asker;
use super::joined::{Frame, joined};
use super::look::{Look, paint_open};
use super::peers::{Peers, receiver};
use super::scene::ProgramLine;
use super::theme;
use crate::program::{Command, Data, Draft, Form, LineEnding, SendTo};
use crate::text;
use crate::text::Message;
use crate::trace::ProgramId;
use crate::wire::Charset;

/// How many peers the menu of receivers offers; all of them stand in the view of peers.
const OFFERED: usize = 100;
/// The height of the line with the field, where that has one line, and of the line below it.
const LINES: (f32, f32) = (36.0, 28.0);

/// What is being written, for each program of the lab.
#[derive(Debug, Default)]
pub(crate) struct SendBox {
    boxes: BTreeMap<String, Writing>,
    history: History,
}

/// What is being written for one program.
#[derive(Debug)]
struct Writing {
    draft: Draft,
    to: SendTo,
    /// The start of the program that `to` belongs to.
    of: Option<ProgramId>,
    /// How many lines the field has, as it is wrapped.
    lines: usize,
    recall: Recall,
    preview: Preview,
    list: List,
    /// Why what was last asked for was not taken.
    refused: Option<Message>,
    /// Whether the line of a file that is being sent is shown.
    shows_file: bool,
    /// The draft was handed over; not known yet whether it was taken.
    is_pending: bool,
}

impl Default for Writing {
    fn default() -> Self {
        Self {
            draft: Draft::default(),
            to: SendTo::All,
            of: None,
            lines: 1,
            recall: Recall::default(),
            preview: Preview::default(),
            list: List::default(),
            refused: None,
            shows_file: false,
            is_pending: false,
        }
    }
}

impl SendBox {
    /// How high it is drawn for this program.
    pub(crate) fn height(&self, program: &str) -> f32 {
        let more =
            |writing: &Writing| field::extra(writing.lines) + writing.list.height() + if writing.shows_file { progress::LINE } else { 0.0 };
        let more = self.boxes.get(program).map_or(0.0, more);
        LINES.0 + LINES.1 + more
    }

    /// The next message of this program goes to `to`.
    pub(crate) fn address(&mut self, line: &ProgramLine, to: SendTo) {
        let writing = self.boxes.entry(line.spec.name.clone()).or_default();
        (writing.to, writing.of) = (to, line.id);
    }

    /// Asks the person for a file to send.
    pub(crate) fn choose(&mut self, program: &str, asker: Asker, ctx: &egui::Context) {
        self.boxes.entry(program.to_owned()).or_default().preview.choose(asker, ctx);
    }

    /// What the program said to what was asked of it last: none where it has taken it.
    pub(crate) fn answered(&mut self, program: &str, problem: Option<Message>) {
        let Some(writing) = self.boxes.get_mut(program) else { return };
        let was_pending = std::mem::take(&mut writing.is_pending);
        if problem.is_none() && was_pending {
            self.history.keep(writing.draft.form, &writing.draft.text);
            writing.recall = Recall::default();
            if writing.draft.form != Form::File {
                writing.draft.text.clear();
            }
        }
        writing.refused = problem;
    }

    /// Draws the box for `line`.
    pub(crate) fn show(&mut self, ui: &mut Ui, peers: &Peers, line: &ProgramLine, look: &Look, actions: &mut Actions) {
        let program = line.spec.name.as_str();
        let writing = self.boxes.entry(program.to_owned()).or_default();
        if writing.of != line.id {
            // The sockets of another start are gone.
            (writing.to, writing.of) = (contacts(line).next().unwrap_or(SendTo::All), line.id);
        }
        writing.preview.update(&mut writing.draft, ui.ctx());
        ui.spacing_mut().item_spacing.y = 0.0;
        if writing.list.open
            && let Some(command) = writing.list.show(ui, line, &writing.to, look)
        {
            actions.push(Action::Tell(program.to_owned(), command));
        }
        let file = progress::under_way(line);
        if writing.shows_file
            && let Some(file) = file
            && progress::show(ui, program, file, look)
        {
            actions.push(Action::Tell(program.to_owned(), Command::EndFile));
        }
        if std::mem::replace(&mut writing.shows_file, file.is_some()) != file.is_some() {
            ui.ctx().request_repaint();
        }
        let mut send = false;
        let height = LINES.0 + field::extra(writing.lines);
        ui.allocate_ui_with_layout(egui::vec2(ui.available_width(), height), Layout::left_to_right(Align::Center), |ui| {
            ui.add_space(theme::EDGE);
            if ui.available_width() > 760.0 {
                look.secondary(ui, look.say(&text!("ui-send-from", program = program)));
            }
            writing.receivers(ui, peers, line, look);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.add_space(theme::EDGE);
                let button = look.button(ui, ICON_ARROW_FORWARD, &look.say(&text!("ui-send")));
                send = button.on_hover_text(look.say(&text!("ui-send-tip"))).clicked();
                writing.forms(ui, program, look, actions);
                let id = field::id(program);
                let shown = field::show(ui, id, &mut writing.draft, writing.lines, &mut writing.recall, &self.history, look);
                if shown.changed {
                    writing.refused = None;
                }
                if std::mem::replace(&mut writing.lines, shown.lines) != shown.lines {
                    ui.ctx().request_repaint();
                }
                send |= shown.entered;
            });
        });
        if send {
            writing.send(program, actions);
        }
        ui.allocate_ui_with_layout(egui::vec2(ui.available_width(), LINES.1), Layout::right_to_left(Align::Center), |ui| {
            writing.below(ui, line, look);
        });
    }
}

impl Writing {
    fn receivers(&mut self, ui: &mut Ui, peers: &Peers, line: &ProgramLine, look: &Look) {
        let all = look.say(&text!("ui-send-all"));
        let words = |to: &SendTo| match to {
            SendTo::All => all.clone(),
            SendTo::Contact(name) if line.spec.manner.contact(name).is_some() => name.clone(),
            to => peers.open().find(|peer| receiver(line, peer) == *to).map_or_else(
                || look.say(&text!("ui-send-gone", peer = named(to))),
                |peer| match to {
                    SendTo::Socket(socket) => format!("{socket} {}", peer.address.as_ref().map(ToString::to_string).unwrap_or_default()),
                    other => named(other),
                },
            ),
        };
        let name = look.say(&text!("ui-send-to"));
        let shown = RichText::new(words(&self.to)).font(theme::mono(12.0));
        let combo = ComboBox::from_id_salt("send to").selected_text(shown).width(120.0).icon(paint_open);
        let response = combo.show_ui(ui, |ui| {
            let offered = peers.open().take(OFFERED).map(|peer| receiver(line, peer));
            for to in contacts(line).chain(std::iter::once(SendTo::All)).chain(offered) {
                let words = RichText::new(words(&to)).font(theme::mono(12.0));
                ui.selectable_value(&mut self.to, to, words);
            }
            let more = peers.open().skip(OFFERED).count();
            if more > 0 {
                look.secondary(ui, look.say(&text!("ui-send-more", count = more)));
            }
        });
        response.response.accessible_name(&name).on_hover_text(name);
    }

    fn forms(&mut self, ui: &mut Ui, program: &str, look: &Look, actions: &mut Actions) {
        ui.spacing_mut().item_spacing.x = 2.0;
        if self.draft.form == Form::File && look.icon_button(ui, ICON_FOLDER_OPEN, &look.say(&text!("ui-send-choose"))).clicked() {
            actions.push(Action::ChooseFile(program.to_owned()));
        }
        let words = Form::ALL.iter().map(|form| {
            let tip = match form {
                Form::Text => text!("ui-send-text-tip"),
                Form::Hex => text!("ui-send-hex-tip"),
                Form::File => text!("ui-send-file-tip"),
            };
            (*form, look.say(&form_name(*form)), look.say(&tip))
        });
        if let Some(form) = joined(ui, self.draft.form, &words.collect::<Vec<_>>(), Frame::Plain, look) {
            self.draft.form = form;
            self.recall = Recall::default();
            self.refused = None;
        }
        ui.spacing_mut().item_spacing.x = 8.0;
    }

    /// The line below the field, from the right: the list, the line ending, the character set, and what would go or why not.
    fn below(&mut self, ui: &mut Ui, line: &ProgramLine, look: &Look) {
        ui.add_space(theme::EDGE);
        ui.spacing_mut().item_spacing.x = 4.0;
        if look.icon_toggle(ui, ICON_TABLE_ROWS, self.list.open, &look.say(&text!("ui-list-toggle"))).clicked() {
            self.list.open = !self.list.open;
        }
        if look.icon_button(ui, ICON_ADD, &look.say(&text!("ui-list-add"))).clicked() {
            match self.list.add(&self.draft) {
                Ok(()) => self.refused = None,
                Err(problem) => self.refused = Some(problem),
            }
        }
        if self.draft.form == Form::Text {
            choice(ui, "ending", LineEnding::ALL, &mut self.draft.ending, &text!("ui-send-ending"), look, |ending| match ending {
                LineEnding::None => look.say(&text!("ui-send-ending-none")),
                other => other.name().to_owned(),
            });
            let charsets = Charset::all().collect::<Vec<_>>();
            choice(ui, "charset", &charsets, &mut self.draft.charset, &text!("ui-send-charset"), look, |charset| charset.name().to_owned());
        }
        ui.spacing_mut().item_spacing.x = 6.0;
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            ui.add_space(theme::EDGE);
            self.outcome(ui, line, look);
        });
    }

    /// Why nothing went, what is wrong with what is written, or what would go.
    fn outcome(&self, ui: &mut Ui, line: &ProgramLine, look: &Look) {
        let wrong = match self.preview.known() {
            Some(Err(wrong)) if !self.draft.text.is_empty() => Some(wrong),
            _ => None,
        };
        if let Some(error) = wrong.or(self.refused.as_ref()).or(line.sending.failed.as_ref()) {
            let words = look.say(error);
            ui.label(RichText::new(ICON_CANCEL.codepoint).font(theme::icon(13.0)).color(look.roles.error));
            let label = egui::Label::new(RichText::new(&words).font(theme::plain(12.0)).color(look.roles.error)).truncate();
            ui.add(label).on_hover_text(words);
        } else if let Some(words) = line.sending.file.as_ref().filter(|_| self.draft.form == Form::File).and_then(progress::ended) {
            look.secondary(ui, look.say(&words));
        } else if let Some(Ok((length, bytes))) = self.preview.known() {
            let words = Preview::words(*length, bytes);
            ui.add(egui::Label::new(RichText::new(&words).font(theme::mono(11.0)).color(look.roles.text2)).truncate())
                .on_hover_text(look.say(&text!("ui-send-preview-tip")));
        }
    }

    /// Hands what is written over, where it is right.
    fn send(&mut self, program: &str, actions: &mut Actions) {
        match preview::data(&self.draft).map(|data| command(self.to.clone(), data)) {
            Ok(command) => {
                self.is_pending = true;
                actions.push(Action::Tell(program.to_owned(), command));
            }
            Err(problem) => self.refused = Some(problem),
        }
    }
}

/// One of a few values, as a small menu.
fn choice<T: Copy + PartialEq>(
    ui: &mut Ui,
    salt: &str,
    all: &[T],
    value: &mut T,
    name: &Message,
    look: &Look,
    words: impl Fn(T) -> String,
) {
    let shown = RichText::new(words(*value)).font(theme::plain(12.0));
    let name = look.say(name);
    let combo = ComboBox::from_id_salt(salt).selected_text(shown).width(64.0).height(320.0).icon(paint_open).show_ui(ui, |ui| {
        for one in all {
            ui.selectable_value(value, *one, RichText::new(words(*one)).font(theme::plain(12.0)));
        }
    });
    combo.response.accessible_name(&name).on_hover_text(name);
}

/// Those whom the program can talk to by name.
fn contacts(line: &ProgramLine) -> impl Iterator<Item = SendTo> {
    line.spec.manner.contacts.iter().map(|contact| SendTo::Contact(contact.name.clone()))
}

/// The command that sends `data`.
fn command(to: SendTo, data: Data) -> Command {
    match data {
        Data::Text(text) => Command::Send { to, bytes: text.into_bytes().into() },
        Data::Hex(bytes) => Command::Send { to, bytes: bytes.into() },
        data @ Data::File(_) => Command::SendData { to, data },
    }
}

fn named(to: &SendTo) -> String {
    match to {
        SendTo::All => String::new(),
        SendTo::Socket(socket) => socket.to_string(),
        SendTo::Address(address) => address.to_string(),
        SendTo::Contact(name) => name.clone(),
    }
}

/// What a form is called.
fn form_name(form: Form) -> Message {
    match form {
        Form::Text => text!("ui-bytes-text"),
        Form::Hex => text!("ui-bytes-hex"),
        Form::File => text!("ui-send-file"),
    }
}
