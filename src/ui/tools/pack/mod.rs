//! Packing and unpacking: a format string as Python's `struct` has it, its values, and the bytes coloured by field.

mod example;
mod reading;
mod table;

use egui::{Align, Frame, Layout, Panel, Ui};
use egui_material_icons::icons::{ICON_CONTENT_COPY, ICON_INFO};

use self::example::EXAMPLES;
use self::reading::{Reading, Typed};
use super::strip::{Cell, Strip};
use super::{Given, field};
use crate::text;
use crate::trace::transfer::is_tftp;
use crate::trace::{Names, Record};
use crate::ui::look::{Look, named};
use crate::ui::theme;
use crate::wire::pack::{Format, LONGEST, Order, Slot, Value, reorder};
use crate::wire::{hex, literal, tftp};

/// The width of the labels before the fields.
const LABEL: f32 = 52.0;

/// The state of the tool.
#[derive(Debug)]
pub(crate) struct Pack {
    typed: Typed,
    /// What was typed when it was read last, and what it came to.
    read: (Typed, Reading),
    /// The example whose fields have names.
    example: Option<usize>,
    /// The row whose bytes were taken.
    from: Option<u64>,
    /// The slot that is lit: that of the field which is typed into, or of the row under the pointer.
    lit: Option<usize>,
    /// A slot that is to be brought into view.
    wanted: Option<usize>,
}

impl Default for Pack {
    fn default() -> Self {
        let mut pack = Self { typed: Typed::default(), read: <_>::default(), example: None, from: None, lit: None, wanted: None };
        pack.show_example(0);
        pack
    }
}

/// A format for a TFTP packet, by its fields.
fn tftp_format(bytes: &[u8]) -> String {
    let numbers = [text!("wire-tftp-field-opcode"), text!("wire-tftp-field-block"), text!("wire-tftp-field-code")];
    let one = |field: tftp::Field| {
        let length = field.range.len();
        let ended = bytes.get(field.range.clone()).is_some_and(|part| part.last() == Some(&0)) && !field.is_data();
        match length {
            2 if numbers.contains(&field.name) => "H".to_owned(),
            _ if ended => format!("{}sb", length - 1),
            _ => format!("{length}s"),
        }
    };
    format!("!{}", tftp::fields(bytes).into_iter().map(one).collect::<String>())
}

impl Pack {
    fn show_example(&mut self, place: usize) {
        let Some(example) = EXAMPLES.get(place) else { return };
        let values = example.values.iter().map(|value| (*value).to_owned()).collect();
        self.typed = Typed { unpacks: false, format: example.format.to_owned(), values, data: String::new() };
        (self.example, self.from) = (Some(place), None);
    }

    /// Unpacks the bytes of a row: a TFTP packet by its fields, anything else by the format that stands there where it has as many bytes.
    pub(crate) fn take(&mut self, record: &Record, names: &Names) {
        let Some(payload) = &record.payload else { return };
        let bytes = payload.bytes.get(..payload.bytes.len().min(crate::wire::pack::MOST)).unwrap_or_default();
        let fits = Format::parse(&self.typed.format).is_ok_and(|format| format.size() == bytes.len());
        let speaks_tftp = names.program(record.program).is_some_and(|program| is_tftp(&program.kind));
        if speaks_tftp && tftp::Packet::parse(bytes).is_ok() {
            self.typed.format = tftp_format(bytes);
        } else if !fits {
            self.typed.format = format!("{}s", bytes.len());
        }
        (self.typed.unpacks, self.typed.data) = (true, hex::format(bytes));
        (self.example, self.from) = (None, Some(record.n));
    }

    /// Packs what was unpacked, or unpacks what was packed.
    fn turn(&mut self) {
        let reading = self.reading().clone();
        if self.typed.unpacks {
            if let Some(values) = reading.written() {
                self.typed.values = values;
            }
        } else if let Some(bytes) = reading.whole_bytes() {
            self.typed.data = hex::format(&bytes);
        }
        self.typed.unpacks ^= true;
        self.from = None;
    }

    /// What is typed comes to this.
    fn reading(&mut self) -> &Reading {
        if self.read.0 != self.typed {
            let reading = Reading::of(&mut self.typed, &self.read.1);
            self.read = (self.typed.clone(), reading);
        }
        &self.read.1
    }

    /// Draws what stands at the right of the title, from the right.
    pub(super) fn head(&mut self, ui: &mut Ui, given: &Given<'_>) {
        let look = given.look;
        let ways =
            [(true, text!("ui-pack-unpack"), text!("ui-pack-unpack-tip")), (false, text!("ui-pack-pack"), text!("ui-pack-pack-tip"))];
        let ways = ways.map(|(unpacks, name, tip)| (unpacks, look.say(&name), look.say(&tip)));
        if field::segments(ui, self.typed.unpacks, &ways, look).is_some() {
            self.turn();
        }
        let name = look.say(&text!("ui-tools-examples"));
        let menu = ui.menu_button(egui::RichText::new(&name).font(theme::plain(12.0)), |ui| {
            for (place, example) in EXAMPLES.iter().enumerate() {
                if ui.button(look.say(&(example.title)())).clicked() {
                    self.show_example(place);
                    ui.close();
                }
            }
        });
        named(menu.response, egui::Role::Button, &name);
        if let Some(row) = given.row.filter(|row| row.payload.as_ref().is_some_and(|payload| !payload.bytes.is_empty())) {
            let name = look.say(&text!("ui-pack-row", row = row.n.to_string()));
            if field::link(ui, &name, &look.say(&text!("ui-pack-row-tip")), look).clicked() {
                self.take(row, &given.scene.names);
            }
        }
    }

    /// Draws the tool.
    pub(super) fn show(&mut self, ui: &mut Ui, given: &Given<'_>) {
        let look = given.look;
        self.format_row(ui, look);
        if self.typed.unpacks {
            self.data_row(ui, look);
        }
        self.reading();
        let reading = std::mem::take(&mut self.read.1);
        ui.add_space(4.0);
        let slots = reading.format.slots();
        // Bytes that no field has stand behind the last.
        let cell = |at: usize| {
            let field = reading.format.slot_at(at);
            let colour = field.and_then(|field| slots.get(field)).map_or(0, |slot| slot.item);
            Cell { byte: reading.bytes.get(at).copied().flatten(), field, colour }
        };
        let name = |field: usize| slots.get(field).map(|slot| code(slot, &self.typed.format)).unwrap_or_default();
        let most = if ui.available_height() > 380.0 { 3 } else { 1 };
        let strip = Strip { count: reading.bytes.len(), cell: &cell, name: &name, lit: self.lit, most, dashed: false };
        let touched = strip.show(ui, look);
        ui.spacing_mut().item_spacing.y = 4.0;
        let below = Panel::bottom("below").resizable(false).frame(Frame::NONE).show_separator_line(false);
        below.show(ui, |ui| self.below(ui, &reading, look));
        let on = self.table(ui, &reading, touched.under, look);
        self.wanted = touched.clicked;
        self.lit = touched.under.or(on);
        self.read.1 = reading;
    }

    fn format_row(&mut self, ui: &mut Ui, look: &Look) {
        let problem = self.reading().problem.clone();
        ui.horizontal_wrapped(|ui| {
            label(ui, &text!("ui-pack-format"), look);
            let tip = look.say(&text!("ui-pack-format-tip"));
            let width = (ui.available_width() - 250.0).clamp(120.0, 220.0);
            let name = look.say(&text!("ui-pack-format"));
            field::entry(ui, &mut self.typed.format, &name, &tip, width, problem.is_some(), look);
            self.typed
                .format
                .truncate(self.typed.format.char_indices().nth(LONGEST + 1).map_or(usize::MAX, |(at, _)| at).min(self.typed.format.len()));
            let first = self.typed.format.chars().next().and_then(Order::of);
            let orders = Order::ALL.map(|order| (Some(order), order.code().to_string(), look.say(&order.message())));
            if let Some(order) = field::segments(ui, first, &orders, look).flatten() {
                self.typed.format = reorder(&self.typed.format, order);
            }
            let size = self.reading().format.size();
            let bytes = egui::RichText::new(format!("{size} B")).font(theme::strong(13.0));
            ui.label(bytes).on_hover_text(look.say(&text!("ui-pack-size-tip")));
        });
        if let Some(problem) = problem {
            field::error(ui, &problem, look);
        }
    }

    fn data_row(&mut self, ui: &mut Ui, look: &Look) {
        let (data, whole) = (self.reading().data.clone(), self.reading().whole.clone());
        ui.horizontal(|ui| {
            label(ui, &text!("ui-pack-data"), look);
            let tip = look.say(&text!("ui-pack-data-tip"));
            let width = ui.available_width();
            let name = look.say(&text!("ui-pack-data"));
            let response = field::entry(ui, &mut self.typed.data, &name, &tip, width, data.is_some() || whole.is_some(), look);
            if response.changed() {
                self.from = None;
            }
        });
        if let Some(problem) = data.or(whole) {
            field::error(ui, &problem, look);
        }
    }

    /// What is to be said, how the lit number stands in memory, and the ways to copy.
    fn below(&self, ui: &mut Ui, reading: &Reading, look: &Look) {
        ui.add_space(4.0);
        memory(ui, reading, self.lit, look);
        Frame::new().fill(look.roles.sunken).corner_radius(theme::CORNER).inner_margin(egui::Margin::symmetric(8, 4)).show(ui, |ui| {
            ui.horizontal(|ui| {
                ui.label(egui::RichText::new(ICON_INFO.codepoint).font(theme::icon(14.0)).color(look.roles.text2));
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    self.copy(ui, reading, look);
                    ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                        let note = look.say(&self.note());
                        let text = egui::RichText::new(&note).font(theme::plain(12.0));
                        ui.add(egui::Label::new(text).truncate()).on_hover_text(note);
                    });
                });
            });
        });
    }

    fn note(&self) -> crate::text::Message {
        match (self.from, self.example.and_then(|place| EXAMPLES.get(place))) {
            (Some(row), _) => text!("ui-pack-from-row", row = row.to_string()),
            (None, Some(example)) if example.format == self.typed.format => (example.note)(),
            _ => Format::parse(&self.typed.format).map_or(text!("ui-pack-order-unknown"), |format| format.order().message()),
        }
    }

    fn copy(&self, ui: &mut Ui, reading: &Reading, look: &Look) {
        let name = look.say(&text!("ui-copy-as"));
        let bytes = reading.whole_bytes();
        ui.add_enabled_ui(bytes.is_some() && reading.problem.is_none(), |ui| {
            let label = format!("{} {name}", ICON_CONTENT_COPY.codepoint);
            let menu = ui.menu_button(egui::RichText::new(label).font(theme::plain(12.0)), |ui| {
                let bytes = bytes.unwrap_or_default();
                for (name, text) in [
                    (text!("ui-pack-copy-python"), self.python(reading, &bytes)),
                    (text!("ui-copy-hex"), hex::format(&bytes)),
                    (text!("ui-pack-copy-literal"), literal::format(&bytes)),
                ] {
                    if ui.button(look.say(&name)).clicked() {
                        ui.copy_text(text);
                        ui.close();
                    }
                }
            });
            let tip = look.say(&text!("ui-pack-copy-tip"));
            named(menu.response, egui::Role::Button, &name).on_hover_text(tip);
        });
    }

    /// The line of Python that does the same.
    fn python(&self, reading: &Reading, bytes: &[u8]) -> String {
        let format = self.typed.format.escape_debug();
        if self.typed.unpacks {
            return format!("struct.unpack('{format}', {})", literal::format(bytes));
        }
        let values = reading.written().unwrap_or_default();
        let arguments = std::iter::once(format!("'{format}'")).chain(values.iter().map(|value| python_value(value)));
        format!("struct.pack({})", arguments.collect::<Vec<_>>().join(", "))
    }
}

/// A value as an expression of Python: its names for what is no number are none there.
fn python_value(written: &str) -> String {
    if matches!(written, "nan" | "inf" | "-inf") { format!("float('{written}')") } else { written.to_owned() }
}

/// The code of a slot with its count, as it stands in the format.
fn code(slot: &Slot, format: &str) -> String {
    if slot.code == ' ' {
        return String::new();
    }
    let written = format.get(slot.at.clone()).filter(|written| written.ends_with(slot.code));
    // Of `2H` there are two slots, each of which is an H.
    match written {
        Some(written) if "spx".contains(slot.code) => written.to_owned(),
        _ => slot.code.to_string(),
    }
}

fn label(ui: &mut Ui, name: &crate::text::Message, look: &Look) {
    ui.allocate_ui_with_layout(egui::vec2(LABEL, theme::FIELD), Layout::left_to_right(Align::Center), |ui| {
        ui.set_min_width(LABEL);
        field::label(ui, name, look);
    });
}

/// The lit number, or the first, as it stands in memory with either end first.
fn memory(ui: &mut Ui, reading: &Reading, lit: Option<usize>, look: &Look) {
    let number = |place: usize| {
        let slot = reading.format.slots().get(place)?;
        let read = reading.values.get(reading.places.get(place).copied().flatten()?)?;
        let whole = |value: &&Value| matches!(value, Value::Int(_) | Value::Float(_));
        (slot.length > 1).then_some(())?;
        Some((slot.code, read.value.as_ref().filter(whole)?.clone()))
    };
    let found = lit.and_then(number).or_else(|| (0..reading.places.len().min(256)).find_map(number));
    let Some((code, value)) = found else { return };
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 16.0;
        let words = look.say(&text!("ui-pack-memory", value = value.written()));
        field_text(ui, &words, look);
        for order in ['!', '<'] {
            let written = format!("{order}{code}");
            // What has a native size alone has no other order either.
            let packed = Format::parse(&written).ok().and_then(|format| format.pack(std::slice::from_ref(&value)).ok());
            if let Some(packed) = packed {
                ui.label(egui::RichText::new(format!("{written} {}", hex::format(&packed))).font(theme::mono(12.0)));
            }
        }
        field_text(ui, &look.say(&text!("ui-pack-memory-why")), look);
    });
}

fn field_text(ui: &mut Ui, words: &str, look: &Look) {
    let text = egui::RichText::new(words).font(theme::plain(12.0)).color(look.roles.text2);
    ui.add(egui::Label::new(text).truncate());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_packet_is_unpacked_by_its_fields() {
        for (bytes, format) in [
            (&b"\0\x01a.bin\0octet\0"[..], "!H5sb5sb"),
            (b"\0\x01a\0octet\0blksize\x00512\0", "!H1sb5sb7sb3sb"),
            (b"\0\x03\0\x01abc\0", "!HH4s"),
            (b"\0\x04\0\x01", "!HH"),
            (b"\0\x05\0\x01none\0", "!HH4sb"),
        ] {
            assert_eq!(tftp_format(bytes), format);
            assert_eq!(Format::parse(format).map(|format| format.size()), Ok(bytes.len()));
        }
    }

    #[test]
    fn turning_round_keeps_the_bytes() {
        let mut pack = Pack::default();
        let bytes = pack.reading().whole_bytes();
        pack.turn();
        assert!(pack.typed.unpacks);
        assert_eq!(pack.reading().whole_bytes(), bytes);
        let reading = pack.reading().clone();
        assert_eq!(pack.python(&reading, b"\0"), "struct.unpack('!H10sb5sb', b'\\x00')");
        pack.turn();
        let reading = pack.reading().clone();
        assert_eq!(pack.python(&reading, &[]), "struct.pack('!H10sb5sb', 1, b'kernel.img', 0, b'octet', 0)");
        assert_eq!(python_value("-inf"), "float('-inf')");
    }
}
