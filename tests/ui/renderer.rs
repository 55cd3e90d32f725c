//! A renderer on the processor: the same picture on every machine, with no display and no GPU.

use std::collections::HashMap;

use egui::epaint::{ClippedPrimitive, ImageData, Mesh, Primitive, Vertex};
use egui::{ColorImage, Context, FullOutput, Rect, TextureId, TexturesDelta};
use egui_kittest::TestRenderer;
use image::{Rgba, RgbaImage};

/// Textures, and nothing else: each picture is drawn anew.
#[derive(Default)]
pub(crate) struct CpuRenderer {
    textures: HashMap<TextureId, ColorImage>,
}

impl TestRenderer for CpuRenderer {
    fn handle_delta(&mut self, delta: &mut TexturesDelta) {
        let mut set = delta.set.drain().collect::<Vec<_>>();
        set.sort_by_key(|(id, _)| format!("{id:?}"));
        for (id, parts) in set {
            for part in parts {
                let ImageData::Color(image) = part.image;
                match (part.pos, self.textures.get_mut(&id)) {
                    (Some([left, top]), Some(texture)) => {
                        for y in 0..image.size[1] {
                            for x in 0..image.size[0] {
                                texture[(left + x, top + y)] = image[(x, y)];
                            }
                        }
                    }
                    _ => drop(self.textures.insert(id, (*image).clone())),
                }
            }
        }
        self.textures.retain(|id, _| !delta.free.contains(id));
        delta.clear();
    }

    fn render(&mut self, ctx: &Context, output: &FullOutput) -> Result<RgbaImage, String> {
        let scale = output.pixels_per_point;
        let size = ctx.content_rect().size() * scale;
        let mut picture = RgbaImage::from_pixel(size.x.round() as u32, size.y.round() as u32, Rgba([0, 0, 0, 255]));
        for ClippedPrimitive { clip_rect, primitive } in ctx.tessellate(output.shapes.clone(), scale) {
            let Primitive::Mesh(mesh) = primitive else { continue };
            let texture = self.textures.get(&mesh.texture_id).ok_or_else(|| format!("no texture {:?}", mesh.texture_id))?;
            draw_mesh(&mut picture, &mesh, texture, clip_rect, scale);
        }
        Ok(picture)
    }
}

fn draw_mesh(picture: &mut RgbaImage, mesh: &Mesh, texture: &ColorImage, clip: Rect, scale: f32) {
    let edge = |at: f32, most: u32| ((at * scale).round() as i64).clamp(0, i64::from(most));
    let (width, height) = picture.dimensions();
    let clip = [edge(clip.min.x, width), edge(clip.min.y, height), edge(clip.max.x, width), edge(clip.max.y, height)];
    for corners in mesh.indices.chunks_exact(3) {
        let corners = [0, 1, 2].map(|corner| mesh.vertices[corners[corner] as usize]);
        draw_triangle(picture, corners, texture, clip, scale);
    }
}

/// Twice the area of a triangle, with the sign of its direction.
fn area(a: [f32; 2], b: [f32; 2], c: [f32; 2]) -> f32 {
    (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
}

/// Whether a pixel on the edge from `a` to `b` belongs to the triangle: of two triangles that share an edge, exactly one owns it.
fn owns(a: [f32; 2], b: [f32; 2]) -> bool {
    b[1] < a[1] || (b[1] == a[1] && b[0] > a[0])
}

fn draw_triangle(picture: &mut RgbaImage, mut corners: [Vertex; 3], texture: &ColorImage, clip: [i64; 4], scale: f32) {
    let place = |corner: &Vertex| [corner.pos.x * scale, corner.pos.y * scale];
    let mut at = [place(&corners[0]), place(&corners[1]), place(&corners[2])];
    let mut whole = area(at[0], at[1], at[2]);
    if whole == 0.0 || !whole.is_finite() {
        return;
    }
    if whole < 0.0 {
        corners.swap(1, 2);
        at.swap(1, 2);
        whole = -whole;
    }
    let range = |axis: usize| {
        let values = at.map(|at| at[axis]);
        let least = values.into_iter().fold(f32::MAX, f32::min).floor() as i64;
        let most = values.into_iter().fold(f32::MIN, f32::max).ceil() as i64;
        least.max(clip[axis])..most.min(clip[axis + 2])
    };
    for y in range(1) {
        for x in range(0) {
            let point = [x as f32 + 0.5, y as f32 + 0.5];
            let weights = [area(at[1], at[2], point), area(at[2], at[0], point), area(at[0], at[1], point)];
            let edges = [(at[1], at[2]), (at[2], at[0]), (at[0], at[1])];
            let inside = weights.iter().zip(edges).all(|(weight, (a, b))| *weight > 0.0 || (*weight == 0.0 && owns(a, b)));
            if inside {
                blend(picture, x as u32, y as u32, shade(&corners, weights.map(|weight| weight / whole), texture));
            }
        }
    }
}

/// The colour of a point: that of the corners, times that of the texture. Premultiplied, from 0 to 255.
fn shade(corners: &[Vertex; 3], weights: [f32; 3], texture: &ColorImage) -> [f32; 4] {
    let mix = |value: &dyn Fn(&Vertex) -> f32| corners.iter().zip(weights).map(|(corner, weight)| value(corner) * weight).sum::<f32>();
    let texel = sample(texture, mix(&|corner| corner.uv.x), mix(&|corner| corner.uv.y));
    std::array::from_fn(|channel| mix(&|corner| f32::from(corner.color.to_array()[channel])) * texel[channel] / 255.0)
}

/// The texture between its four nearest texels.
fn sample(texture: &ColorImage, u: f32, v: f32) -> [f32; 4] {
    let [width, height] = texture.size;
    let (x, y) = (u * width as f32 - 0.5, v * height as f32 - 0.5);
    let texel = |x: f32, y: f32| {
        let x = x.clamp(0.0, width as f32 - 1.0) as usize;
        let y = y.clamp(0.0, height as f32 - 1.0) as usize;
        texture[(x, y)].to_array().map(f32::from)
    };
    let (left, top) = (x.floor(), y.floor());
    let (right, low) = (x - left, y - top);
    let corners = [texel(left, top), texel(left + 1.0, top), texel(left, top + 1.0), texel(left + 1.0, top + 1.0)];
    let parts = [(1.0 - right) * (1.0 - low), right * (1.0 - low), (1.0 - right) * low, right * low];
    std::array::from_fn(|channel| (0..4).map(|corner| corners[corner][channel] * parts[corner]).sum())
}

fn blend(picture: &mut RgbaImage, x: u32, y: u32, colour: [f32; 4]) {
    let below = picture.get_pixel(x, y).0;
    let rest = 1.0 - colour[3] / 255.0;
    let mixed = std::array::from_fn(|channel| (colour[channel] + f32::from(below[channel]) * rest).round().clamp(0.0, 255.0) as u8);
    picture.put_pixel(x, y, Rgba(mixed));
}
