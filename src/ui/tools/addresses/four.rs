//! An address of IPv4: its bits, its network, and the table of classes.

use egui::{Align2, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::{facts, purpose};
use crate::text;
use crate::text::Message;
use crate::ui::look::{Look, line_of, paint_line, paint_line_right};
use crate::ui::theme;
use crate::wire::ipv4::{Class, Network, purpose as purpose_of};

/// A number with thin spaces between its thousands, for reading.
pub(super) fn spaced(number: u64) -> String {
    let digits = number.to_string();
    let mut spaced = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            spaced.push('\u{2009}');
        }
        spaced.push(digit);
    }
    spaced
}

/// An address in its network.
pub(super) struct Four(pub(super) Network);

impl Four {
    /// Draws all that is said of it.
    pub(super) fn show(&self, ui: &mut Ui, look: &Look) {
        let network = self.0;
        let class = Class::of(network.address);
        let mut chips = vec![look.say(&text!("ui-address-class", class = class.name()))];
        let known = purpose_of(network.address);
        let sentence = known.map_or_else(|| text!("ui-address-public"), |known| (known.sentence)());
        if let Some(known) = known {
            let (first, prefix) = (known.network.first(), known.network.prefix);
            chips.push(format!("{}, {first}/{prefix} ({})", look.say(&(known.name)()), known.source));
        }
        purpose(ui, &chips, &look.say(&sentence), look);
        self.bits(ui, look);
        ui.add_space(8.0);
        let (first, last) = network.hosts();
        let broadcast = network.broadcast().map_or_else(|| look.say(&text!("ui-address-no-broadcast")), |address| address.to_string());
        let rows = [
            (text!("ui-address-network"), network.first().to_string()),
            (text!("ui-address-broadcast"), broadcast),
            (text!("ui-address-first"), first.to_string()),
            (text!("ui-address-last"), last.to_string()),
            (text!("ui-address-hosts"), network.count().to_string()),
            (text!("ui-address-addresses"), network.size().to_string()),
        ];
        facts(ui, "network", &rows, look);
        look.secondary(ui, look.say(&text!("ui-address-why", why = network.why())));
        ui.add_space(6.0);
        classes(ui, class, look);
    }

    /// The 32 bits, the network's and the host's told apart by colour, by a rule below, and in words.
    fn bits(&self, ui: &mut Ui, look: &Look) {
        let roles = look.roles;
        let Network { address, prefix } = self.0;
        let cell = ((ui.available_width() - 24.0) / 32.0).clamp(8.0, 15.0);
        let gap = 8.0;
        let (rect, response) = ui.allocate_exact_size(vec2(32.0 * cell + 3.0 * gap, 62.0), Sense::hover());
        let words = look.say(&text!("ui-address-bits", bits = binary(address.to_bits()), network = prefix, host = 32 - prefix));
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &words));
        let left = |bit: u8| rect.left() + f32::from(bit) * cell + f32::from(bit / 8) * gap;
        let top = rect.top() + 16.0;
        for (place, octet) in address.octets().into_iter().enumerate() {
            let middle = left(place as u8 * 8) + 4.0 * cell;
            ui.painter().text(pos2(middle, rect.top() + 6.0), Align2::CENTER_CENTER, octet.to_string(), theme::mono(12.0), roles.text2);
        }
        for bit in 0..32_u8 {
            let (fill, _) = if bit < prefix { roles.field(0) } else { roles.field(1) };
            let area = Rect::from_min_size(pos2(left(bit), top), vec2(cell - 1.0, 20.0));
            ui.painter().rect_filled(area, 2.0, fill);
            let value = if address.to_bits() >> (31 - bit) & 1 == 1 { "1" } else { "0" };
            ui.painter().text(area.center(), Align2::CENTER_CENTER, value, theme::mono(12.0), roles.text);
        }
        let y = top + 24.0;
        for (from, to, field, words) in [
            (0, prefix, 0, text!("ui-address-network-bits", bits = prefix)),
            (prefix, 32, 1, text!("ui-address-host-bits", bits = 32 - prefix)),
        ] {
            if from == to {
                continue;
            }
            let (start, end) = (left(from), left(to - 1) + cell - 1.0);
            let (_, line) = roles.field(field);
            ui.painter().hline(start..=end, y, Stroke::new(2.0, line));
            let words = look.say(&words);
            // What is too long for a short rule stands at its right end.
            if field == 0 {
                paint_line(ui, start, y + 11.0, line_of(&[(&words, theme::plain(11.0), roles.text)], 200.0));
            } else {
                paint_line_right(ui, end, y + 11.0, line_of(&[(&words, theme::plain(11.0), roles.text)], 200.0));
            }
        }
        response.on_hover_text(words);
    }
}

/// The bits in groups of eight, as they are read out.
fn binary(bits: u32) -> String {
    bits.to_be_bytes().map(|octet| format!("{octet:08b}")).join(".")
}

/// The table of classes; the one of the address is marked.
fn classes(ui: &mut Ui, own: Class, look: &Look) {
    let roles = look.roles;
    let width = ui.available_width().min(560.0);
    // The right ends of the numbers, the left ends of the words.
    let ends = [0.0, 44.0, 110.0, width * 0.74, width - 6.0];
    let heads = [
        text!("ui-address-column-class"),
        text!("ui-address-column-lead"),
        text!("ui-address-column-range"),
        text!("ui-address-column-networks"),
        text!("ui-address-column-hosts"),
    ];
    let line = |ui: &Ui, rect: Rect, cells: &[String; 5], head: bool| {
        let (font, colour) = if head { (theme::plain(11.0), roles.text2) } else { (theme::mono(11.0), roles.text) };
        for (place, cell) in cells.iter().enumerate() {
            let job = line_of(&[(cell, font.clone(), colour)], 240.0);
            let x = rect.left() + 8.0 + ends[place];
            if place < 3 {
                paint_line(ui, x, rect.center().y, job);
            } else {
                paint_line_right(ui, x - 8.0, rect.center().y, job);
            }
        }
    };
    ui.spacing_mut().item_spacing.y = 0.0;
    let (rect, _) = ui.allocate_exact_size(vec2(width, theme::HEAD), Sense::hover());
    line(ui, rect, &heads.map(|head: Message| look.say(&head)), true);
    ui.painter().hline(rect.x_range(), rect.bottom(), Stroke::new(1.0, roles.line));
    for class in Class::ALL {
        let (first, last) = class.range();
        let none = |words: Message| look.say(&words);
        let networks = class
            .networks()
            .map_or_else(|| none(if class == Class::D { text!("wire-ipv4-multicast") } else { text!("wire-ipv4-reserved") }), spaced);
        let hosts = class.hosts().map_or_else(|| "–".to_owned(), spaced);
        let cells = [class.name().to_owned(), class.lead().to_owned(), format!("{first} – {last}"), networks, hosts];
        let (rect, response) = ui.allocate_exact_size(vec2(width, theme::ROW), Sense::hover());
        response.widget_info(|| WidgetInfo::selected(Role::Row, true, class == own, cells.join(", ")));
        look.row(ui, rect, class == own, false);
        line(ui, rect, &cells, false);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_parted_for_reading() {
        assert_eq!(
            [7, 254, 65_534, 16_777_214].map(|number| spaced(number).replace('\u{2009}', " ")),
            ["7", "254", "65 534", "16 777 214"]
        );
        assert_eq!(binary(0xc0a8_0a4d), "11000000.10101000.00001010.01001101");
    }
}
