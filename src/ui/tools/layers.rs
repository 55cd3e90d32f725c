//! Layers: the seven of OSI beside the four of TCP/IP, with what a message of the trace has at each, and the message as the wire has it, field by field.

use egui::{Align2, Label, Rect, RichText, Role, ScrollArea, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::strip::{Cell, Strip};
use super::{Given, field};
use crate::text;
use crate::text::Message;
use crate::trace::{Direction, Names, Record, SocketType};
use crate::ui::look::{Look, line_of, paint_line};
use crate::ui::theme;
use crate::wire::headers::{Header, Layer, Sending, Source};
use crate::wire::{Charset, Preview, preview};

/// The height of a row of the table.
const ROW: f32 = 22.0;

/// A layer of OSI.
struct Osi {
    number: u8,
    /// The layer of TCP/IP that does its work, and how many of OSI that one covers from here on; 0 where one above has begun it.
    within: (Layer, u8),
    name: fn() -> Message,
    does: fn() -> Message,
    unit: fn() -> Message,
    examples: &'static str,
}

macro_rules! osi {
    ($($number:literal $layer:ident $covers:literal: $name:literal, $does:literal, $unit:literal, $examples:literal;)*) => {
        /// The seven, from above.
        static OSI: &[Osi] = &[$(Osi {
            number: $number,
            within: (Layer::$layer, $covers),
            name: || text!($name),
            does: || text!($does),
            unit: || text!($unit),
            examples: $examples,
        },)*];
    };
}

osi! {
    7 Application 3: "ui-osi-application", "ui-osi-application-does", "ui-osi-unit-message", "HTTP, TFTP, DNS, SSH";
    6 Application 0: "ui-osi-presentation", "ui-osi-presentation-does", "ui-osi-unit-message", "UTF-8, GBK, TLS, JPEG";
    5 Application 0: "ui-osi-session", "ui-osi-session-does", "ui-osi-unit-message", "RPC, NetBIOS";
    4 Transport 1: "ui-osi-transport", "ui-osi-transport-does", "ui-osi-unit-segment", "TCP, UDP";
    3 Internet 1: "ui-osi-network", "ui-osi-network-does", "ui-osi-unit-packet", "IPv4, IPv6, ICMP";
    2 Link 2: "ui-osi-link", "ui-osi-link-does", "ui-osi-unit-frame", "Ethernet, Wi-Fi, PPP";
    1 Link 0: "ui-osi-physical", "ui-osi-physical-does", "ui-osi-unit-bit", "1000BASE-T";
}

/// A layer of TCP/IP.
fn name_of(layer: Layer) -> Message {
    match layer {
        Layer::Application => text!("ui-layer-application"),
        Layer::Transport => text!("ui-layer-transport"),
        Layer::Internet => text!("ui-layer-internet"),
        Layer::Link => text!("ui-layer-link"),
    }
}

/// By which a layer is coloured.
const fn colour(layer: Layer) -> usize {
    match layer {
        Layer::Link => 0,
        Layer::Internet => 1,
        Layer::Transport => 2,
        Layer::Application => 3,
    }
}

/// How a part is known, in a word.
fn word(source: Source) -> Message {
    match source {
        Source::Known => text!("ui-layers-known"),
        Source::Inferred => text!("ui-layers-inferred"),
        Source::Unknown => text!("ui-layers-unknown"),
        Source::Chosen => text!("ui-layers-chosen"),
    }
}

/// What was sent, in what a row of the trace tells.
#[derive(Clone, Debug)]
struct Shown {
    /// The row; none for the example.
    row: Option<u64>,
    received: bool,
    sending: Sending,
    headers: Vec<Header>,
}

/// The state of the tool.
#[derive(Debug)]
pub(crate) struct Layers {
    layer: Layer,
    /// What was made of the row that is chosen.
    shown: Option<Shown>,
    /// The row that is chosen, where nothing can be shown of it.
    without: bool,
}

impl Default for Layers {
    fn default() -> Self {
        Self { layer: Layer::Transport, shown: None, without: false }
    }
}

/// The bytes of a row, from whom to whom; none where it moved none, or not over IP.
fn of_row(record: &Record, names: &Names) -> Option<Sending> {
    let payload = record.payload.as_ref().filter(|payload| payload.full_len > 0)?;
    let (direction, ends) = (record.direction()?, names.socket(record.socket?)?);
    let peer = record.facing().or(ends.peer.as_ref()).and_then(|address| address.ip())?;
    let stream = ends.made.is_none_or(|(_, kind)| kind == SocketType::Stream);
    // A socket that is bound to all addresses has one of them in each packet; on loopback it is the peer's.
    let local = ends.local.as_ref().and_then(|address| address.ip()).and_then(|mut local| {
        if local.ip().is_unspecified() {
            local.set_ip(Some(peer.ip()).filter(|ip| ip.to_canonical().is_loopback())?);
        }
        (local.port() > 0 && local.is_ipv4() == peer.is_ipv4()).then_some(local)
    });
    // An address that another maker's recording tells may be none.
    let (from, to) = match direction {
        Direction::Sent => (local, peer),
        Direction::Received => (Some(peer), local?),
    };
    Some(Sending { stream, from, to, payload: payload.bytes.to_vec(), length: payload.full_len as usize, example: false })
}

/// The example that is shown where there is no row.
fn example() -> Shown {
    let of = |port| std::net::SocketAddr::from(([127, 0, 0, 1], port));
    let payload = b"hello".to_vec();
    let sending = Sending { stream: false, from: Some(of(52_236)), to: of(9001), length: payload.len(), payload, example: true };
    Shown { row: None, received: false, headers: sending.headers(), sending }
}

impl Layers {
    /// Takes the row that is chosen, where it is another than before.
    fn follow(&mut self, given: &Given<'_>) -> Shown {
        let Some(record) = given.row else {
            self.without = false;
            return self.shown.take().filter(|shown| shown.row.is_none()).unwrap_or_else(example);
        };
        if let Some(shown) = self.shown.take_if(|shown| shown.row == Some(record.n)) {
            return shown;
        }
        let made = of_row(record, &given.scene.names);
        self.without = made.is_none();
        made.map_or_else(example, |sending| {
            let received = record.direction() == Some(Direction::Received);
            Shown { row: Some(record.n), received, headers: sending.headers(), sending }
        })
    }

    /// Draws the tool.
    pub(super) fn show(&mut self, ui: &mut Ui, given: &Given<'_>) {
        let look = given.look;
        let shown = self.follow(given);
        let note = match (shown.row, self.without) {
            (Some(row), _) if shown.received => text!("ui-layers-of-received", row = row.to_string()),
            (Some(row), _) => text!("ui-layers-of-sent", row = row.to_string()),
            (None, true) => text!("ui-layers-without"),
            (None, false) => text!("ui-layers-example"),
        };
        ScrollArea::vertical().id_salt("layers").auto_shrink(false).show(ui, |ui| {
            look.secondary(ui, look.say(&note));
            ui.add_space(4.0);
            self.table(ui, &shown, look);
            ui.add_space(10.0);
            self.wire(ui, &shown, look);
            ui.add_space(6.0);
            self.parts(ui, &shown, look);
            ui.add_space(6.0);
            let honest = if shown.row.is_none() { text!("ui-layers-honest-example") } else { text!("ui-layers-honest") };
            ui.add(Label::new(RichText::new(look.say(&honest)).font(theme::plain(12.0)).color(look.roles.text2)).wrap());
        });
        self.shown = Some(shown);
    }

    /// The seven layers of OSI beside the four of TCP/IP, and what this message has at each.
    fn table(&mut self, ui: &mut Ui, shown: &Shown, look: &Look) {
        let roles = look.roles;
        let width = ui.available_width();
        // Where it is narrow, what a layer does stands in its tooltip alone.
        let wide = width >= 560.0;
        let (osi, four, does, here) = (0.0, 128.0, 226.0, if wide { width * 0.6 } else { 226.0 });
        ui.spacing_mut().item_spacing.y = 0.0;
        let (rect, _) = ui.allocate_exact_size(vec2(width, theme::HEAD), Sense::hover());
        let heads = [
            (osi, text!("ui-layers-osi")),
            (four, text!("ui-layers-tcp-ip")),
            (does, text!("ui-layers-does")),
            (here, text!("ui-layers-here")),
        ];
        for (x, text) in heads.into_iter().filter(|(x, text)| wide || *x != does || text.key() != "ui-layers-does") {
            paint_line(ui, rect.left() + x + 6.0, rect.center().y, line_of(&[(&look.say(&text), theme::plain(11.0), roles.text2)], 200.0));
        }
        ui.painter().hline(rect.x_range(), rect.bottom(), Stroke::new(1.0, roles.line));
        for row in OSI {
            let (layer, covers) = row.within;
            let (rect, response) = ui.allocate_exact_size(vec2(width, ROW), Sense::click());
            let name = format!("{} {}", row.number, look.say(&(row.name)()));
            let (what, has) = (look.say(&(row.does)()), look.say(&here_of(row.number, shown)));
            response.widget_info(|| {
                WidgetInfo::selected(Role::Row, true, layer == self.layer, format!("{name}, {}, {has}", look.say(&name_of(layer))))
            });
            if response.hovered() {
                ui.painter().rect_filled(rect, 0.0, roles.hover);
            }
            let y = rect.center().y;
            let write = |x: f32, end: f32, text: &str, strong: bool, colour| {
                let font = if strong { theme::strong(12.0) } else { theme::plain(12.0) };
                paint_line(ui, rect.left() + x + 6.0, y, line_of(&[(text, font, colour)], (end - x - 12.0).max(20.0)));
            };
            write(osi, four, &name, layer == self.layer, roles.text);
            if wide {
                write(does, here, &what, false, roles.text2);
            }
            write(here, width, &has, false, roles.text);
            if covers > 0 {
                let area =
                    Rect::from_min_size(pos2(rect.left() + four, rect.top() + 1.0), vec2(does - four - 8.0, f32::from(covers) * ROW - 2.0));
                let (fill, line) = roles.field(colour(layer));
                let border = if layer == self.layer { Stroke::new(2.0, roles.accent) } else { Stroke::new(1.0, line) };
                let painter = ui.painter().with_clip_rect(ui.clip_rect());
                painter.rect(area, 3.0, fill, border, egui::StrokeKind::Inside);
                painter.text(area.center(), Align2::CENTER_CENTER, look.say(&name_of(layer)), theme::strong(12.0), roles.text);
            }
            look.ring(ui, rect, &response);
            let unit = look.say(&text!("ui-layers-tip", does = what, unit = (row.unit)(), examples = row.examples));
            if response.on_hover_text(unit).clicked() {
                self.layer = layer;
            }
        }
    }

    /// The bytes from the first header to the last of the message, coloured by layer.
    fn wire(&mut self, ui: &mut Ui, shown: &Shown, look: &Look) {
        let headers = &shown.headers;
        let owner = |at: usize| {
            let mut end = 0;
            headers.iter().position(|header| {
                end += header.bytes.len();
                at < end
            })
        };
        let count = headers.iter().map(|header| header.bytes.len()).sum();
        let flat = headers.iter().flat_map(|header| header.bytes.iter().copied()).collect::<Vec<_>>();
        let cell = |at: usize| {
            let field = owner(at);
            let colour = field.and_then(|field| headers.get(field)).map_or(0, |header| colour(header.layer));
            Cell { byte: flat.get(at).copied().flatten(), field, colour }
        };
        let name = |field: usize| headers.get(field).map(|header| title(header, look)).unwrap_or_default();
        let lit = headers.iter().position(|header| header.layer == self.layer);
        let strip = Strip { count, cell: &cell, name: &name, lit, most: 5, dashed: true };
        let touched = strip.show(ui, look);
        if let Some(header) = touched.clicked.and_then(|place| headers.get(place)) {
            self.layer = header.layer;
        }
    }

    /// The parts of the chosen header.
    fn parts(&self, ui: &mut Ui, shown: &Shown, look: &Look) {
        let Some(header) = shown.headers.iter().find(|header| header.layer == self.layer) else { return };
        ui.label(
            RichText::new(format!(
                "{}, {} B",
                title(header, look),
                if header.layer == Layer::Application { shown.sending.length } else { header.bytes.len() }
            ))
            .font(theme::strong(13.0)),
        );
        egui::Grid::new("parts").num_columns(5).spacing([14.0, 5.0]).show(ui, |ui| {
            for head in [
                text!("ui-layers-part"),
                text!("ui-pack-offset"),
                text!("ui-layers-value"),
                text!("ui-layers-source"),
                text!("ui-layers-why"),
            ] {
                field::label(ui, &head, look);
            }
            ui.end_row();
            for part in &header.parts {
                let colour = if part.source == Source::Unknown { look.roles.text2 } else { look.roles.text };
                ui.label(RichText::new(part.name).font(theme::plain(12.0)));
                ui.label(RichText::new(format!("{} +{}", part.offset, part.length)).font(theme::mono(12.0)).color(look.roles.text2));
                let value = if part.value.is_empty() { "?" } else { &part.value };
                ui.label(RichText::new(value).font(theme::mono(12.0)).color(colour));
                source(ui, part.source, look);
                let why = look.say(&part.why);
                ui.add(Label::new(RichText::new(&why).font(theme::plain(12.0)).color(look.roles.text2)).truncate()).on_hover_text(why);
                ui.end_row();
            }
        });
    }
}

/// How a part is known: a word, with a dashed frame where it was not observed.
fn source(ui: &mut Ui, source: Source, look: &Look) {
    let words = look.say(&word(source));
    let colour = if source == Source::Known { look.roles.text } else { look.roles.text2 };
    let response = ui.label(RichText::new(words).font(theme::plain(11.0)).color(colour));
    if source != Source::Known {
        let y = response.rect.bottom();
        ui.painter().extend(egui::Shape::dashed_line(
            &[pos2(response.rect.left(), y), pos2(response.rect.right(), y)],
            Stroke::new(1.2, look.roles.text2),
            4.0,
            3.0,
        ));
    }
}

/// What a header is called.
fn title(header: &Header, look: &Look) -> String {
    if header.layer == Layer::Application { look.say(&text!("ui-layers-message")) } else { header.protocol.to_owned() }
}

/// What the message has at this layer of OSI.
fn here_of(number: u8, shown: &Shown) -> Message {
    let Sending { stream, from, to, payload, length, .. } = &shown.sending;
    let loopback = to.ip().to_canonical().is_loopback();
    let from_ip = from.map_or_else(|| "?".to_owned(), |from| from.ip().to_string());
    let from_port = from.map_or_else(|| "?".to_owned(), |from| from.port().to_string());
    match number {
        7 => {
            let Preview { text, .. } = preview(payload.get(..payload.len().min(48)).unwrap_or_default(), Charset::Utf8, 40);
            text!("ui-layers-here-message", bytes = *length, text = text)
        }
        6 if std::str::from_utf8(payload).is_ok() => text!("ui-layers-here-utf8"),
        6 => text!("ui-layers-here-bytes"),
        5 => text!("ui-layers-nothing"),
        4 => {
            text!("ui-layers-here-transport", protocol = if *stream { "TCP" } else { "UDP" }, from = from_port, to = to.port().to_string())
        }
        3 => text!(
            "ui-layers-here-internet",
            protocol = if to.is_ipv4() { "IPv4" } else { "IPv6" },
            from = from_ip,
            to = to.ip().to_string()
        ),
        2 if loopback => text!("ui-layers-here-loopback"),
        2 => text!("ui-layers-here-link"),
        _ if loopback => text!("ui-layers-nothing"),
        _ => text!("ui-layers-here-physical"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_four_cover_the_seven() {
        assert_eq!(OSI.iter().map(|row| row.number).collect::<Vec<_>>(), [7, 6, 5, 4, 3, 2, 1]);
        assert_eq!(OSI.iter().map(|row| row.within.1).sum::<u8>(), 7);
        let shown = example();
        for row in OSI {
            assert!(!here_of(row.number, &shown).to_string().contains('\u{27e8}'));
        }
    }
}
