import { instant, type Instant } from '../../shared/domain/time.js';

/** Simulated time. Nothing happens between two events, however long that is. */
export interface Scheduler {
  /** Milliseconds since 1970. */
  readonly time: () => number;
  readonly now: () => Instant;
  readonly after: (milliseconds: number, task: () => void) => void;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Goes from event to event until this moment, or until it is told to stop. */
  readonly runUntil: (time: number, isOver: () => boolean) => Promise<void>;
  /** Says that work of this process is under way that waits for no event, such as the reading of a request's body. */
  readonly busy: <Result>(work: Promise<Result>) => Promise<Result>;
}

interface Event {
  readonly at: number;
  readonly order: number;
  readonly task: () => void;
}

const isBefore = (one: Event, other: Event): boolean =>
  one.at < other.at || (one.at === other.at && one.order < other.order);

/** A binary heap of events, the next one first. */
const eventHeap = () => {
  const events: Event[] = [];
  const swap = (left: number, right: number): void => {
    [events[left], events[right]] = [events[right]!, events[left]!];
  };
  return {
    peek: (): Event | undefined => events[0],
    push: (event: Event): void => {
      let at = events.push(event) - 1;
      while (at > 0) {
        const parent = (at - 1) >> 1;
        if (isBefore(events[parent]!, event)) break;
        swap(at, parent);
        at = parent;
      }
    },
    pop: (): void => {
      const last = events.pop();
      if (last === undefined || events.length === 0) return;
      events[0] = last;
      for (let at = 0; ;) {
        const [left, right] = [2 * at + 1, 2 * at + 2];
        let least = at;
        if (left < events.length && isBefore(events[left]!, events[least]!)) least = left;
        if (right < events.length && isBefore(events[right]!, events[least]!)) least = right;
        if (least === at) return;
        swap(at, least);
        at = least;
      }
    },
  };
};

/** So far apart are two calls of one process at most, unless it waits; a longer gap must not swallow what it does next. */
const NEAR_MILLISECONDS = 50;
/** Promises that follow one another between two calls, roughly: what takes more of them goes on beside the next event. */
const TURNS = 12;

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export const startScheduler = (start: number): Scheduler => {
  const heap = eventHeap();
  let time = start;
  let order = 0;
  let busy = 0;
  const after = (milliseconds: number, task: () => void): void => {
    order += 1;
    heap.push({ at: time + Math.max(0, milliseconds), order, task });
  };
  return {
    time: () => time,
    now: () => instant(new Date(time)),
    after,
    sleep: (milliseconds) =>
      new Promise((resolve) => {
        after(milliseconds, resolve);
      }),
    runUntil: async (until, isOver) => {
      await settled();
      for (let next = heap.peek(); next !== undefined && next.at <= until; next = heap.peek()) {
        heap.pop();
        time = next.at;
        next.task();
        for (let turn = 0; turn < TURNS; turn += 1) await Promise.resolve();
        if (busy > 0 || (heap.peek()?.at ?? until) > time + NEAR_MILLISECONDS) await settled();
        if (isOver()) return;
      }
      time = Math.max(time, until);
    },
    busy: async (work) => {
      busy += 1;
      try {
        return await work;
      } finally {
        busy -= 1;
      }
    },
  };
};
