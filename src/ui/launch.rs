//! Before programs are started: nothing is started that is wrong as it stands, and nothing leaves this computer or runs commands for others unasked.

use egui::{Context, RichText, Ui};
use egui_material_icons::icons::{ICON_CLOSE, ICON_PLAY_ARROW, ICON_WARNING};

use super::app::App;
use super::command::{Action, Actions, Command};
use super::desk::Desk;
use super::look::Look;
use super::{overlay, theme};
use crate::lab::{Lab, beyond_by_hand};
use crate::text;
use crate::text::Message;

/// The answers, where programs are to be started.
const START: [Message; 2] = [text!("ui-launch-stay"), text!("ui-launch-start")];

/// What is asked before programs are started that leave this computer.
#[derive(Debug, Default)]
pub(crate) struct Leaving {
    /// What is to be done, and which programs have which addresses.
    asked: Option<(Action, Vec<(String, String)>)>,
    /// Whether it was allowed: one answer is for the whole lab.
    allowed: bool,
    /// What is to be done that lets programs run commands for others: which programs, and which commands.
    commands: Option<(Action, Vec<(String, String)>)>,
    /// What was permitted of that: one answer is for one start.
    permitted: Option<Action>,
}

/// Whether `action`, which starts programs, may be done now. Where not, the person is told or asked why.
pub(super) fn may(app: &mut App, ctx: &Context, action: &Action) -> bool {
    if !matches!(app.open.desk, Desk::Live(_)) {
        return true;
    }
    let mut lab = app.open.desk.lab();
    let all = |lab: &Lab| lab.programs.iter().map(|spec| spec.name.clone()).collect::<Vec<_>>();
    let names = match action {
        Action::Run(Command::StartAll | Command::StartAllHeld) => {
            all(&lab).into_iter().filter(|name| !app.open.desk.is_running(name)).collect()
        }
        Action::Start(name) | Action::StartHeld(name) | Action::Restart(name) => vec![name.clone()],
        Action::RestartWith(spec) => {
            if let Some(old) = lab.programs.iter_mut().find(|old| old.name == spec.name) {
                (**spec).clone_into(old);
            }
            vec![spec.name.clone()]
        }
        Action::Press(name, press) => {
            let outside = beyond_by_hand(press).map(|address| (name.clone(), address));
            return is_inside(app, action, outside.into_iter().collect());
        }
        _ => return true,
    };
    if is_wrong(app, &lab, &names) {
        return false;
    }
    if !app.open.overwriting.may(action, lab.destinations(&names), ctx) {
        return false;
    }
    let commands = lab.commanding(&names);
    if !commands.is_empty() {
        if app.open.leaving.permitted.take().as_ref() != Some(action) {
            app.open.leaving.commands = Some((action.clone(), commands));
            return false;
        }
        if let Ok(session) = app.open.desk.session() {
            session.permit(&commands.into_iter().map(|(name, _)| name).collect::<Vec<_>>());
        }
        // They are refused where others could reach them.
        return true;
    }
    is_inside(app, action, lab.outside(&names))
}

/// Whether nothing leaves this computer, or a person has allowed that. Else it is asked.
fn is_inside(app: &mut App, action: &Action, outside: Vec<(String, String)>) -> bool {
    if outside.is_empty() || app.open.leaving.allowed {
        return true;
    }
    app.open.leaving.asked = Some((action.clone(), outside));
    false
}

/// Whether something is wrong with one of these programs. Its field is shown, and has the keyboard.
fn is_wrong(app: &mut App, lab: &Lab, names: &[String]) -> bool {
    let wrong = lab.check();
    for name in names {
        let of_program = |wrong: &&crate::lab::Wrong| lab.programs.get(wrong.program).is_some_and(|spec| spec.name == *name);
        let checked = || wrong.iter().find(of_program).map(|wrong| (wrong.key.to_owned(), wrong.fault.message()));
        let Some((field, why)) = app.open.drafts.first_error(name).or_else(checked) else { continue };
        app.open.program = Some(name.clone());
        app.open.unfolded = true;
        app.open.drafts.want(&field);
        // The sentence stands beside the field too: this one says that nothing was started.
        app.tell(vec![text!("ui-launch-refused", program = name.as_str(), why = why)]);
        return true;
    }
    false
}

/// Draws the questions, where there are any.
pub(super) fn show(ui: &Ui, leaving: &mut Leaving, look: &Look, actions: &mut Actions) {
    if let Some((action, commands)) = &leaving.commands {
        let any = look.say(&text!("ui-launch-commands-any"));
        let about = commands.iter().map(|(name, what)| (name.clone(), if what == "*" { any.clone() } else { what.clone() }));
        let words = [
            text!("ui-launch-commands-title"),
            text!("ui-launch-commands-why"),
            text!("ui-launch-commands-once"),
            text!("ui-launch-commands-tip"),
        ];
        match ask(ui, "commands", &words, &START, &about.collect::<Vec<_>>(), look) {
            Some(true) => {
                actions.push(action.clone());
                leaving.permitted = Some(action.clone());
                leaving.commands = None;
            }
            Some(false) => leaving.commands = None,
            None => {}
        }
        return;
    }
    let Some((action, outside)) = &leaving.asked else { return };
    let words = [text!("ui-launch-title"), text!("ui-launch-why"), text!("ui-launch-once"), text!("ui-launch-start-tip")];
    let buttons = match action {
        Action::Press(..) => [text!("ui-launch-no-call"), text!("ui-launch-call")],
        _ => START,
    };
    match ask(ui, "leaving", &words, &buttons, outside, look) {
        Some(true) => {
            actions.push(action.clone());
            (leaving.asked, leaving.allowed) = (None, true);
        }
        Some(false) => leaving.asked = None,
        None => {}
    }
}

/// Asks whether programs are to be started, or a call is to be made, each with what is to be known about it; none while nobody has answered.
fn ask(
    ui: &Ui,
    name: &str,
    [title, why, once, tip]: &[Message; 4],
    [no, yes]: &[Message; 2],
    about: &[(String, String)],
    look: &Look,
) -> Option<bool> {
    let mut answer = None;
    let modal = overlay::question(name, look).show(ui.ctx(), |ui| {
        overlay::asked(ui);
        ui.horizontal(|ui| {
            ui.label(RichText::new(ICON_WARNING.codepoint).font(theme::icon(18.0)).color(look.roles.wait));
            ui.label(RichText::new(look.say(title)).font(theme::strong(15.0)));
        });
        ui.label(look.say(why));
        for (name, address) in about {
            ui.horizontal(|ui| {
                ui.add_space(theme::EDGE);
                ui.label(RichText::new(name).font(theme::strong(13.0)));
                ui.label(RichText::new(address).font(theme::mono(12.0)).color(look.roles.wait));
            });
        }
        ui.label(RichText::new(look.say(once)).font(theme::plain(12.0)).color(look.roles.text2));
        ui.horizontal(|ui| {
            let stay = look.button(ui, ICON_CLOSE, &look.say(no));
            if ui.memory(|memory| memory.focused().is_none()) {
                stay.request_focus();
            }
            if stay.on_hover_text(look.say(&text!("ui-launch-stay-tip"))).clicked() {
                answer = Some(false);
            }
            let start = look.button(ui, ICON_PLAY_ARROW, &look.say(yes));
            if start.on_hover_text(look.say(tip)).clicked() {
                answer = Some(true);
            }
        });
    });
    answer.or_else(|| modal.should_close().then_some(false))
}
