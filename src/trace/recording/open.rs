//! Opening a recording: by its index, or by walking from frame to frame where the index is lost.

use std::fs::{self, File};
use std::io::{self, BufReader, Read as _, Seek as _, SeekFrom};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use super::disk::Disk;
use super::format::{Block, Frame, FrameKind, HEAD_LEN, HeadBody, IndexBody, MAGIC, OLDEST, PREFIX, VERSION};
use super::pager::Pager;
use super::{Recording, RecordingError, shown};
use crate::text;
use crate::trace::store::Store;

/// How much is looked through at a time for the next whole frame behind a damaged one.
const WINDOW: usize = 1 << 20;

pub(super) fn open(path: &Path) -> Result<Recording, RecordingError> {
    let system = |call: &'static str| move |error: io::Error| RecordingError::system(call, path, &error);
    // A pipe would let `open` wait for whoever writes into it.
    if !fs::metadata(path).map_err(system("open"))?.is_file() {
        return Err(RecordingError::NotOne(path.to_owned()));
    }
    let file = File::open(path).map_err(system("open"))?;
    let length = file.metadata().map_err(system("open"))?.len();
    let mut source = Source { file: BufReader::new(file), at: 0, length };
    let (head, start) = read_head(&mut source, path)?;
    let paging = File::open(path).map_err(system("open"))?;
    let disk = Disk::new(path, paging);
    let names = read_index(&mut source, head.salt, start).map(|index| {
        index.blocks.iter().for_each(|block| disk.add(*block));
        index.names
    });
    if names.is_none() {
        walk(&mut source, head.salt, start, path, &disk).map_err(system("read"))?;
    }
    let losses = disk.losses();
    let last = disk.blocks().last().map_or(0, Block::last);
    let walked = names.is_none();
    let store = Arc::new(Store::on_disk(Pager::new(Arc::new(disk)), names.unwrap_or_default(), last));
    store.start_pager(walked).map_err(system("open"))?;
    Ok(Recording { header: head.header, store, losses })
}

/// A file and where in it the next byte is read.
struct Source {
    file: BufReader<File>,
    at: u64,
    length: u64,
}

impl Source {
    /// The bytes of that range; fewer where the file ends before.
    fn read(&mut self, at: u64, length: usize) -> io::Result<Vec<u8>> {
        let length = (length as u64).min(self.length.saturating_sub(at));
        let mut bytes = Vec::with_capacity(length as usize);
        match i64::try_from(at).ok().and_then(|at| at.checked_sub_unsigned(self.at)) {
            Some(step) => self.file.seek_relative(step)?,
            None => self.file.seek(SeekFrom::Start(at)).map(drop)?,
        }
        self.at = at;
        self.at += self.file.by_ref().take(length).read_to_end(&mut bytes)? as u64;
        Ok(bytes)
    }

    fn frame(&mut self, at: u64, salt: u32) -> io::Result<Option<Frame>> {
        Ok(Frame::from_bytes(&self.read(at, HEAD_LEN)?, salt))
    }

    /// The body of a frame whose head stands at `at`; none where it is not whole.
    fn body(&mut self, at: u64, frame: &Frame) -> io::Result<Option<Vec<u8>>> {
        let body = self.read(at + HEAD_LEN as u64, frame.length as usize)?;
        Ok(frame.body_fits(&body).then_some(body))
    }
}

/// What stands before the rows, and where these begin.
fn read_head(source: &mut Source, path: &Path) -> Result<(HeadBody, u64), RecordingError> {
    let system = |error: io::Error| RecordingError::system("read", path, &error);
    let damaged = || RecordingError::Damaged(path.to_owned());
    let prefix = source.read(0, PREFIX as usize).map_err(system)?;
    let version = prefix.strip_prefix(&MAGIC).ok_or_else(|| RecordingError::NotOne(path.to_owned()))?;
    let version = u32::from_le_bytes(version.try_into().map_err(|_short: std::array::TryFromSliceError| damaged())?);
    if !(OLDEST..=VERSION).contains(&version) {
        return Err(RecordingError::Version(path.to_owned(), version));
    }
    let frame = source.frame(PREFIX, 0).map_err(system)?.filter(|frame| frame.kind == FrameKind::Head).ok_or_else(damaged)?;
    let body = source.body(PREFIX, &frame).map_err(system)?.ok_or_else(damaged)?;
    let head = postcard::from_bytes::<HeadBody>(&body).ok().ok_or_else(damaged)?;
    // Whoever adds a time of the trace's clock to it must not run out of time.
    head.header.started.checked_add(Duration::from_nanos(u64::MAX)).ok_or_else(damaged)?;
    Ok((head, PREFIX + (HEAD_LEN + body.len()) as u64))
}

/// The index, where the file was finished and the index says nothing that cannot be.
fn read_index(source: &mut Source, salt: u32, start: u64) -> Option<IndexBody> {
    let done_at = source.length.checked_sub(HEAD_LEN as u64).filter(|at| *at >= start)?;
    let done = source.frame(done_at, salt).ok()??;
    let at = done.first;
    if done.kind != FrameKind::Done || at < start || at > done_at {
        return None;
    }
    let frame = source.frame(at, salt).ok()?.filter(|frame| frame.kind == FrameKind::Index)?;
    let body = source.body(at, &frame).ok()??;
    let index = postcard::from_bytes::<IndexBody>(&body).ok()?;
    let (mut last, mut free) = (0, start);
    for block in &index.blocks {
        if block.offset < free || !block.is_sane(last, at) {
            return None;
        }
        (last, free) = (block.last(), block.end());
    }
    Some(index)
}

/// Finds the blocks by going from head to head, and over what is damaged.
fn walk(source: &mut Source, salt: u32, start: u64, path: &Path, disk: &Disk) -> io::Result<()> {
    let (mut at, mut last) = (start, 0);
    while at < source.length {
        match source.frame(at, salt)? {
            Some(frame) if frame.kind == FrameKind::Rows => {
                let block = Block::of(&frame, at);
                if block.is_sane(last, source.length) {
                    (at, last) = (block.end(), block.last());
                    disk.add(block);
                    continue;
                }
            }
            // All rows stand before the index.
            Some(frame) if frame.kind == FrameKind::Index => break,
            _ => {}
        }
        let found = search(source, salt, at + 1, last)?;
        let (from, to) = (at, found.unwrap_or(source.length));
        let file = shown(path);
        disk.tell_loss(match found {
            Some(_) => text!("trace-recording-bytes-damaged", file = file, from = from, to = to),
            None => text!("trace-recording-cut", file = file, bytes = to - from),
        });
        at = to;
    }
    if disk.losses().is_empty() {
        disk.tell_loss(text!("trace-recording-unfinished", file = shown(path)));
    }
    Ok(())
}

/// Where the next sane frame of rows stands, from `at` on.
fn search(source: &mut Source, salt: u32, mut at: u64, last: u64) -> io::Result<Option<u64>> {
    let name = FrameKind::Rows.name();
    while at < source.length {
        let window = source.read(at, WINDOW + HEAD_LEN)?;
        for start in memchr::memmem::find_iter(window.get(..WINDOW + name.len() - 1).unwrap_or(&window), &name) {
            let frame = window.get(start..).and_then(|bytes| Frame::from_bytes(bytes, salt));
            let offset = at + start as u64;
            if frame.is_some_and(|frame| Block::of(&frame, offset).is_sane(last, source.length)) {
                return Ok(Some(offset));
            }
        }
        at += WINDOW as u64;
    }
    Ok(None)
}
