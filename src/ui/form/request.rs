//! What a http-client sends: the text of the request as it is written, and beside it the very bytes that will go.

use egui::{Id, Label, Modal, RichText, ScrollArea, TextEdit, Ui, vec2};
use egui_material_icons::icons::ICON_CHECK;

use super::drafts::Draft;
use super::rows::{choice, label, row, show_error};
use super::{Form, Hold};
use crate::lab::{Setting, field};
use crate::program::Target;
use crate::text;
use crate::ui::look::Look;
use crate::ui::theme;
use crate::wire::http::{LineEnds, TEMPLATES, compose};
use crate::wire::{Charset, preview};

/// The height of the text and of its bytes, in points.
const HEIGHT: f32 = 190.0;
/// How many lines of bytes are shown.
const MOST_LINES: usize = 200;
/// How much of a line is shown, in characters.
const MOST_SHOWN: usize = 400;

/// The row of the form, which shows the first line and opens the text.
pub(super) fn show(ui: &mut Ui, form: &mut Form<'_>, look: &Look) {
    let Some(field) = field(form.spec().kind, "request") else { return };
    let name = look.say(&label(field.key));
    let id = Id::unique(("request of", &form.line.spec.name));
    let mut open = ui.data(|data| data.get_temp::<bool>(id)).unwrap_or_default();
    let draft = form.drafts.get(field.key, || form.spec().http.request.clone());
    let first = draft.text.lines().next().unwrap_or_default().to_owned();
    row(ui, &name, &look.say(&(field.sentence)()), look, |ui, width| {
        let button = egui::Button::new(RichText::new(&first).font(theme::mono(12.0))).truncate().min_size(vec2(width, theme::FIELD));
        let response = ui.add_enabled(form.hold != Hold::Fixed, button);
        let spoken = look.say(&text!("ui-request-edit", request = first.as_str()));
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, form.hold != Hold::Fixed, &spoken));
        if form.drafts.is_wanted(field.key) {
            open = draft.error.is_some();
            response.request_focus();
        }
        open |= response.on_hover_text(spoken).clicked();
    });
    if let Some(error) = draft.error.clone().or_else(|| form.wrong(field.key)) {
        show_error(ui, &error, look);
    }
    if open {
        open = edit(ui, form, draft, look);
    }
    ui.data_mut(|data| data.insert_temp(id, open));
}

/// The text and its bytes; returns whether they stay open.
fn edit(ui: &Ui, form: &mut Form<'_>, mut draft: Draft, look: &Look) -> bool {
    let Some(field) = field(form.spec().kind, "request") else { return false };
    let before = draft.text.clone();
    let modal = Modal::new(Id::unique("request")).show(ui.ctx(), |ui| {
        ui.set_width((ui.ctx().content_rect().width() - 80.0).clamp(300.0, 860.0));
        ui.label(RichText::new(look.say(&text!("ui-request-title"))).font(theme::strong(15.0)));
        ui.add(Label::new(RichText::new(look.say(&text!("ui-request-how"))).font(theme::plain(12.0)).color(look.roles.text2)).wrap());
        if form.hold == Hold::UntilRestart {
            look.secondary(ui, look.say(&text!("ui-form-locked-tip")));
        }
        ui.horizontal(|ui| {
            look.secondary(ui, look.say(&text!("ui-request-begin")));
            let none = (usize::MAX, look.say(&text!("ui-request-choose")));
            let names = TEMPLATES.iter().enumerate().map(|(place, template)| (place, template.name.to_owned()));
            let names = std::iter::once(none).chain(names).collect::<Vec<_>>();
            let name = look.say(&text!("ui-request-template"));
            let chosen = choice(ui, "request template", &name, 190.0, &usize::MAX, &names, Hold::Free);
            if let Some(template) = chosen.and_then(|place| TEMPLATES.get(place)) {
                template.text.clone_into(&mut draft.text);
            }
        });
        ui.add_space(2.0);
        let (host, ends) = (host(form), form.spec().http.line_ends);
        ui.columns(2, |columns| {
            let [left, right] = columns else { return };
            text_of(left, &mut draft, look);
            bytes_of(right, &compose(&draft.text, &host, ends), ends, look);
        });
        if let Some(error) = &draft.error {
            show_error(ui, error, look);
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if look.button(ui, ICON_CHECK, &look.say(&text!("ui-sending-done"))).clicked() {
                ui.close();
            }
        });
    });
    if draft.text != before {
        match field.typed(&Setting::Lines(draft.text.clone()).to_toml()) {
            Ok(setting) => {
                draft.error = None;
                form.edit(|spec| (field.set)(spec, setting));
            }
            Err(error) => draft.error = Some(error),
        }
        form.drafts.put(field.key, draft);
    }
    let open = !modal.should_close();
    if !open {
        form.drafts.leave(field.key);
    }
    open
}

/// What `{host}` becomes.
fn host(form: &Form<'_>) -> String {
    if let Some(Target::Program(name)) = &form.spec().connect
        && let Some((_, address)) = form.running.iter().find(|(running, _)| running == name)
    {
        return address.to_string();
    }
    form.lab.meeting_place(&form.spec().name, None).map(|place| place.to_string()).unwrap_or_default()
}

fn text_of(ui: &mut Ui, draft: &mut Draft, look: &Look) {
    look.secondary(ui, look.say(&text!("ui-request-written")));
    ScrollArea::both().id_salt("request text").max_height(HEIGHT).min_scrolled_height(HEIGHT).show(ui, |ui| {
        let text = TextEdit::multiline(&mut draft.text).font(theme::mono(12.0)).code_editor();
        let response = ui.add(text.desired_width(f32::INFINITY).min_size(vec2(0.0, HEIGHT)));
        response.accessible_name(look.say(&text!("ui-request-text"))).on_hover_text(look.say(&text!("ui-request-text-tip")));
    });
}

/// Line by line, with what ends each.
fn bytes_of(ui: &mut Ui, bytes: &[u8], ends: LineEnds, look: &Look) {
    look.secondary(ui, look.say(&text!("ui-request-bytes", bytes = bytes.len())));
    ScrollArea::both().id_salt("request bytes").max_height(HEIGHT).min_scrolled_height(HEIGHT).auto_shrink([false, false]).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let mark = if ends == LineEnds::CrLf { "\\r\\n" } else { "\\n" };
        for line in bytes.split_inclusive(|byte| *byte == b'\n').take(MOST_LINES) {
            let shown = preview(line, Charset::Utf8, MOST_SHOWN).text;
            let (words, end) = shown.strip_suffix(mark).map_or((shown.as_str(), ""), |words| (words, mark));
            let mut job = egui::text::LayoutJob::default();
            job.append(words, 0.0, crate::ui::look::format(theme::mono(12.0), look.roles.text));
            job.append(end, 0.0, crate::ui::look::format(theme::mono(12.0), look.roles.text2));
            ui.add(Label::new(job).extend().selectable(true));
        }
    });
}
