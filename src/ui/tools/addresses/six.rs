//! An address of IPv6: long and short, its prefix, whom it reaches, what is within it.

use std::net::Ipv6Addr;

use egui::{Align2, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::{facts, purpose};
use crate::text;
use crate::ui::look::{Look, line_of, paint_line, paint_line_right};
use crate::ui::theme;
use crate::wire::ipv6::{Network, hardware, long, purpose as purpose_of, reach, within};

/// Draws all that is said of an address with a prefix of at most 128 bits.
pub(super) fn show(ui: &mut Ui, address: Ipv6Addr, prefix: u8, look: &Look) {
    let network = Network { address, prefix };
    let known = purpose_of(address);
    let chips = known.map(|known| {
        let (first, prefix) = (known.network.first(), known.network.prefix);
        format!("{}, {first}/{prefix} ({})", look.say(&(known.name)()), known.source)
    });
    let sentence = known.map_or_else(|| text!("ui-address-six-free"), |known| (known.sentence)());
    purpose(ui, chips.as_slice(), &look.say(&sentence), look);
    digits(ui, network, look);
    ui.add_space(8.0);
    let mut rows = vec![
        (text!("ui-address-short"), address.to_string()),
        (text!("ui-address-long"), long(address)),
        (text!("ui-address-first-six"), network.first().to_string()),
        (text!("ui-address-last-six"), network.last().to_string()),
        (
            text!("ui-address-addresses"),
            match 128 - prefix {
                bits @ 0..=20 => (1_u64 << bits).to_string(),
                bits => look.say(&text!("ui-address-power", bits = bits)),
            },
        ),
    ];
    rows.extend(reach(address).map(|reach| (text!("ui-address-reach"), look.say(&reach))));
    rows.extend(within(address).map(|four| (text!("ui-address-within"), four.to_string())));
    rows.extend(hardware(address).map(|hardware| (text!("ui-address-hardware"), hardware)));
    for row in &rows {
        facts(ui, row.0.key(), std::slice::from_ref(row), look);
    }
    if hardware(address).is_some() {
        look.secondary(ui, look.say(&text!("ui-address-hardware-why")));
    }
}

/// The 32 hexadecimal digits, those of the prefix and of the interface told apart.
fn digits(ui: &mut Ui, network: Network, look: &Look) {
    let roles = look.roles;
    let Network { address, prefix } = network;
    let gap = 6.0;
    let cell = ((ui.available_width() - 8.0 * gap) / 32.0).clamp(8.0, 13.0);
    let (rect, response) = ui.allocate_exact_size(vec2(32.0 * cell + 7.0 * gap, 46.0), Sense::hover());
    let words = look.say(&text!("ui-address-digits", digits = long(address), prefix = prefix, rest = 128 - prefix));
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &words));
    let left = |place: u8| rect.left() + f32::from(place) * cell + f32::from(place / 4) * gap;
    for (place, digit) in (0..32_u8).zip(long(address).chars().filter(|digit| *digit != ':')) {
        // A digit that the prefix cuts is the prefix's; its words say how many bits it has.
        let (fill, _) = roles.field(usize::from(place * 4 >= prefix));
        let area = Rect::from_min_size(pos2(left(place), rect.top()), vec2(cell - 1.0, 20.0));
        ui.painter().rect_filled(area, 2.0, fill);
        ui.painter().text(area.center(), Align2::CENTER_CENTER, digit, theme::mono(12.0), roles.text);
    }
    let (y, border) = (rect.top() + 24.0, prefix.div_ceil(4));
    let ends = [
        (0, border, 0, text!("ui-address-prefix-bits", bits = prefix)),
        (border, 32, 1, text!("ui-address-interface-bits", bits = 128 - prefix)),
    ];
    for (from, to, field, words) in ends.into_iter().filter(|(from, to, ..)| from < to) {
        let (start, end) = (left(from), left(to - 1) + cell - 1.0);
        ui.painter().hline(start..=end, y, Stroke::new(2.0, roles.field(field).1));
        let words = look.say(&words);
        let job = line_of(&[(&words, theme::plain(11.0), roles.text)], 200.0);
        if field == 0 {
            paint_line(ui, start, y + 11.0, job);
        } else {
            paint_line_right(ui, end, y + 11.0, job);
        }
    }
    response.on_hover_text(words);
}
