//! The file behind the lab: where it is saved, and whether it was changed since; and what waits until a person has said what becomes of changes.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::{Context, Key, Margin, RichText, ViewportCommand};

use super::app::App;
use super::desk::Desk;
use super::errand::Which;
use super::look::Look;
use super::scene::Scene;
use super::settings::MOST_RECENT;
use super::{action, overlay, received, theme};
use crate::lab::Lab;
use crate::program::Received;
use crate::text;
use crate::text::Message;

/// Where the lab of the window is saved.
#[derive(Debug)]
pub(crate) struct Document {
    /// The file; none for a lab that was never saved.
    pub(crate) file: Option<PathBuf>,
    /// The lab as it stands there.
    saved: Lab,
    /// Tells this lab from another one that was opened while a file was being written.
    pub(crate) mark: Arc<()>,
}

impl Document {
    /// `lab`, as it was read from `file`.
    pub(crate) fn new(lab: Lab, file: Option<PathBuf>) -> Self {
        Self { file, saved: lab, mark: Arc::default() }
    }

    /// Whether `lab` is not what was saved.
    pub(crate) fn is_changed(&self, lab: &Lab) -> bool {
        *lab != self.saved
    }

    /// Takes in that `lab` stands in `file` now.
    pub(crate) fn saved_as(&mut self, file: PathBuf, lab: Lab) {
        (self.file, self.saved) = (Some(file), lab);
    }
}

/// What is done next, once nothing is lost by it.
#[derive(Debug)]
pub(crate) enum Next {
    /// Show this in place of the lab; it was opened from that file.
    Replace(Desk, Option<PathBuf>),
    /// Close the window.
    Quit,
}

/// What would be lost, in the order in which it is asked about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Loss {
    /// Changes of the lab.
    #[default]
    Lab,
    /// Files that were received and not saved.
    Received,
    /// So many programs are stopped: asked where that is all there is to ask about. Who closes the window knows that its programs end with it.
    Running(usize),
}

/// The question what becomes of what would be lost.
#[derive(Debug, Default)]
pub(crate) struct Unsaved {
    next: Option<Next>,
    /// What is asked about.
    loss: Loss,
    /// Whether it waits for something to be saved, and asks no more.
    saving: bool,
    /// A path that is typed, for what has no file.
    path: String,
    /// Whether the window may be closed, whatever was changed.
    quits: bool,
}

/// What a person answered.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Answer {
    Save,
    Drop,
    Stay,
}

impl Unsaved {
    /// Takes in that something was saved, or was not; returns what waited for it.
    fn saved(&mut self, well: bool) -> Option<Next> {
        let waited = std::mem::take(&mut self.saving);
        // Where it was not saved, everything stays as it was.
        let next = if waited { self.next.take() } else { None };
        next.filter(|_| well)
    }
}

/// Does `next` at once where nothing is lost by it; else asks first.
pub(super) fn leave(app: &mut App, ctx: &Context, next: Next) {
    let running = if matches!(next, Next::Replace(..)) { app.open.desk.running() } else { 0 };
    if app.open.document.is_changed(&app.open.desk.lab()) {
        app.shell.unsaved = Unsaved { next: Some(next), ..Unsaved::default() };
    } else if waiting(app) > 0 {
        app.shell.unsaved = Unsaved { next: Some(next), loss: Loss::Received, ..Unsaved::default() };
    } else if running > 0 {
        app.shell.unsaved = Unsaved { next: Some(next), loss: Loss::Running(running), ..Unsaved::default() };
    } else {
        go(app, ctx, next);
    }
}

/// How many received files wait to be saved.
fn waiting(app: &App) -> usize {
    received::kept(app).map_or(0, |files| files.list().len())
}

/// Goes on after what was asked about first was answered: it may not be all that would be lost.
fn go_on(app: &mut App, ctx: &Context, next: Next, answered: Loss) {
    if answered == Loss::Lab && waiting(app) > 0 {
        app.shell.unsaved = Unsaved { next: Some(next), loss: Loss::Received, ..Unsaved::default() };
    } else {
        go(app, ctx, next);
    }
}

fn go(app: &mut App, ctx: &Context, next: Next) {
    match next {
        Next::Replace(desk, file) => action::replace(app, desk, file),
        Next::Quit => {
            app.shell.unsaved.quits = true;
            ctx.send_viewport_cmd(ViewportCommand::Close);
        }
    }
}

/// Takes in that an errand has saved what waited for it, or has not.
pub(super) fn saved(app: &mut App, ctx: &Context, well: bool) {
    let loss = app.shell.unsaved.loss;
    if let Some(next) = app.shell.unsaved.saved(well) {
        go_on(app, ctx, next, loss);
    }
}

/// Keeps the window open where its close button was pressed and something would be lost.
pub(super) fn hold(app: &mut App, ctx: &Context) {
    let closing = ctx.input(|input| input.viewport().close_requested()) && !app.shell.unsaved.quits;
    if closing && (app.open.document.is_changed(&app.open.desk.lab()) || waiting(app) > 0) {
        ctx.send_viewport_cmd(ViewportCommand::CancelClose);
        leave(app, ctx, Next::Quit);
    }
}

/// Asks, where something waits for an answer.
pub(super) fn ask(app: &mut App, ctx: &Context, look: &Look) {
    if app.shell.unsaved.next.is_none() || app.shell.unsaved.saving {
        return;
    }
    let loss = app.shell.unsaved.loss;
    let question = match loss {
        Loss::Lab => Question::of_lab(&app.open.desk.lab().title, app.open.document.file.as_deref()),
        Loss::Received => Question::of_received(&received::kept(app).map(|files| files.list()).unwrap_or_default()),
        Loss::Running(count) => Question::of_running(count),
    };
    match question.ask(&mut app.shell.unsaved.path, ctx, look) {
        None => {}
        Some(Answer::Stay) => app.shell.unsaved = Unsaved::default(),
        Some(Answer::Drop) => {
            if let Some(next) = app.shell.unsaved.next.take() {
                go_on(app, ctx, next, loss);
            }
        }
        Some(Answer::Save) => {
            app.shell.unsaved.saving = true;
            let typed = app.shell.unsaved.path.trim().to_owned();
            if loss == Loss::Received {
                return received::save_all(app, ctx, &typed);
            }
            let which = if typed.is_empty() { action::where_to_save(app, ctx) } else { Which::New(typed.into()) };
            action::save(app, ctx, which);
        }
    }
}

/// What is asked of a person: a title, what would be lost, and a button for each answer with its tooltip.
struct Question {
    name: &'static str,
    title: Message,
    what: Message,
    /// What a field is called in which a path can be typed.
    path: Option<(Message, Message)>,
    /// The answers, the safest first or, where that is to save, the one that is wanted most.
    answers: Vec<(Answer, Message, Message)>,
    /// The answer that has the keyboard.
    first: Answer,
}

impl Question {
    fn stay() -> (Answer, Message, Message) {
        (Answer::Stay, text!("ui-unsaved-stay"), text!("ui-unsaved-stay-tip"))
    }

    /// What becomes of changes of the lab.
    fn of_lab(title: &str, file: Option<&Path>) -> Self {
        let what = match file {
            Some(file) => text!("ui-unsaved-file", file = file.display().to_string()),
            None => text!("ui-unsaved-no-file"),
        };
        let save = (Answer::Save, text!("ui-unsaved-save"), text!("ui-unsaved-save-tip"));
        let drop = (Answer::Drop, text!("ui-unsaved-drop"), text!("ui-unsaved-drop-tip"));
        Self {
            name: "unsaved",
            title: text!("ui-unsaved-title", title = title),
            what,
            path: file.is_none().then(|| (text!("ui-unsaved-path"), text!("ui-unsaved-path-tip"))),
            answers: vec![save, drop, Self::stay()],
            first: Answer::Save,
        }
    }

    /// What becomes of files that were received.
    fn of_received(files: &[Received]) -> Self {
        let names = files.iter().take(MOST_NAMES).map(|file| file.name.as_str()).collect::<Vec<_>>().join(", ");
        let names = if files.len() > MOST_NAMES { format!("{names}, …") } else { names };
        let save = (Answer::Save, text!("ui-received-save"), text!("ui-received-save-tip"));
        let drop = (Answer::Drop, text!("ui-received-discard"), text!("ui-received-drop-tip"));
        Self {
            name: "received",
            title: text!("ui-received-title", count = files.len()),
            what: text!("ui-received-what", count = files.len(), names = names),
            path: Some((text!("ui-received-all-path"), text!("ui-received-all-path-tip"))),
            answers: vec![save, drop, Self::stay()],
            first: Answer::Save,
        }
    }

    /// Whether programs are to be stopped, and their rows to go, for another lab.
    fn of_running(count: usize) -> Self {
        Self {
            name: "running",
            title: text!("ui-running-title", count = count),
            what: text!("ui-running-what"),
            path: None,
            answers: vec![(Answer::Drop, text!("ui-running-go"), text!("ui-running-go-tip")), Self::stay()],
            first: Answer::Stay,
        }
    }

    fn ask(&self, path: &mut String, ctx: &Context, look: &Look) -> Option<Answer> {
        let mut answer = None;
        let modal = overlay::question(self.name, look).show(ctx, |ui| {
            overlay::asked(ui);
            ui.label(RichText::new(look.say(&self.title)).font(theme::strong(15.0)));
            ui.label(look.say(&self.what));
            if let Some((name, tip)) = &self.path {
                let name = look.say(name);
                let field = egui::TextEdit::singleline(path)
                    .font(theme::mono(12.0))
                    .hint_text(&name)
                    .desired_width(f32::INFINITY)
                    .margin(Margin::symmetric(6, 4));
                ui.add(field).accessible_name(&name).on_hover_text(look.say(tip));
            }
            ui.horizontal(|ui| {
                for (meant, words, tip) in &self.answers {
                    let button = ui.button(look.say(words)).on_hover_text(look.say(tip));
                    if *meant == self.first && ui.memory(|memory| memory.focused().is_none()) {
                        button.request_focus();
                    }
                    if button.clicked() {
                        answer = Some(*meant);
                    }
                }
            });
        });
        let turns_away = modal.should_close() || ctx.input(|input| input.key_pressed(Key::Escape));
        if turns_away { Some(Answer::Stay) } else { answer }
    }
}

/// How many received files are named in a question.
const MOST_NAMES: usize = 5;

/// What the window is called: the lab or the recording it shows, marked where that was changed and not saved.
pub(super) fn window_title(scene: &Scene, is_changed: bool, look: &Look) -> String {
    let shown = match &scene.recorded {
        Some(facts) => look.say(&text!("ui-window-recording", file = facts.name.as_str())),
        None if scene.title.trim().is_empty() => look.say(&text!("ui-window-untitled")),
        None => scene.title.clone(),
    };
    let mark = if is_changed { "*" } else { "" };
    format!("{mark}{shown} - {}", look.say(&text!("ui-name")))
}

/// Takes `file` off the list of those that were opened or saved last; returns whether it stood there.
pub(super) fn forget(recent: &mut Vec<String>, file: &Path) -> bool {
    let Ok(file) = std::path::absolute(file) else { return false };
    let before = recent.len();
    recent.retain(|known| Path::new(known) != file);
    recent.len() < before
}

/// Puts `file` in front of those that were opened or saved last.
pub(super) fn remember(recent: &mut Vec<String>, file: &Path) {
    // A name that is no text cannot be kept; it can still be opened as it was this time.
    let Some(file) = std::path::absolute(file).ok().and_then(|file| file.to_str().map(str::to_owned)) else { return };
    recent.retain(|known| *known != file);
    recent.insert(0, file);
    recent.truncate(MOST_RECENT);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_opened_last_stands_first_and_once() {
        let mut recent = Vec::new();
        for number in (0..20).chain([15]) {
            remember(&mut recent, Path::new(&format!("/labs/{number}.toml")));
        }
        assert_eq!(recent.len(), MOST_RECENT);
        assert_eq!(recent[..3], ["/labs/15.toml", "/labs/19.toml", "/labs/18.toml"].map(str::to_owned));
    }

    #[test]
    fn what_is_not_there_any_more_is_forgotten() {
        let mut recent = ["/labs/a.toml", "/labs/b.toml"].map(str::to_owned).to_vec();
        assert!(forget(&mut recent, Path::new("/labs/a.toml")));
        assert!(!forget(&mut recent, Path::new("/labs/a.toml")));
        assert_eq!(recent, ["/labs/b.toml"]);
    }

    #[test]
    fn what_waits_goes_on_only_after_the_lab_was_saved() {
        let waiting = || Unsaved { next: Some(Next::Quit), saving: true, ..Unsaved::default() };
        assert!(matches!(waiting().saved(true), Some(Next::Quit)));
        let mut unsaved = waiting();
        assert!(unsaved.saved(false).is_none() && unsaved.next.is_none());
        let mut asking = Unsaved { next: Some(Next::Quit), ..Unsaved::default() };
        assert!(asking.saved(true).is_none() && asking.next.is_some(), "an errand it does not wait for");
    }
}
