//! The log before anything has run: the idea of the lab as a drawing, and one button that starts it.

use egui::{Align2, Button, Color32, FontId, Rect, Response, RichText, Sense, Shape, Stroke, StrokeKind, Ui, pos2, vec2};
use egui_material_icons::MaterialIcon;
use egui_material_icons::icons::{ICON_CLOSE, ICON_FOLDER_OPEN, ICON_PLAY_ARROW};

use super::command::{Action, Actions, Command};
use super::look::{Look, format, named};
use super::scene::{ProgramLine, Scene};
use super::theme;
use crate::lab::SAMPLES;
use crate::program::{Data, ProgramKind, Role, Target};
use crate::text;
use crate::text::Message;
use crate::trace::transfer::is_tftp;

/// Draws in the middle of `ui`.
pub(crate) fn show(ui: &mut Ui, scene: &Scene, look: &Look, actions: &mut Actions) {
    if scene.is_recorded() {
        return no_rows(ui, look);
    }
    if scene.programs.is_empty() {
        return no_programs(ui, look, actions);
    }
    let space = (ui.available_height() - 300.0).max(36.0) * 0.42;
    ui.vertical_centered(|ui| {
        ui.add_space(space);
        if ui.available_height() > 240.0 {
            drawing(ui, scene, look);
            ui.add_space(36.0);
        }
        let [title, first, second] = Topic::of(scene).words(scene);
        ui.label(RichText::new(look.say(&title)).font(theme::strong(20.0)));
        ui.add_space(6.0);
        for line in [first, second] {
            ui.label(RichText::new(look.say(&line)).font(theme::plain(13.0)).color(look.roles.text2));
        }
        ui.add_space(12.0);
        primary(ui, scene, look, actions);
        ui.add_space(6.0);
        let keys = ui.ctx().format_shortcut(&Command::StartAll.row().keys);
        ui.label(RichText::new(look.say(&text!("ui-empty-keys", keys = keys))).font(theme::plain(13.0)).color(look.roles.text2));
    });
}

/// What a lab is about.
enum Topic {
    /// Programs that talk.
    Talk,
    /// Sockets that a person drives.
    Hand,
    /// Pages.
    Http,
    /// Files.
    Tftp(File),
}

impl Topic {
    fn of(scene: &Scene) -> Self {
        let all = |is: fn(ProgramKind) -> bool| scene.programs.iter().all(|line| is(line.spec.kind));
        match File::of(scene) {
            Some(file) => Self::Tftp(file),
            None if all(ProgramKind::speaks_http) => Self::Http,
            None if all(|kind| kind == ProgramKind::Manual) => Self::Hand,
            None => Self::Talk,
        }
    }

    /// A title, what Start does, what there is to see then.
    fn words(&self, scene: &Scene) -> [Message; 3] {
        match self {
            Self::Talk => [text!("ui-empty-title"), text!("ui-empty-first"), text!("ui-empty-second")],
            Self::Hand => [text!("ui-empty-hand-title"), text!("ui-empty-hand-first"), text!("ui-empty-second")],
            Self::Http => {
                let first = if of(scene, Role::Client).is_some() { text!("ui-empty-first") } else { text!("ui-empty-http-serve") };
                [text!("ui-empty-http-title"), first, text!("ui-empty-http-second")]
            }
            Self::Tftp(file) => [text!("ui-empty-tftp-title"), file.what(), text!("ui-empty-tftp-second")],
        }
    }

    /// What the drawing shows, for who cannot see it.
    fn caption(&self) -> Message {
        match self {
            Self::Talk | Self::Http => text!("ui-empty-drawing"),
            Self::Hand => text!("ui-empty-hand-drawing"),
            Self::Tftp(file) => file.drawing(),
        }
    }

    /// What goes to the right and to the left, which is the same in every language.
    const fn wire(&self) -> [&'static str; 2] {
        match self {
            Self::Talk => ["hello", "hello"],
            Self::Hand => ["connect, send", "accept, recv"],
            Self::Http => ["GET /", "200 OK"],
            Self::Tftp(file) if file.is_put => ["WRQ, DATA", "ACK"],
            Self::Tftp(_) => ["RRQ, ACK", "DATA"],
        }
    }

    /// The name of each side and what stands below it, with its font: who asks, and who is asked.
    fn sides(&self, scene: &Scene, look: &Look) -> [(String, String, FontId); 2] {
        let name = |line: Option<&ProgramLine>, other| line.map_or_else(|| look.say(&other), |line| line.spec.name.clone());
        if let Self::Hand = self {
            let by_hand = || (look.say(&text!("ui-empty-hand-by")), theme::plain(12.0));
            let first = scene.programs.first().filter(|_| scene.programs.len() > 1);
            return [(scene.programs.last(), text!("ui-empty-client")), (first, text!("ui-empty-hand-other"))].map(|(line, other)| {
                let (below, font) = by_hand();
                (name(line, other), if line.is_some() { below } else { String::new() }, font)
            });
        }
        let (client, server) = (of(scene, Role::Client), of(scene, Role::Server));
        let address = server.and_then(|line| line.spec.bind).map(|bind| bind.to_string()).unwrap_or_default();
        [
            (name(client, text!("ui-empty-client")), look.say(&text!("ui-empty-asks")), theme::plain(12.0)),
            (name(server, text!("ui-empty-server")), address, theme::mono(11.0)),
        ]
    }
}

/// The first program that begins, or that waits to be asked.
fn of(scene: &Scene, role: Role) -> Option<&ProgramLine> {
    scene.programs.iter().find(|line| line.spec.kind.role() == role)
}

/// The first file that a lab which speaks nothing but TFTP is about; none of it where there is no client.
#[derive(Debug, Default)]
struct File {
    client: String,
    server: String,
    name: Option<String>,
    is_put: bool,
}

impl File {
    /// None where the lab is about other things too.
    fn of(scene: &Scene) -> Option<Self> {
        if !scene.programs.iter().all(|line| is_tftp(line.spec.kind.name())) {
            return None;
        }
        let Some(client) = scene.programs.iter().map(|line| &line.spec).find(|spec| spec.kind.role() == Role::Client) else {
            return Some(Self::default());
        };
        let server = match &client.connect {
            Some(Target::Program(name)) => name.clone(),
            Some(target @ (Target::Address(_) | Target::Unix(_) | Target::Name(_))) => target.to_string(),
            None => String::new(),
        };
        let put = client.tftp.remote.clone().or_else(|| match &client.tftp.put {
            Some(Data::File(path)) => Some(path.file_name()?.to_string_lossy().into_owned()),
            _ => None,
        });
        let is_put = client.tftp.get.is_none();
        let name = client.tftp.get.clone().or(put).filter(|_| !server.is_empty());
        Some(Self { client: client.name.clone(), server, name, is_put })
    }

    fn what(&self) -> Message {
        let Self { client, server, name, is_put } = self;
        match name.as_deref() {
            None => text!("ui-empty-tftp-serve"),
            Some(file) if *is_put => text!("ui-empty-tftp-put", client = client.as_str(), server = server.as_str(), file = file),
            Some(file) => text!("ui-empty-tftp-get", client = client.as_str(), server = server.as_str(), file = file),
        }
    }

    fn drawing(&self) -> Message {
        let (client, server) = (self.client.as_str(), self.server.as_str());
        if self.is_put {
            text!("ui-empty-tftp-drawing-put", client = client, server = server)
        } else {
            text!("ui-empty-tftp-drawing", client = client, server = server)
        }
    }
}

/// A filter that no row passes; returns whether it is to be cleared.
pub(crate) fn none_passes(ui: &mut Ui, look: &Look) -> bool {
    let content = |ui: &mut Ui| {
        ui.add_space((ui.available_height() * 0.3).max(8.0));
        ui.label(RichText::new(look.say(&text!("ui-empty-filter"))).font(theme::strong(15.0)));
        ui.add_space(6.0);
        look.button(ui, ICON_CLOSE, &look.say(&text!("ui-empty-filter-clear")))
            .on_hover_text(look.say(&text!("ui-empty-filter-clear-tip")))
            .clicked()
    };
    ui.vertical_centered(content).inner
}

/// A lab without programs: what puts some into it.
fn no_programs(ui: &mut Ui, look: &Look, actions: &mut Actions) {
    ui.vertical_centered(|ui| {
        ui.add_space((ui.available_height() * 0.3).max(8.0));
        ui.label(RichText::new(look.say(&text!("ui-empty-lab"))).font(theme::strong(20.0)));
        ui.add_space(6.0);
        ui.label(RichText::new(look.say(&text!("ui-empty-lab-first"))).font(theme::plain(13.0)).color(look.roles.text2));
        ui.add_space(12.0);
        let sample = SAMPLES.first().map(|sample| look.say(&(sample.title)())).unwrap_or_default();
        // The title goes on to say what the sample is about.
        let name = sample.split([':', '：']).next().unwrap_or_default();
        let words = look.say(&text!("ui-empty-sample", lab = name));
        if filled(ui, ICON_FOLDER_OPEN, &words, look).on_hover_text(look.say(&text!("ui-empty-sample-tip"))).clicked() {
            actions.push(Action::Sample(0));
        }
    });
}

/// A recording without rows: what it holds is all there is.
fn no_rows(ui: &mut Ui, look: &Look) {
    ui.vertical_centered(|ui| {
        ui.add_space((ui.available_height() * 0.4).max(8.0));
        ui.label(RichText::new(look.say(&text!("ui-recording-no-rows"))).font(theme::plain(13.0)).color(look.roles.text2));
    });
}

/// The one filled button of the window.
fn primary(ui: &mut Ui, scene: &Scene, look: &Look, actions: &mut Actions) {
    let names = scene.programs.iter().map(|line| line.spec.name.as_str()).collect::<Vec<_>>();
    let words = match names.as_slice() {
        [one] => text!("ui-empty-start-one", program = *one),
        [one, two] => text!("ui-empty-start-two", first = *one, second = *two),
        all => text!("ui-empty-start-all", count = all.len()),
    };
    let response = filled(ui, ICON_PLAY_ARROW, &look.say(&words), look);
    if response.on_hover_text(look.say(&(Command::StartAll.row().tooltip)())).clicked() {
        actions.push(Action::Run(Command::StartAll));
    }
}

fn filled(ui: &mut Ui, icon: MaterialIcon, words: &str, look: &Look) -> Response {
    let mut job = egui::text::LayoutJob::default();
    job.append(icon.codepoint, 0.0, format(theme::icon(20.0), look.roles.on_accent));
    job.append(words, 10.0, format(theme::strong(15.0), look.roles.on_accent));
    let button = Button::new(job).fill(look.roles.accent_fill).stroke(Stroke::NONE).corner_radius(theme::CARD).min_size(vec2(200.0, 40.0));
    let response = named(ui.add(button), egui::Role::Button, words);
    look.ring(ui, response.rect.expand(3.0), &response);
    response
}

/// Client and server, and what goes between them, in the colours of the log.
fn drawing(ui: &mut Ui, scene: &Scene, look: &Look) {
    let roles = look.roles;
    let topic = Topic::of(scene);
    let (rect, response) = ui.allocate_exact_size(vec2(384.0, 68.0), Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Image, true, look.say(&topic.caption())));
    let left = Rect::from_min_size(rect.min, vec2(120.0, 67.0));
    let right = Rect::from_min_size(pos2(rect.right() - 120.0, rect.top()), vec2(120.0, 67.0));
    for (card, (name, below, font)) in [left, right].into_iter().zip(topic.sides(scene, look)) {
        ui.painter().rect(card, theme::CARD, roles.surface, Stroke::new(1.0, roles.stroke), StrokeKind::Inside);
        ui.painter().text(pos2(card.center().x, card.top() + 24.0), Align2::CENTER_CENTER, name, theme::strong(14.0), roles.text);
        ui.painter().text(pos2(card.center().x, card.top() + 45.0), Align2::CENTER_CENTER, below, font, roles.text2);
    }
    let (from, to) = (left.right() + 8.0, right.left() - 8.0);
    arrow(ui, pos2(from, rect.top() + 22.0), pos2(to, rect.top() + 22.0), roles.send);
    arrow(ui, pos2(to, rect.top() + 48.0), pos2(from, rect.top() + 48.0), roles.recv);
    let middle = f32::midpoint(from, to);
    let [there, back] = topic.wire();
    ui.painter().text(pos2(middle, rect.top() + 10.0), Align2::CENTER_CENTER, there, theme::mono(12.0), roles.send);
    ui.painter().text(pos2(middle, rect.top() + 61.0), Align2::CENTER_CENTER, back, theme::mono(12.0), roles.recv);
}

/// A line with a filled head, 7 long and 6 wide.
fn arrow(ui: &Ui, from: egui::Pos2, to: egui::Pos2, colour: Color32) {
    let back = if to.x > from.x { -7.0 } else { 7.0 };
    ui.painter().line_segment([from, pos2(to.x + back, to.y)], Stroke::new(1.5, colour));
    let head = vec![to, pos2(to.x + back, to.y - 3.0), pos2(to.x + back, to.y + 3.0)];
    ui.painter().add(Shape::convex_polygon(head, colour, Stroke::NONE));
}
