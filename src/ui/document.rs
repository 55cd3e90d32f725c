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
use super::{action, overlay, theme};
use crate::lab::Lab;
use crate::text;

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

/// The question what becomes of changes.
#[derive(Debug, Default)]
pub(crate) struct Unsaved {
    next: Option<Next>,
    /// Whether it waits for the lab to be saved, and asks no more.
    saving: bool,
    /// A path that is typed, for a lab that has no file.
    path: String,
    /// Whether the window may be closed, whatever was changed.
    quits: bool,
    /// How many programs are stopped by it, where that is all there is to ask about.
    running: usize,
}

/// What a person answered.
enum Answer {
    Save,
    Drop,
    Stay,
}

impl Unsaved {
    /// Takes in that the lab was saved, or was not; returns what waited for it.
    fn saved(&mut self, well: bool) -> Option<Next> {
        let waited = std::mem::take(&mut self.saving);
        // Where it was not saved, everything stays as it was.
        let next = if waited { self.next.take() } else { None };
        next.filter(|_| well)
    }
}

/// Does `next` at once where nothing is lost by it; else asks first. Who closes the window knows that its programs end with it.
pub(super) fn leave(app: &mut App, ctx: &Context, next: Next) {
    let running = if matches!(next, Next::Replace(..)) { app.open.desk.running() } else { 0 };
    if app.open.document.is_changed(&app.open.desk.lab()) {
        app.shell.unsaved = Unsaved { next: Some(next), ..Unsaved::default() };
    } else if running > 0 {
        app.shell.unsaved = Unsaved { next: Some(next), running, ..Unsaved::default() };
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

/// Takes in that an errand has saved the lab, or has not.
pub(super) fn saved(app: &mut App, ctx: &Context, well: bool) {
    if let Some(next) = app.shell.unsaved.saved(well) {
        go(app, ctx, next);
    }
}

/// Keeps the window open where its close button was pressed and changes would be lost.
pub(super) fn hold(app: &mut App, ctx: &Context) {
    let closing = ctx.input(|input| input.viewport().close_requested()) && !app.shell.unsaved.quits;
    if closing && app.open.document.is_changed(&app.open.desk.lab()) {
        ctx.send_viewport_cmd(ViewportCommand::CancelClose);
        leave(app, ctx, Next::Quit);
    }
}

/// Asks, where something waits for an answer.
pub(super) fn ask(app: &mut App, ctx: &Context, look: &Look) {
    if app.shell.unsaved.next.is_none() || app.shell.unsaved.saving {
        return;
    }
    let title = app.open.desk.lab().title;
    let running = app.shell.unsaved.running;
    let answer = if running > 0 {
        of_running(running, ctx, look)
    } else {
        question(&mut app.shell.unsaved.path, app.open.document.file.as_deref(), &title, ctx, look)
    };
    match answer {
        None => {}
        Some(Answer::Stay) => app.shell.unsaved = Unsaved::default(),
        Some(Answer::Drop) => {
            if let Some(next) = app.shell.unsaved.next.take() {
                go(app, ctx, next);
            }
        }
        Some(Answer::Save) => {
            app.shell.unsaved.saving = true;
            let typed = app.shell.unsaved.path.trim();
            let which = if typed.is_empty() { action::where_to_save(app) } else { Which::New(typed.into()) };
            action::save(app, ctx, which);
        }
    }
}

/// Asks whether programs are to be stopped, and their rows to go, for another lab.
fn of_running(running: usize, ctx: &Context, look: &Look) -> Option<Answer> {
    let mut answer = None;
    let modal = overlay::question("running", look).show(ctx, |ui| {
        overlay::asked(ui);
        ui.label(RichText::new(look.say(&text!("ui-running-title", count = running))).font(theme::strong(15.0)));
        ui.label(look.say(&text!("ui-running-what")));
        ui.horizontal(|ui| {
            let go = ui.button(look.say(&text!("ui-running-go"))).on_hover_text(look.say(&text!("ui-running-go-tip")));
            let stay = ui.button(look.say(&text!("ui-unsaved-stay"))).on_hover_text(look.say(&text!("ui-unsaved-stay-tip")));
            if ui.memory(|memory| memory.focused().is_none()) {
                stay.request_focus();
            }
            for (button, meant) in [(go, Answer::Drop), (stay, Answer::Stay)] {
                if button.clicked() {
                    answer = Some(meant);
                }
            }
        });
    });
    let leaves = modal.should_close() || ctx.input(|input| input.key_pressed(Key::Escape));
    if leaves { Some(Answer::Stay) } else { answer }
}

fn question(path: &mut String, file: Option<&Path>, title: &str, ctx: &Context, look: &Look) -> Option<Answer> {
    let mut answer = None;
    let modal = overlay::question("unsaved", look).show(ctx, |ui| {
        overlay::asked(ui);
        ui.label(RichText::new(look.say(&text!("ui-unsaved-title", title = title))).font(theme::strong(15.0)));
        ui.label(look.say(&match file {
            Some(file) => text!("ui-unsaved-file", file = file.display().to_string()),
            None => text!("ui-unsaved-no-file"),
        }));
        if file.is_none() {
            let name = look.say(&text!("ui-unsaved-path"));
            let field = egui::TextEdit::singleline(path)
                .font(theme::mono(12.0))
                .hint_text(&name)
                .desired_width(f32::INFINITY)
                .margin(Margin::symmetric(6, 4));
            ui.add(field).accessible_name(&name).on_hover_text(look.say(&text!("ui-unsaved-path-tip")));
        }
        ui.horizontal(|ui| {
            let save = ui.button(look.say(&text!("ui-unsaved-save"))).on_hover_text(look.say(&text!("ui-unsaved-save-tip")));
            if ui.memory(|memory| memory.focused().is_none()) {
                save.request_focus();
            }
            let drop = ui.button(look.say(&text!("ui-unsaved-drop"))).on_hover_text(look.say(&text!("ui-unsaved-drop-tip")));
            let stay = ui.button(look.say(&text!("ui-unsaved-stay"))).on_hover_text(look.say(&text!("ui-unsaved-stay-tip")));
            for (button, meant) in [(save, Answer::Save), (drop, Answer::Drop), (stay, Answer::Stay)] {
                if button.clicked() {
                    answer = Some(meant);
                }
            }
        });
    });
    if modal.should_close() || ctx.input(|input| input.key_pressed(Key::Escape)) {
        answer = Some(Answer::Stay);
    }
    answer
}

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
