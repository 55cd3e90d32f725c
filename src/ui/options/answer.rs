//! The row that is open: a title that is the whole answer, why the kernel has what it has, and what can be done.

use egui::{Frame, Key, Label, Margin, RichText, Role, Ui};
use egui_material_icons::icons::{ICON_CANCEL, ICON_SCHEDULE};

use super::scale;
use super::subject::{Around, Cells, Of, Subject, shown};
use super::table::inherited;
use super::{Answer, Draft};
use crate::net::option::late::{Cure, for_later_clients};
use crate::net::option::{Effect, Unit};
use crate::net::{Opt, meaning};
use crate::text;
use crate::text::Message;
use crate::trace::options::{Did, Step};
use crate::trace::{Args, Call, Names, Origin, Value, notation};
use crate::ui::look::{Look, named};
use crate::ui::theme;

/// The width from which the history has a column of its own.
const WIDE: f32 = 720.0;
/// The width of the history, and of the field.
const HISTORY: f32 = 250.0;
const FIELD: f32 = 120.0;

/// One that is looked at, with what is known of the option there.
type Side<'a> = (&'a Subject<'a>, &'a Cells);

/// Draws the open row for all that are looked at; returns what is to be done, and to which of them.
pub(super) fn show(
    ui: &mut Ui,
    option: &'static Opt,
    (around, sides): (&Around<'_>, &[Side<'_>]),
    draft: &mut Draft,
    look: &Look,
) -> Option<(usize, Answer)> {
    let frame = Frame::new().fill(look.roles.panel).inner_margin(Margin { left: 30, right: 12, top: 8, bottom: 10 });
    let inner = frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 4.0;
        let width = ui.available_width();
        if width < WIDE {
            let done = words(ui, option, (around, sides), look);
            return deeds(ui, option, (around, sides), draft, look).or(done);
        }
        let mut done = None;
        ui.horizontal_top(|ui| {
            ui.vertical(|ui| {
                ui.set_width(width - HISTORY - 24.0);
                done = words(ui, option, (around, sides), look);
            });
            ui.add_space(16.0);
            ui.vertical(|ui| {
                ui.set_width(HISTORY);
                done = deeds(ui, option, (around, sides), draft, look).or_else(|| done.take());
            });
        });
        done
    });
    let rect = inner.response.rect;
    ui.painter().rect_filled(rect.with_max_x(rect.left() + 3.0), 0.0, look.roles.accent);
    inner.inner
}

/// The whole answer in one line.
fn title(option: &'static Opt, (around, subject, cells): (&Around<'_>, &Subject<'_>, &Cells), look: &Look) -> Message {
    if !option.systems.here() {
        return text!("ui-options-title-elsewhere", systems = systems(option, true));
    }
    let why = |asked: &Value, got: &Value| around.limits.map(|limits| look.say(&limits.why(option, subject.kind, asked, got)));
    let planned = matches!(subject.of, Of::Planned(_));
    match (&cells.asked, &cells.effective) {
        (Some(asked), Some(got)) if asked == got && planned => text!("ui-options-title-will", asked = shown(asked)),
        (Some(asked), Some(got)) if asked == got => text!("ui-options-title-got-it", asked = shown(asked)),
        (Some(asked), Some(got)) => match (why(asked, got), planned) {
            (Some(why), true) => text!("ui-options-title-will-other", asked = shown(asked), got = shown(got), why = why),
            (Some(why), false) => text!("ui-options-title-other", asked = shown(asked), got = shown(got), why = why),
            (None, _) => text!("ui-options-title-unlike", asked = shown(asked), got = shown(got)),
        },
        (Some(asked), None) if planned => text!("ui-options-title-will", asked = shown(asked)),
        (Some(asked), None) => text!("ui-options-title-asked", asked = shown(asked)),
        (None, Some(got)) => not_asked(option, subject, cells, got),
        (None, None) => match cells.unread {
            None if matches!(subject.of, Of::Past(..)) && option.is_readable() => text!("ui-options-title-not-yet"),
            Some(errno) => text!("ui-options-title-unread", errno = errno.name()),
            None if !option.is_readable() => text!("ui-options-title-not-asked"),
            None => text!("ui-options-title-unknown"),
        },
    }
}

/// The answer where nobody has asked for anything.
fn not_asked(option: &Opt, subject: &Subject<'_>, cells: &Cells, got: &Value) -> Message {
    let listener = subject.course.as_ref().and_then(|course| course.accepted).map(|(listener, _)| listener.to_string());
    match (&cells.default, listener) {
        _ if !option.is_settable() => text!("ui-options-title-told", got = shown(got)),
        (Some(default), _) if default == got => text!("ui-options-title-default", got = shown(got)),
        (Some(default), Some(listener)) if option.inherited == Some(true) => {
            text!("ui-options-title-listener", got = shown(got), listener = listener, default = shown(default))
        }
        (Some(default), _) => text!("ui-options-title-since", got = shown(got), default = shown(default)),
        (None, _) => text!("ui-options-title-told", got = shown(got)),
    }
}

/// The systems on which it is, or on which it is other.
fn systems(option: &Opt, is_there: bool) -> String {
    let each = if is_there { option.systems } else { option.differs }.each();
    each.into_iter().filter(|(_, has)| *has).map(|(name, _)| name).collect::<Vec<_>>().join(", ")
}

fn line(ui: &mut Ui, words: String, look: &Look) {
    ui.add(Label::new(RichText::new(words).font(theme::plain(12.0)).color(look.roles.text)).wrap());
}

fn mono(ui: &mut Ui, words: String, look: &Look) {
    ui.add(Label::new(RichText::new(words).font(theme::mono(12.0)).color(look.roles.text2)).wrap());
}

/// A sentence with a sign before it.
fn marked(ui: &mut Ui, icon: egui_material_icons::MaterialIcon, words: String, colour: egui::Color32) {
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 5.0;
        ui.label(RichText::new(icon.codepoint).font(theme::icon(14.0)).color(colour));
        ui.add(Label::new(RichText::new(words).font(theme::plain(12.0)).color(colour)).wrap());
    });
}

/// The whole answer of each side, and below them what is alike for all: what the option does and by which rule.
fn words(ui: &mut Ui, option: &'static Opt, (around, sides): (&Around<'_>, &[Side<'_>]), look: &Look) -> Option<(usize, Answer)> {
    let mut done = None;
    for (place, (subject, cells)) in sides.iter().enumerate() {
        let title = look.say(&title(option, (around, subject, cells), look));
        if sides.len() > 1 {
            let colour = if place == 0 { look.roles.accent } else { look.roles.text2 };
            ui.add(Label::new(RichText::new(around.name(&subject.of, look)).font(theme::strong(12.0)).color(colour)).wrap());
        }
        ui.add(Label::new(RichText::new(title).font(theme::strong(14.0)).color(look.roles.text)).wrap());
        let asked = ui.push_id(place, |ui| state(ui, option, (around, subject, cells), look)).inner;
        done = asked.map(|answer| (place, answer)).or(done);
    }
    line(ui, look.say(&option.explanation()), look);
    if option.systems.here() {
        rule(ui, option, (around, sides), look);
    }
    if option.effect != Effect::Kept {
        line(ui, format!("{}{}", look.say(&option.effect.message()), look.say(&text!("ui-options-stop"))), look);
    }
    if let Some(side) = option.side_effect {
        line(ui, look.say(&side()), look);
    }
    if option.is_privileged {
        line(ui, look.say(&text!("ui-options-privileged")), look);
    }
    let mut facts = vec![look.say(&text!("ui-options-fact-when", when = option.when.message()))];
    facts.extend(inherited(option).map(|inherited| look.say(&text!("ui-options-fact-inherited", inherited = inherited))));
    facts.push(look.say(&text!("ui-options-fact-systems", systems = systems(option, true))));
    if option.differs.each().iter().any(|(_, differs)| *differs) {
        facts.push(look.say(&text!("ui-options-fact-differs", systems = systems(option, false))));
    }
    facts.push(look.say(&text!("ui-options-fact-manual", page = option.manual())));
    look.secondary(ui, facts.join(" · "));
    done
}

/// Whether it came too late on this side, for whom it acts, what was refused.
fn state(ui: &mut Ui, option: &'static Opt, (around, subject, cells): (&Around<'_>, &Subject<'_>, &Cells), look: &Look) -> Option<Answer> {
    let mut done = None;
    let at = |at: u64| format!("{} s", notation::time(around.scene.names.in_run(at)));
    if let Of::Socket(socket) | Of::Past(socket, _) = &subject.of {
        if let Some(late) = &cells.late {
            marked(ui, ICON_SCHEDULE, look.say(&late.message(option, *socket, at)), look.roles.wait);
            done = cure(ui, option, (around, subject), late.cure(option), look);
        } else if let Some((set, listening)) = subject.course.as_deref().and_then(|course| for_later_clients(option, course)) {
            let (socket, set, listening) = (socket.to_string(), at(set), at(listening));
            line(ui, look.say(&text!("net-note-listener", option = option.name, socket = socket, set = set, listening = listening)), look);
        }
    }
    if let Some((value, errno)) = &cells.refused {
        let what = look.say(&text!("ui-options-refused", option = option.name, value = shown(value), errno = errno.name()));
        let words = format!("{what} {}", look.say(&meaning(Call::SetSockOpt, *errno, &Args::None).says));
        marked(ui, ICON_CANCEL, words, look.roles.error);
    } else if let Some(errno) = cells.unread {
        line(ui, look.say(&meaning(Call::GetSockOpt, errno, &Args::None).says), look);
    }
    done
}

/// The rule by which the kernel changes the value, with the limits of the computer that ran it, and the sizes on a scale.
fn rule(ui: &mut Ui, option: &'static Opt, (around, sides): (&Around<'_>, &[Side<'_>]), look: &Look) {
    let is_recorded = around.scene.is_recorded();
    let kind = sides.first().map(|(subject, _)| subject.kind);
    if let Some((limits, kind)) = around.limits.zip(kind) {
        if let Some(formula) = limits.formula(option, kind) {
            mono(ui, formula.rule.to_owned(), look);
            let values = formula.values.into_iter().map(|(name, value)| format!("{name} = {value}")).collect::<Vec<_>>();
            if !values.is_empty() {
                mono(ui, values.join("   "), look);
            }
        }
        for (_, cells) in limits.bounds(option).into_iter().flat_map(|_| sides) {
            limits.bounds(option).into_iter().for_each(|bounds| scale::show(ui, bounds, cells, is_recorded, look));
        }
    }
    if is_recorded {
        let words = if around.limits.is_some() { text!("ui-options-recorded") } else { text!("ui-options-recorded-other") };
        look.secondary(ui, look.say(&words));
    }
}

/// What can be done about what came too late.
fn cure(ui: &mut Ui, option: &'static Opt, (around, subject): (&Around<'_>, &Subject<'_>), cure: Cure, look: &Look) -> Option<Answer> {
    let Of::Socket(socket) = &subject.of else { return None };
    if !subject.is_open() || around.scene.is_recorded() {
        return None;
    }
    match cure {
        Cure::SetHere => {
            let (listener, _) = subject.course.as_ref()?.accepted?;
            let value = around.options.socket(listener)?.option(option.name)?.asked.clone()?;
            let words = look.say(&text!("ui-options-cure-here", value = shown(&value), socket = socket.to_string()));
            let tip = text!("ui-options-cure-here-tip");
            let pressed = named(ui.button(&words), Role::Button, &words).on_hover_text(look.say(&tip)).clicked();
            pressed.then_some(Answer::Set(value))
        }
        Cure::Restart => {
            let name = subject.line?.spec.name.clone();
            let words = look.say(&text!("ui-options-cure-restart", program = name.as_str()));
            let tip = look.say(&text!("ui-options-cure-restart-tip", option = option.name));
            let pressed = named(ui.button(&words), Role::Button, &words).on_hover_text(tip).clicked();
            let value = subject.course.as_ref()?.option(option.name)?.asked.clone()?;
            pressed.then_some(Answer::Restart(name, value))
        }
    }
}

/// The field that sets it on the first of them, and what has become of it so far on each socket.
fn deeds(
    ui: &mut Ui,
    option: &'static Opt,
    (around, sides): (&Around<'_>, &[Side<'_>]),
    draft: &mut Draft,
    look: &Look,
) -> Option<(usize, Answer)> {
    let mut done = None;
    let (subject, cells) = sides.first()?;
    let can_be_set = subject.is_open() || matches!(subject.of, Of::Planned(_));
    if option.is_settable() && option.systems.here() && can_be_set && !around.scene.is_recorded() {
        done = field(ui, option, (subject, cells), draft, look).map(|answer| (0, answer));
    }
    // What a socket was is part of what has become of it since.
    let sockets = sides.iter().enumerate().filter(|(place, (subject, _))| *place == 0 || !matches!(subject.of, Of::Past(..)));
    for (place, (subject, _)) in sockets {
        let course = subject.course.as_ref().and_then(|course| course.option(option.name));
        let steps = course.into_iter().flat_map(|course| course.steps()).collect::<Vec<_>>();
        if steps.is_empty() {
            continue;
        }
        match &subject.of {
            Of::Socket(socket) if sides.len() > 1 => look.heading(ui, &text!("ui-options-history-of", socket = socket.to_string())),
            _ => look.heading(ui, &text!("ui-options-history")),
        };
        for step in steps.into_iter().rev().take(12) {
            if let Some(n) = history(ui, step, &around.scene.names, look) {
                done = Some((place, Answer::Row(n)));
            }
        }
    }
    done
}

fn field(ui: &mut Ui, option: &'static Opt, (subject, cells): (&Subject<'_>, &Cells), draft: &mut Draft, look: &Look) -> Option<Answer> {
    let mut done = None;
    let planned = matches!(subject.of, Of::Planned(_));
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        let name = look.say(&text!("ui-options-field", option = option.name));
        let hint = cells.effective.as_ref().map(shown).unwrap_or_default();
        let hint = RichText::new(hint).font(theme::mono(12.0)).color(look.roles.disabled);
        // It keeps the keyboard while what is around it comes and goes.
        let id = egui::Id::unique(("option value", option.name));
        let field = egui::TextEdit::singleline(&mut draft.text).id(id).font(theme::mono(12.0)).hint_text(hint).desired_width(FIELD);
        let response = ui.add(field).accessible_name(&name).on_hover_text(look.say(&text!("ui-options-field-tip")));
        if response.changed() {
            draft.error = None;
        }
        if option.unit != Unit::None && !option.unit.sign().is_empty() {
            look.secondary(ui, option.unit.sign());
        }
        let words = look.say(&if planned { text!("ui-options-ask") } else { text!("ui-options-set") });
        let tip = look.say(&if planned { text!("ui-options-ask-tip") } else { text!("ui-options-set-tip") });
        let pressed = named(ui.button(&words), Role::Button, &words).on_hover_text(tip).clicked();
        if pressed || response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter)) {
            match option.parse(&draft.text) {
                Ok(value) => done = Some(Answer::Set(value)),
                Err(error) => draft.error = Some(error),
            }
        }
    });
    if let Some(error) = &draft.error {
        marked(ui, ICON_CANCEL, look.say(error), look.roles.error);
    }
    done
}

/// A row of the trace in which it was set or read; returns its number where it was pressed.
fn history(ui: &mut Ui, step: &Step, names: &Names, look: &Look) -> Option<u64> {
    let what = match &step.did {
        Did::Set(value) => text!("ui-options-did-set", value = shown(value)),
        Did::Refused(value, errno) => text!("ui-options-did-refuse", value = shown(value), errno = errno.name()),
        Did::Read(value) => text!("ui-options-did-read", value = shown(value)),
        Did::Unread(errno) => text!("ui-options-did-unread", errno = errno.name()),
    };
    let who = match step.origin {
        Origin::Program => text!("ui-options-by-program"),
        Origin::Person => text!("ui-options-by-person"),
        Origin::Lab => text!("ui-options-by-lab"),
    };
    let row = look.say(&text!("ui-options-row", row = step.n.to_string()));
    let at = format!("{} s", notation::time(names.in_run(step.at)));
    let mut pressed = false;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        let link = Label::new(RichText::new(&row).font(theme::mono(12.0)).color(look.roles.accent)).sense(egui::Sense::click());
        let link = named(ui.add(link), Role::Link, &row).on_hover_text(&at);
        look.ring(ui, link.rect.expand(1.0), &link);
        pressed = link.on_hover_cursor(egui::CursorIcon::PointingHand).clicked();
        look.secondary(ui, format!("{}, {}", look.say(&what), look.say(&who)));
    });
    pressed.then_some(step.n)
}
