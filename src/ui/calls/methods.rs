//! The methods as buttons, in the order of a socket's life. All can be pressed: the kernel decides.

use egui::{Align2, Color32, Role, Sense, Stroke, StrokeKind, TextWrapMode, Ui, WidgetInfo, vec2};

use crate::program::manual::{Hint, Method, Step, hint};
use crate::text;
use crate::text::Message;
use crate::trace::SocketType;
use crate::trace::stages::Known;
use crate::ui::look::{Look, inset};
use crate::ui::theme;

fn step_name(step: Step) -> Message {
    match step {
        Step::Create => text!("ui-calls-step-create"),
        Step::Name => text!("ui-calls-step-name"),
        Step::Wait => text!("ui-calls-step-wait"),
        Step::Connect => text!("ui-calls-step-connect"),
        Step::Exchange => text!("ui-calls-step-exchange"),
        Step::End => text!("ui-calls-step-end"),
        Step::Ask => text!("ui-calls-step-ask"),
    }
}

/// What is to be expected of a method on the chosen socket; none where nothing is known of that.
fn expected(known: Option<&Known>, method: Method) -> Option<Hint> {
    let Some(known) = known else { return (method == Method::Socket).then_some(Hint::Sensible) };
    match known.made {
        Some((crate::trace::Family::Unix, _)) => None,
        made => Some(hint(known.stage(), made.map_or(SocketType::Stream, |(_, kind)| kind), method)),
    }
}

fn words(hint: Option<Hint>) -> Message {
    match hint {
        Some(Hint::Sensible) => text!("ui-calls-sensible"),
        Some(Hint::Refused(errno)) => text!("ui-calls-refused", errno = errno),
        Some(Hint::Possible) | None => text!("ui-calls-possible"),
    }
}

/// Draws them; returns the one that was chosen.
pub(super) fn show(ui: &mut Ui, known: Option<&Known>, now: Method, hints: bool, look: &Look) -> Option<Method> {
    let mut chosen = None;
    inset(ui, |ui| {
        ui.spacing_mut().item_spacing = vec2(4.0, 4.0);
        // A name that has no room left goes to the next line whole.
        ui.style_mut().wrap_mode = Some(TextWrapMode::Extend);
        for step in Step::ALL {
            look.heading(ui, &step_name(*step));
            for method in Method::ALL.iter().filter(|method| method.step() == *step) {
                let hint = expected(known, *method).filter(|_| hints);
                if button(ui, *method, hint, hints, *method == now, look) {
                    chosen = Some(*method);
                }
            }
            ui.add_space(8.0);
        }
    });
    chosen
}

fn button(ui: &mut Ui, method: Method, hint: Option<Hint>, hints: bool, is_chosen: bool, look: &Look) -> bool {
    let roles = look.roles;
    let name = method.name();
    let (colour, border, fill) = match hint {
        _ if is_chosen => (roles.on_accent, roles.accent, roles.accent_fill),
        Some(Hint::Sensible) => (roles.accent, roles.accent, roles.surface),
        Some(Hint::Refused(_)) => (roles.text2, roles.line, Color32::TRANSPARENT),
        _ => (roles.text, roles.stroke, roles.surface),
    };
    let galley = ui.painter().layout_no_wrap(name.to_owned(), theme::mono(12.0), colour);
    let (rect, response) = ui.allocate_exact_size(vec2(galley.size().x + 14.0, 24.0), Sense::click());
    let told = look.say(&words(hint));
    let label = if hints { format!("{name}: {told}") } else { name.to_owned() };
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_chosen, &label));
    let fill = if response.hovered() && !is_chosen { roles.hover } else { fill };
    ui.painter().rect(
        rect,
        theme::CORNER,
        fill,
        Stroke::new(if hint == Some(Hint::Sensible) { 1.5 } else { 1.0 }, border),
        StrokeKind::Inside,
    );
    ui.painter().galley(Align2::CENTER_CENTER.align_size_within_rect(galley.size(), rect).min, galley, colour);
    look.ring(ui, rect, &response);
    let c = if method.c().is_empty() { look.say(&text!("ui-calls-no-kernel")) } else { method.c().to_owned() };
    let tip = if hints { format!("{}\n{c}\n{told}", method.python()) } else { format!("{}\n{c}", method.python()) };
    response.on_hover_text(tip).clicked()
}
