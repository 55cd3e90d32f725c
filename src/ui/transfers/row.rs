//! One transfer as a row: which way it goes, its file, its partner, how far it is and how it ended.

use egui::{Align2, Color32, Rect, Response, Role, Sense, Ui, WidgetInfo, pos2, vec2};
use egui_material_icons::icons::{ICON_CANCEL, ICON_CHECK_CIRCLE, ICON_DOWNLOAD, ICON_HELP, ICON_UPLOAD};

use super::{ROW, bytes, rate};
use crate::text;
use crate::text::Message;
use crate::trace::transfer::{End, Transfer};
use crate::ui::look::{Look, line_of, paint_line, paint_line_right};
use crate::ui::theme;

/// How it stands, in words.
pub(super) fn state(transfer: &Transfer) -> Message {
    match &transfer.end {
        None if transfer.gives => text!("ui-transfers-giving"),
        None => text!("ui-transfers-taking"),
        Some(End::Complete) => text!("ui-transfers-complete"),
        Some(End::Unconfirmed) => text!("ui-transfers-unconfirmed"),
        Some(End::Error { code, is_sent: true, .. }) => text!("ui-transfers-refused", code = code.number()),
        Some(End::Error { code, .. }) => text!("ui-transfers-was-refused", code = code.number()),
        Some(End::Left) => text!("ui-transfers-left"),
    }
}

/// The colour of how it stands.
pub(super) fn colour(transfer: &Transfer, look: &Look) -> Color32 {
    match &transfer.end {
        None if transfer.gives => look.roles.send,
        None => look.roles.recv,
        Some(End::Complete) => look.roles.ok,
        Some(End::Unconfirmed) => look.roles.wait,
        Some(End::Error { .. } | End::Left) => look.roles.error,
    }
}

/// How much of the file is across: `62 %`, or the bytes where its size is not known.
pub(super) fn progress(transfer: &Transfer) -> String {
    transfer.part().map_or_else(|| bytes(transfer.bytes), |part| format!("{:.0} %", (part * 100.0).floor()))
}

/// A bar that is filled as far as the transfer is; where that is not known, half filled and faint while it goes on.
pub(super) fn bar(ui: &Ui, rect: Rect, transfer: &Transfer, look: &Look) {
    ui.painter().rect_filled(rect, theme::TICK, look.roles.sunken);
    let ink = colour(transfer, look);
    let unknown = if transfer.end.is_none() { 0.5 } else { 0.0 };
    let (part, ink) = transfer.part().map_or_else(|| (unknown, ink.gamma_multiply(0.3)), |part| (part, ink));
    let filled = Rect::from_min_size(rect.min, vec2(rect.width() * part, rect.height()));
    ui.painter().rect_filled(filled, theme::TICK, ink);
}

/// Draws the row; `kept` is whether its file waits to be saved.
pub(super) fn show(ui: &mut Ui, transfer: &Transfer, (chosen, kept): (bool, bool), look: &Look) -> Response {
    let roles = look.roles;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    let state = look.say(&if kept { text!("ui-transfers-kept") } else { state(transfer) });
    let peer = transfer.peer.as_ref().map(ToString::to_string).unwrap_or_default();
    let (progress, rate) = (progress(transfer), rate(transfer));
    response.widget_info(|| {
        let words = text!(
            "ui-transfers-spoken",
            name = transfer.name.as_str(),
            peer = peer.as_str(),
            state = state.as_str(),
            progress = progress.as_str()
        );
        WidgetInfo::selected(Role::ListBoxOption, true, chosen, look.say(&words))
    });
    look.row(ui, rect, chosen, response.hovered());
    let (y, ink) = (rect.center().y, colour(transfer, look));
    let icon = match &transfer.end {
        None if transfer.gives => ICON_UPLOAD,
        None => ICON_DOWNLOAD,
        Some(End::Complete) => ICON_CHECK_CIRCLE,
        Some(End::Unconfirmed) => ICON_HELP,
        Some(_) => ICON_CANCEL,
    };
    ui.painter().text(pos2(rect.left() + 20.0, y), Align2::CENTER_CENTER, icon.codepoint, theme::icon(15.0), ink);
    // From the right: what is always wanted first.
    let room = rect.width();
    let mut right = rect.right() - theme::EDGE;
    paint_line_right(ui, right, y, line_of(&[(&state, theme::plain(12.0), ink)], room * 0.3));
    right -= room * 0.3 + 8.0;
    paint_line_right(ui, right, y, line_of(&[(&rate, theme::mono(12.0), roles.text2)], 84.0));
    right -= 92.0;
    paint_line_right(ui, right, y, line_of(&[(&progress, theme::mono(12.0), roles.text)], 60.0));
    right -= 64.0;
    if room > 560.0 {
        bar(ui, Rect::from_min_max(pos2(right - 90.0, y - 4.0), pos2(right, y + 4.0)), transfer, look);
        right -= 98.0;
    }
    let left = rect.left() + 36.0;
    let width = (right - left).max(40.0);
    let runs = [
        (&*transfer.name, theme::mono(12.0), roles.text),
        ("   ", theme::plain(12.0), roles.text2),
        (&*peer, theme::mono(12.0), roles.text2),
    ];
    paint_line(ui, left, y, line_of(&runs, width));
    response.on_hover_text(look.say(&text!("ui-transfers-row-tip")))
}
