//! What waits: each call that has not returned, what would end the wait, and a way to wake it.

use std::time::Duration;

use egui::{Frame, Margin, RichText, Stroke, Ui};
use egui_material_icons::icons::{ICON_HOURGLASS_TOP, ICON_NOTIFICATIONS};

use super::Sight;
use crate::program::Command;
use crate::text;
use crate::text::Message;
use crate::trace::{Call, OpenCall, notation};
use crate::ui::command::{Action, Actions};
use crate::ui::theme;

/// What would end the wait.
fn ends(open: &OpenCall) -> Message {
    match open.call {
        Call::Accept => text!("ui-calls-waits-accept"),
        Call::Recv => text!("ui-calls-waits-recv"),
        Call::RecvFrom => text!("ui-calls-waits-recvfrom"),
        Call::Send | Call::SendTo => text!("ui-calls-waits-send"),
        Call::Connect => text!("ui-calls-waits-connect"),
        Call::Poll => text!("ui-calls-waits-poll"),
        _ => text!("ui-calls-waits-other"),
    }
}

/// Draws them.
pub(super) fn show(ui: &mut Ui, sight: &Sight<'_>, actions: &mut Actions) {
    let look = sight.look;
    let roles = look.roles;
    for open in sight.scene.open.iter().filter(|open| Some(open.program) == sight.line.id) {
        let socket = open.socket.map(|socket| format!("{socket}.")).unwrap_or_default();
        let call = format!("{socket}{}", notation::call(open.call, &open.args));
        let tenths = sight.scene.told.saturating_sub(open.t0) / 100_000_000;
        let time = format!("{} …", notation::duration(Duration::from_millis(tenths * 100)));
        let thread =
            sight.threads().into_iter().find(|(_, id)| *id == open.thread).map(|(number, _)| number.to_string()).unwrap_or_default();
        let margin = Margin::symmetric(10, 4);
        let frame = Frame::new().fill(roles.wait_soft).stroke(Stroke::new(1.0, roles.wait)).corner_radius(theme::CARD);
        frame.inner_margin(margin).outer_margin(Margin::symmetric(theme::EDGE as i8, 0)).show(ui, |ui| {
            ui.horizontal_wrapped(|ui| {
                ui.label(RichText::new(ICON_HOURGLASS_TOP.codepoint).font(theme::icon(15.0)).color(roles.wait));
                ui.label(RichText::new(&call).font(theme::mono(12.0)));
                ui.label(RichText::new(time).font(theme::strong(12.0)).color(roles.wait));
                let words = look.say(&text!("ui-calls-waits", thread = thread, ends = ends(open)));
                ui.label(RichText::new(words).font(theme::plain(12.0)));
                let name = look.say(&text!("ui-calls-wake"));
                if look.button(ui, ICON_NOTIFICATIONS, &name).on_hover_text(look.say(&text!("ui-calls-wake-tip"))).clicked() {
                    actions.push(Action::Tell(sight.line.spec.name.clone(), Command::Wake(open.thread)));
                }
            });
        });
    }
}
