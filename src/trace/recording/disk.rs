//! The rows of a recording that can be read back: where they stand, and the chunks that were read last.

use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::format::{Block, HEAD_LEN, rows_from_bytes};
use super::shown;
use crate::text;
use crate::text::Message;
use crate::trace::chunk::{Chunk, Scan};
use crate::trace::errno::Errno;

/// The memory that chunks read from disk may take, in bytes; at least the newest of them is kept.
const CACHE_BYTES: usize = 64 << 20;

/// How many chunks are kept at most: they may be small where rows came slowly.
const CACHE_CHUNKS: usize = 512;

/// How many losses are told one by one.
const MOST_LOSSES: usize = 100;

/// A file of rows, which may still grow.
#[derive(Debug)]
pub(in crate::trace) struct Disk {
    path: PathBuf,
    file: Mutex<File>,
    index: Mutex<Index>,
    cache: Mutex<Cache>,
    losses: Mutex<Vec<Message>>,
}

#[derive(Debug, Default)]
struct Index {
    blocks: Vec<Indexed>,
    rows: u64,
}

#[derive(Debug)]
struct Indexed {
    block: Block,
    /// How many rows stand before it and can be read.
    before: u64,
    damaged: bool,
}

#[derive(Debug, Default)]
struct Cache {
    /// By the number of their first row, the one used last at the end.
    chunks: Vec<Arc<Chunk>>,
    bytes: usize,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // What is behind these locks is whole between any two statements.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Disk {
    pub(super) fn new(path: &Path, file: File) -> Self {
        Self { path: path.to_owned(), file: Mutex::new(file), index: Mutex::default(), cache: Mutex::default(), losses: Mutex::default() }
    }

    /// Takes in that a block stands in the file, after all others.
    pub(super) fn add(&self, block: Block) {
        let mut index = lock(&self.index);
        let before = index.rows;
        index.rows += u64::from(block.count);
        index.blocks.push(Indexed { block, before, damaged: false });
    }

    /// Where all blocks stand.
    pub(super) fn blocks(&self) -> Vec<Block> {
        lock(&self.index).blocks.iter().map(|indexed| indexed.block).collect()
    }

    /// How many of the rows numbered up to `n` can be read.
    pub(in crate::trace) fn rows_to(&self, n: u64) -> u64 {
        let index = lock(&self.index);
        let after = index.blocks.partition_point(|indexed| indexed.block.first <= n);
        let Some(last) = after.checked_sub(1).and_then(|last| index.blocks.get(last)) else { return 0 };
        let within = if last.damaged { 0 } else { (n - last.block.first + 1).min(u64::from(last.block.count)) };
        last.before + within
    }

    /// The first block that holds row `n` or one after it, and can be read.
    fn block_from(&self, n: u64) -> Option<Block> {
        let index = lock(&self.index);
        let at = index.blocks.partition_point(|indexed| indexed.block.last() < n);
        index.blocks.iter().skip(at).find(|indexed| !indexed.damaged).map(|indexed| indexed.block)
    }

    /// The block that holds row `n`.
    fn block(&self, n: u64) -> Option<Block> {
        self.block_from(n).filter(|block| block.first <= n)
    }

    /// Whether row `n` stands in the file, as far as is known.
    pub(in crate::trace) fn holds(&self, n: u64) -> bool {
        self.block(n).is_some()
    }

    /// The last number up to which the rows from number `from` on hold no quiet one; none where they do, or are not here.
    pub(in crate::trace) fn without_quiet(&self, from: u64) -> Option<u64> {
        self.block(from).filter(|block| block.quiet == 0).map(|block| block.last())
    }

    /// The rows from number `from` on to the end of the block that holds the first of them; none where that begins after number `last`. Reads the file;
    /// passes over what is damaged.
    pub(in crate::trace) fn scan(&self, from: u64, last: u64) -> Option<Scan> {
        loop {
            let block = self.block_from(from).filter(|block| block.first <= last)?;
            let cached = lock(&self.cache).get(block.first);
            if let Some(chunk) = cached.or_else(|| self.read(&block)) {
                return Scan::of(&chunk, from);
            }
        }
    }

    /// The chunk that holds row `n`, if it was read before; else the number of a row to name it by when asking for it. None where there is none.
    pub(super) fn cached(&self, n: u64) -> Option<Result<Arc<Chunk>, u64>> {
        let block = self.block(n)?;
        Some(lock(&self.cache).get(block.first).ok_or(block.first))
    }

    /// Reads the chunk that holds row `n` and keeps it for a while.
    pub(super) fn page_in(&self, n: u64) {
        let Some(block) = self.block(n) else { return };
        let cached = lock(&self.cache).get(block.first);
        if cached.is_none()
            && let Some(chunk) = self.read(&block)
        {
            lock(&self.cache).put(chunk);
        }
    }

    /// What was found to be lost.
    pub(in crate::trace) fn losses(&self) -> Vec<Message> {
        lock(&self.losses).clone()
    }

    pub(super) fn tell_loss(&self, loss: Message) {
        let mut losses = lock(&self.losses);
        if losses.len() < MOST_LOSSES {
            losses.push(loss);
        }
    }

    /// The rows of a block; none where it is damaged, which is told and never tried again.
    fn read(&self, block: &Block) -> Option<Arc<Chunk>> {
        let file = shown(&self.path);
        let (first, last) = (block.first, block.last());
        let loss = match self.read_body(block) {
            Ok(body) => match rows_from_bytes(block, &body) {
                Some(chunk) => return Some(Arc::new(chunk)),
                None => text!("trace-recording-rows-damaged", file = file, first = first, last = last),
            },
            Err(error) => {
                text!("trace-recording-rows-unread", file = file, first = first, last = last, errno = Errno::of(&error).name())
            }
        };
        self.mark_damaged(block);
        self.tell_loss(loss);
        None
    }

    fn read_body(&self, block: &Block) -> io::Result<Vec<u8>> {
        let mut body = vec![0; block.length as usize];
        let mut file = lock(&self.file);
        file.seek(SeekFrom::Start(block.offset + HEAD_LEN as u64))?;
        file.read_exact(&mut body)?;
        Ok(body)
    }

    fn mark_damaged(&self, block: &Block) {
        let mut index = lock(&self.index);
        let at = index.blocks.partition_point(|indexed| indexed.block.first < block.first);
        let mut rest = index.blocks.iter_mut().skip(at);
        let Some(damaged) = rest.next().filter(|indexed| indexed.block.first == block.first && !indexed.damaged) else { return };
        damaged.damaged = true;
        for indexed in rest {
            indexed.before -= u64::from(block.count);
        }
        index.rows -= u64::from(block.count);
    }
}

impl Cache {
    fn get(&mut self, first: u64) -> Option<Arc<Chunk>> {
        let at = self.chunks.iter().rposition(|chunk| chunk.first() == first)?;
        let chunk = self.chunks.remove(at);
        self.chunks.push(Arc::clone(&chunk));
        Some(chunk)
    }

    fn put(&mut self, chunk: Arc<Chunk>) {
        self.bytes += chunk.bytes();
        self.chunks.push(chunk);
        while self.chunks.len() > 1 && (self.bytes > CACHE_BYTES || self.chunks.len() > CACHE_CHUNKS) {
            self.bytes -= self.chunks.remove(0).bytes();
        }
    }
}
