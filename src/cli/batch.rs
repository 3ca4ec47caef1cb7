//! Work on many inputs at once, with the results in the order of the inputs.

use std::collections::VecDeque;
use std::io;
use std::num::NonZeroUsize;
use std::sync::mpsc::{self, Receiver, Sender, SyncSender};
use std::sync::{Mutex, PoisonError};
use std::thread::{self, Scope};

/// Results that may wait for one before them, for every thread. This is what bounds memory.
const WINDOW: usize = 16;

/// Threads that are ever started: more would wait for each other, and may leave the rest of the
/// program no memory to map.
const MOST: usize = 256;

/// How many threads to use where the user does not say.
pub(crate) fn cores() -> usize {
    thread::available_parallelism().map_or(1, NonZeroUsize::get)
}

/// Calls `then` with the results of `work` on `items`, in the order of the items.
///
/// `work` has room of its own on each thread, which it may use again for the next item. Items are
/// taken as room for results comes free. Where the system gives fewer threads than `jobs`, those do
/// the work; where it gives none, this one does.
pub(crate) fn ordered<I: Send, T: Send, R>(
    items: impl Iterator<Item = I>,
    jobs: usize,
    work: impl Fn(I, &mut Vec<u8>) -> T + Sync,
    then: impl FnOnce(&mut dyn Iterator<Item = T>) -> R,
) -> R {
    if jobs <= 1 {
        let mut room = Vec::new();
        return then(&mut items.map(|item| work(item, &mut room)));
    }
    let (sender, receiver) = mpsc::channel();
    let queue = Mutex::new(receiver);
    thread::scope(|scope| {
        let started = (0..jobs.min(MOST))
            .take_while(|_| start(scope, &queue, &work).is_ok())
            .count();
        if started == 0 {
            let mut room = Vec::new();
            return then(&mut items.map(|item| work(item, &mut room)));
        }
        then(&mut Ordered {
            items,
            sender,
            window: started * WINDOW,
            pending: VecDeque::new(),
        })
    })
}

type Job<I, T> = (I, SyncSender<T>);

/// Starts a thread that works until nobody can send more.
fn start<'scope, I: Send, T: Send>(
    scope: &'scope Scope<'scope, '_>,
    queue: &'scope Mutex<Receiver<Job<I, T>>>,
    work: &'scope (impl Fn(I, &mut Vec<u8>) -> T + Sync),
) -> io::Result<()> {
    let thread = thread::Builder::new().spawn_scoped(scope, move || {
        let mut room = Vec::new();
        loop {
            let job = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
            let Ok((item, result)) = job else { break };
            // Nobody waits for it after a failure to write.
            let _ = result.send(work(item, &mut room));
        }
    });
    thread.map(drop)
}

/// Hands out items and takes the results back in order.
struct Ordered<I, T, Items> {
    items: Items,
    sender: Sender<Job<I, T>>,
    window: usize,
    pending: VecDeque<Receiver<T>>,
}

impl<I, T, Items: Iterator<Item = I>> Iterator for Ordered<I, T, Items> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        while self.pending.len() < self.window {
            let Some(item) = self.items.next() else { break };
            let (result, receiver) = mpsc::sync_channel(1);
            self.sender.send((item, result)).ok()?;
            self.pending.push_back(receiver);
        }
        self.pending.pop_front()?.recv().ok()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    use super::{WINDOW, ordered};

    #[test]
    fn results_come_in_the_order_of_the_items() {
        for jobs in [1, 2, 7] {
            let slow_first = |item: usize, _: &mut Vec<u8>| {
                std::thread::sleep(Duration::from_micros(if item == 0 { 5000 } else { 1 }));
                item * 2
            };
            let results: Vec<usize> = ordered(0..300, jobs, slow_first, |all| all.collect());
            assert!(results.into_iter().eq((0..300).map(|item| item * 2)));
        }
    }

    #[test]
    fn no_more_is_taken_than_there_is_room_for() {
        let taken = AtomicUsize::new(0);
        let items = (0..10_000).inspect(|_| {
            taken.fetch_add(1, Ordering::Relaxed);
        });
        let first = ordered(items, 2, |item, _| item, |all| all.next());
        assert_eq!(first, Some(0));
        assert_eq!(taken.load(Ordering::Relaxed), 2 * WINDOW);
    }
}
