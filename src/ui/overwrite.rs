//! Before a transfer takes the place of a file: the person is asked. Whether there is one is looked at on a thread of its own.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::thread;

use crossbeam_channel::{Receiver, TryRecvError, bounded};
use egui::{Context, RichText, Ui};
use egui_material_icons::icons::{ICON_CLOSE, ICON_PLAY_ARROW, ICON_WARNING};

use super::command::{Action, Actions};
use super::look::Look;
use super::{overlay, theme};
use crate::text;

/// A program, and the file that it would replace.
type Replaced = (String, PathBuf);

/// What is known of files that would be replaced.
#[derive(Debug, Default)]
pub(crate) struct Overwriting {
    /// The files that may go: a person has said so.
    allowed: BTreeSet<PathBuf>,
    /// What is to be done once it was looked whether there are files, and who looks.
    looking: Option<(Action, Receiver<Vec<Replaced>>)>,
    /// What was looked at and found free.
    free: Option<Action>,
    /// What is to be done, and which files would go.
    asked: Option<(Action, Vec<Replaced>)>,
}

impl Overwriting {
    /// A file that may go.
    pub(crate) fn allow(&mut self, file: PathBuf) {
        self.allowed.insert(file);
    }

    /// Whether `action` may be done now, which puts files at these places. Where not, it is looked whether anything is there, and done later.
    pub(crate) fn may(&mut self, action: &Action, mut places: Vec<Replaced>, ctx: &Context) -> bool {
        if self.free.take().as_ref() == Some(action) {
            return true;
        }
        places.retain(|(_, file)| !self.allowed.contains(file));
        if places.is_empty() {
            return true;
        }
        let (tell, told) = bounded(1);
        let ctx = ctx.clone();
        let look = move || {
            // What is no file is not replaced: the program itself says so.
            places.retain(|(_, file)| file.is_file());
            tell.send(places).ok();
            ctx.request_repaint();
        };
        if thread::Builder::new().name("file".to_owned()).spawn(look).is_ok() {
            self.looking = Some((action.clone(), told));
        }
        false
    }

    /// Takes in what was found; what is in nobody's way is done.
    fn update(&mut self, actions: &mut Actions) {
        let Some((action, told)) = &self.looking else { return };
        let found = match told.try_recv() {
            Ok(found) => found,
            Err(TryRecvError::Empty) => return,
            Err(TryRecvError::Disconnected) => Vec::new(),
        };
        let action = action.clone();
        self.looking = None;
        if found.is_empty() {
            self.free = Some(action.clone());
            actions.push(action);
        } else {
            self.asked = Some((action, found));
        }
    }
}

/// Draws the question, where there is one.
pub(super) fn show(ui: &Ui, overwriting: &mut Overwriting, look: &Look, actions: &mut Actions) {
    overwriting.update(actions);
    let Some((action, files)) = &overwriting.asked else { return };
    let mut answer = None;
    let modal = overlay::question("overwriting", look).show(ui.ctx(), |ui| {
        overlay::asked(ui);
        ui.horizontal(|ui| {
            ui.label(RichText::new(ICON_WARNING.codepoint).font(theme::icon(18.0)).color(look.roles.wait));
            ui.label(RichText::new(look.say(&text!("ui-overwrite-title", count = files.len()))).font(theme::strong(15.0)));
        });
        for (program, file) in files {
            let words = text!("ui-overwrite-what", program = program.as_str(), file = file.display().to_string());
            ui.label(look.say(&words));
        }
        ui.label(RichText::new(look.say(&text!("ui-overwrite-until"))).font(theme::plain(12.0)).color(look.roles.text2));
        ui.horizontal(|ui| {
            let stay = look.button(ui, ICON_CLOSE, &look.say(&text!("ui-overwrite-stay")));
            if ui.memory(|memory| memory.focused().is_none()) {
                stay.request_focus();
            }
            if stay.on_hover_text(look.say(&text!("ui-overwrite-stay-tip"))).clicked() {
                answer = Some(false);
            }
            let go = look.button(ui, ICON_PLAY_ARROW, &look.say(&text!("ui-overwrite-go")));
            if go.on_hover_text(look.say(&text!("ui-overwrite-go-tip"))).clicked() {
                answer = Some(true);
            }
        });
    });
    match answer.or_else(|| modal.should_close().then_some(false)) {
        Some(true) => {
            overwriting.allowed.extend(files.iter().map(|(_, file)| file.clone()));
            actions.push(action.clone());
            overwriting.asked = None;
        }
        Some(false) => overwriting.asked = None,
        None => {}
    }
}
