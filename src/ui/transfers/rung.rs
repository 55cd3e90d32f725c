//! What a packet of a transfer is called, and what is odd about it: in words, with the rule that says why.

use egui::Color32;
use egui_material_icons::MaterialIcon;
use egui_material_icons::icons::{ICON_CLOSE, ICON_CONTENT_COPY, ICON_HELP, ICON_LAST_PAGE, ICON_REPLAY, ICON_SCHEDULE, ICON_WARNING};

use crate::text;
use crate::text::Message;
use crate::trace::Direction;
use crate::trace::transfer::{Rung, RungMark, Step};
use crate::ui::look::Look;
use crate::wire::tftp::Opcode;

/// The packet, as it is called in every language: `DATA 3`.
pub(crate) fn name(step: Step) -> String {
    match step {
        Step::Rrq => Opcode::Rrq.to_string(),
        Step::Wrq => Opcode::Wrq.to_string(),
        Step::Oack => Opcode::Oack.to_string(),
        Step::Data(block) => format!("{} {block}", Opcode::Data),
        Step::Ack(block) => format!("{} {block}", Opcode::Ack),
        Step::Error(code) => format!("{} {}", Opcode::Error, code.number()),
    }
}

/// What is odd about it, in a few words, and by which rule; none where nothing is.
pub(crate) fn oddity(mark: RungMark) -> Option<(Message, Message)> {
    Some(match mark {
        RungMark::First => return None,
        RungMark::Again => (text!("ui-rung-again"), text!("ui-rung-again-rule")),
        RungMark::Duplicate => (text!("ui-rung-duplicate"), text!("ui-rung-duplicate-rule")),
        RungMark::Ahead => (text!("ui-rung-ahead"), text!("ui-rung-ahead-rule")),
        RungMark::Stray => (text!("ui-rung-stray"), text!("ui-rung-stray-rule")),
        RungMark::Dropped => (text!("ui-rung-dropped"), text!("ui-rung-dropped-rule")),
        RungMark::Doubled => (text!("ui-rung-doubled"), text!("ui-rung-doubled-rule")),
        RungMark::Late => (text!("ui-rung-late"), text!("ui-rung-late-rule")),
    })
}

/// The mark beside it: no meaning rests on colour alone.
pub(crate) fn icon(mark: RungMark) -> Option<MaterialIcon> {
    Some(match mark {
        RungMark::First => return None,
        RungMark::Again => ICON_REPLAY,
        RungMark::Duplicate | RungMark::Doubled => ICON_CONTENT_COPY,
        RungMark::Ahead => ICON_LAST_PAGE,
        RungMark::Stray => ICON_HELP,
        RungMark::Dropped => ICON_CLOSE,
        RungMark::Late => ICON_SCHEDULE,
    })
}

/// The mark of a packet that ends a transfer.
pub(super) const ENDS: MaterialIcon = ICON_WARNING;

/// The colours of a packet and of its mark.
pub(crate) fn ink(rung: &Rung, look: &Look) -> Color32 {
    let roles = look.roles;
    match (rung.mark, rung.step, rung.direction) {
        (RungMark::Dropped, ..) | (_, Step::Error(_), _) => roles.error,
        (RungMark::First, _, Direction::Sent) => roles.send,
        (RungMark::First, ..) => roles.recv,
        _ => roles.wait,
    }
}
