//! The look of the window: every colour by its role, the sizes of text and the distances, for the light and the dark theme.
//!
//! A view asks for a role, never for a number. Blue, teal, amber and red mean data and nothing else; what can be pressed is violet.
//! No meaning rests on colour alone: beside it stands an arrow, an icon or a word.

use std::collections::BTreeMap;

use egui::style::{ScrollStyle, Selection, Spacing, TextCursorStyle, WidgetVisuals, Widgets};
use egui::{Color32, CornerRadius, FontFamily, FontId, Margin, Shadow, Stroke, Style, TextStyle, Theme, Visuals, vec2};

macro_rules! roles {
    ($($(#[$doc:meta])* $name:ident: $light:literal, $dark:literal;)*) => {
        /// Every colour of the window, by what it means.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) struct Roles {
            $($(#[$doc])* pub(crate) $name: Color32,)*
        }

        /// The colours of the light theme.
        pub(crate) static LIGHT: Roles = Roles { $($name: hex($light),)* };
        /// The colours of the dark theme.
        pub(crate) static DARK: Roles = Roles { $($name: hex($dark),)* };
    };
}

roles! {
    /// Behind panes, in gaps.
    bg: 0x00E9_EDF2, 0x000F_1217;
    /// Bars and side panels.
    panel: 0x00F4_F6F9, 0x0016_1A21;
    /// The log, tables, fields, cards.
    surface: 0x00FF_FFFF, 0x001B_2028;
    /// Heads of tables, empty tracks.
    sunken: 0x00ED_F0F5, 0x0014_181F;
    /// The row or button under the pointer.
    hover: 0x00E3_E8F0, 0x0026_2D38;
    /// The chosen row, program or tool.
    select: 0x00E4_E2FA, 0x0032_2F5C;
    /// Separators and borders of cards.
    line: 0x00D8_DEE7, 0x002C_3440;
    /// Borders of fields and buttons.
    stroke: 0x0085_91A1, 0x006B_7686;
    /// Text.
    text: 0x0016_1D28, 0x00E6_EAF0;
    /// Labels, units, times.
    text2: 0x004C_586A, 0x00A3_AEBD;
    /// What is disabled, never needed in order to understand.
    disabled: 0x008A_95A5, 0x006A_7585;
    /// Links, the active tab, the ring of focus. Never data.
    accent: 0x004A_3FC4, 0x00B3_ADFF;
    /// The fill of the one primary button and of a ticked box.
    accent_fill: 0x004A_3FC4, 0x0065_5BDB;
    /// Text on `accent_fill`.
    on_accent: 0x00FF_FFFF, 0x00FF_FFFF;
    /// Bytes that leave a program.
    send: 0x000B_4DA2, 0x0086_B6FA;
    /// Bytes that arrive in a program.
    recv: 0x000B_7264, 0x005B_E3C6;
    /// What waits, or was changed by the kernel.
    wait: 0x008A_5A00, 0x00F0_BF4C;
    /// What failed or was lost.
    error: 0x009C_0A2C, 0x00FF_8480;
    /// What runs.
    ok: 0x0020_682F, 0x0084_CF8F;
    /// A fill for `send`.
    send_soft: 0x00DC_EBFB, 0x001B_3149;
    /// A fill for `recv`.
    recv_soft: 0x00D5_F0EA, 0x0014_382F;
    /// A fill for `wait`.
    wait_soft: 0x00FB_EBCB, 0x003B_2E13;
    /// A fill for `error`.
    error_soft: 0x00FA_E1E4, 0x0048_2324;
    /// A fill for `ok`.
    ok_soft: 0x00DD_F0DD, 0x001E_3626;
    /// The bytes of the first field of a packed value or a header, and of every fifth after it. Text on it is `text` or `text2`.
    field1: 0x00CF_E3F7, 0x001D_3B5A;
    /// What underlines it.
    field1_line: 0x002F_6FB3, 0x006F_AEE8;
    /// The second field.
    field2: 0x00F9_DDC8, 0x0057_3821;
    /// What underlines it.
    field2_line: 0x00B8_5C1E, 0x00E5_9A66;
    /// The third field.
    field3: 0x00E3_DDF6, 0x003B_3566;
    /// What underlines it.
    field3_line: 0x006A_55BD, 0x00A7_98F0;
    /// The fourth field.
    field4: 0x00D1_EBD9, 0x001B_432E;
    /// What underlines it.
    field4_line: 0x002F_8453, 0x006C_C592;
    /// The fifth field.
    field5: 0x00F5_ECB4, 0x0044_3C11;
    /// What underlines it.
    field5_line: 0x008C_7600, 0x00D3_BD4A;
}

impl Roles {
    /// The fill of a field and what underlines it, by the place of the field: neighbours differ, for colour-blind eyes too.
    pub(crate) const fn field(&self, place: usize) -> (Color32, Color32) {
        match place % 5 {
            0 => (self.field1, self.field1_line),
            1 => (self.field2, self.field2_line),
            2 => (self.field3, self.field3_line),
            3 => (self.field4, self.field4_line),
            _ => (self.field5, self.field5_line),
        }
    }
}

/// The colour `0xRRGGBB`.
#[expect(clippy::disallowed_methods, reason = "the one place where colours are numbers")]
const fn hex(rgb: u32) -> Color32 {
    Color32::from_rgb((rgb >> 16) as u8, (rgb >> 8) as u8, rgb as u8)
}

/// The colours of a theme.
pub(crate) const fn roles(theme: Theme) -> &'static Roles {
    match theme {
        Theme::Light => &LIGHT,
        Theme::Dark => &DARK,
    }
}

/// The height of a row of the log, in points.
pub(crate) const ROW: f32 = 20.0;
/// The height of the head of a table.
pub(crate) const HEAD: f32 = 22.0;
/// The distance between the edge of a pane and what stands in it.
pub(crate) const EDGE: f32 = 12.0;
/// The height of a button.
pub(crate) const BUTTON: f32 = 26.0;
/// The height of a field.
pub(crate) const FIELD: f32 = 22.0;
/// The corner of controls and chips.
pub(crate) const CORNER: u8 = 4;
/// The corner of boxes to tick.
pub(crate) const TICK: u8 = 3;
/// The corner of cards.
pub(crate) const CARD: u8 = 6;
/// What is laid over the window behind an overlay.
pub(crate) const BACKDROP: Color32 = Color32::from_black_alpha(90);

/// The name of the semibold family: egui thickens no font by itself.
pub(crate) const STRONG: &str = "strong";

/// Text of the window, regular.
pub(crate) fn plain(size: f32) -> FontId {
    FontId::new(size, FontFamily::Proportional)
}

/// Text of the window, semibold.
pub(crate) fn strong(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name(STRONG.into()))
}

/// Calls, addresses, bytes and numbers that align.
pub(crate) fn mono(size: f32) -> FontId {
    FontId::new(size, FontFamily::Monospace)
}

/// Icons.
pub(crate) fn icon(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name(egui_material_icons::FONT_FAMILY.into()))
}

/// egui's style of a theme.
pub(crate) fn style(theme: Theme) -> Style {
    let roles = roles(theme);
    let text_styles = BTreeMap::from([
        (TextStyle::Body, plain(13.0)),
        (TextStyle::Button, plain(13.0)),
        (TextStyle::Small, plain(11.0)),
        (TextStyle::Heading, strong(15.0)),
        (TextStyle::Monospace, mono(12.0)),
    ]);
    Style { text_styles, spacing: spacing(), visuals: visuals(theme, roles), animation_time: 0.0, ..Style::default() }
}

fn spacing() -> Spacing {
    Spacing {
        item_spacing: vec2(8.0, 4.0),
        button_padding: vec2(10.0, 4.0),
        menu_margin: Margin::same(6),
        window_margin: Margin::same(12),
        interact_size: vec2(26.0, FIELD),
        icon_width: 15.0,
        icon_width_inner: 9.0,
        icon_spacing: 6.0,
        combo_width: 60.0,
        menu_width: 260.0,
        tooltip_width: 360.0,
        scroll: scroll(),
        ..Spacing::default()
    }
}

/// Bars that are seen wherever something stands out of view.
fn scroll() -> ScrollStyle {
    ScrollStyle {
        bar_width: 8.0,
        floating: true,
        foreground_color: true,
        dormant_background_opacity: 0.0,
        dormant_handle_opacity: 0.4,
        active_background_opacity: 0.0,
        active_handle_opacity: 0.4,
        interact_background_opacity: 0.1,
        interact_handle_opacity: 0.6,
        ..ScrollStyle::thin()
    }
}

fn visuals(theme: Theme, roles: &Roles) -> Visuals {
    let base = match theme {
        Theme::Light => Visuals::light(),
        Theme::Dark => Visuals::dark(),
    };
    let flat = Shadow::NONE;
    Visuals {
        weak_text_color: Some(roles.text2),
        widgets: widgets(roles),
        selection: Selection { bg_fill: roles.select, stroke: Stroke::new(1.0, roles.accent) },
        hyperlink_color: roles.accent,
        faint_bg_color: roles.sunken,
        extreme_bg_color: roles.surface,
        text_edit_bg_color: Some(roles.surface),
        code_bg_color: roles.sunken,
        warn_fg_color: roles.wait,
        error_fg_color: roles.error,
        window_corner_radius: CornerRadius::same(CARD),
        window_shadow: flat,
        window_fill: roles.surface,
        window_stroke: Stroke::new(1.0, roles.stroke),
        menu_corner_radius: CornerRadius::same(CARD),
        panel_fill: roles.panel,
        popup_shadow: flat,
        text_cursor: TextCursorStyle { stroke: Stroke::new(1.5, roles.accent), ..TextCursorStyle::default() },
        ..base
    }
}

fn widgets(roles: &Roles) -> Widgets {
    let look = |fill: Color32, border: Color32| WidgetVisuals {
        bg_fill: fill,
        weak_bg_fill: fill,
        bg_stroke: Stroke::new(1.0, border),
        corner_radius: CornerRadius::same(CORNER),
        fg_stroke: Stroke::new(1.0, roles.text),
        expansion: 0.0,
    };
    Widgets {
        noninteractive: look(roles.panel, roles.line),
        inactive: look(roles.surface, roles.stroke),
        hovered: look(roles.hover, roles.stroke),
        active: look(roles.select, roles.accent),
        open: look(roles.hover, roles.stroke),
    }
}

/// Gives both themes to egui.
pub(crate) fn install(ctx: &egui::Context) {
    for theme in [Theme::Light, Theme::Dark] {
        ctx.set_style_of(theme, style(theme));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The contrast of two colours (WCAG 2.2, 1.4.3).
    fn contrast(one: Color32, other: Color32) -> f32 {
        let luminance = |colour: Color32| {
            let [red, green, blue, _] = egui::Rgba::from(colour).to_array();
            0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05
        };
        let (one, other) = (luminance(one), luminance(other));
        one.max(other) / one.min(other)
    }

    /// How far apart two colours are (CIE76), as eyes of each kind see them (Machado 2009, at full strength).
    fn least_distance(one: Color32, other: Color32) -> f32 {
        const EYES: [[[f32; 3]; 3]; 4] = [
            [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
            [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
            [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
            [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
        ];
        let times = |rows: &[[f32; 3]; 3], by: [f32; 3]| rows.map(|row| row.iter().zip(by).map(|(one, other)| one * other).sum::<f32>());
        let lab = |eyes: &[[f32; 3]; 3], colour: Color32| {
            let [red, green, blue, _] = egui::Rgba::from(colour).to_array();
            let seen = times(eyes, [red, green, blue]).map(|part| part.clamp(0.0, 1.0));
            let xyz = times(&[[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]], seen);
            let [x, y, z] = [xyz[0] / 0.9505, xyz[1], xyz[2] / 1.089]
                .map(|part| if part > 0.008_856 { part.cbrt() } else { 7.787 * part + 16.0 / 116.0 });
            [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
        };
        let distance = |eyes| lab(eyes, one).iter().zip(lab(eyes, other)).map(|(one, other)| (one - other).powi(2)).sum::<f32>().sqrt();
        EYES.iter().map(distance).fold(f32::MAX, f32::min)
    }

    #[test]
    fn fields_beside_each_other_differ_for_all_eyes() {
        for roles in [&LIGHT, &DARK] {
            for place in 0..5 {
                let ((fill, line), (next, next_line)) = (roles.field(place), roles.field(place + 1));
                assert!(least_distance(line, next_line) >= 25.0, "{place}: {}", least_distance(line, next_line));
                assert!(least_distance(fill, next) >= 10.0, "{place}: {}", least_distance(fill, next));
            }
        }
    }

    #[test]
    fn text_can_be_read_on_everything_it_stands_on() {
        for roles in [&LIGHT, &DARK] {
            let grounds = [roles.panel, roles.surface, roles.sunken, roles.hover, roles.select];
            for ground in grounds {
                for text in [roles.text, roles.text2, roles.accent, roles.send, roles.recv, roles.wait, roles.error, roles.ok] {
                    assert!(contrast(text, ground) >= 4.5, "{text:?} on {ground:?}: {}", contrast(text, ground));
                }
            }
            for (text, ground) in [
                (roles.error, roles.error_soft),
                (roles.wait, roles.wait_soft),
                (roles.ok, roles.ok_soft),
                (roles.recv, roles.recv_soft),
                (roles.send, roles.send_soft),
                (roles.on_accent, roles.accent_fill),
            ] {
                assert!(contrast(text, ground) >= 4.5, "{text:?} on {ground:?}: {}", contrast(text, ground));
            }
            for place in 0..5 {
                let (fill, line) = roles.field(place);
                for text in [roles.text, roles.text2] {
                    assert!(contrast(text, fill) >= 4.5, "{text:?} on {fill:?}: {}", contrast(text, fill));
                }
                assert!(contrast(line, roles.surface) >= 3.0, "{line:?}");
            }
            assert!(contrast(roles.stroke, roles.surface) >= 3.0);
        }
    }
}
