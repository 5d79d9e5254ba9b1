export interface Speed {
  readonly perSecond: number;
  /** Of the median and of the hundredth slowest, in microseconds. */
  readonly p50: number;
  readonly p99: number;
}

/** Enough that the compiler, which shares the cores with whatever else runs, has long been through with the code. */
const ROUNDS = 12;
/** In milliseconds, since some kernels count a thread's time in steps of several. */
const SHORTEST_ROUND = 120;

const wallMilliseconds = (work: () => unknown): number => {
  const start = performance.now();
  work();
  return performance.now() - start;
};

/** What this thread has had of its core so far, in milliseconds: other work on the machine does not count. */
export const coreMilliseconds = (): number => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
};

/** The best of a few rounds over all items, in time of the core; the percentiles by the clock on the wall. */
export const speedOf = <Item>(items: readonly Item[], work: (item: Item) => unknown): Speed => {
  const rounds = Array.from({ length: ROUNDS }, () => {
    const start = coreMilliseconds();
    let passes = 0;
    do {
      for (const item of items) work(item);
      passes += 1;
    } while (coreMilliseconds() - start < SHORTEST_ROUND);
    return (coreMilliseconds() - start) / passes;
  });
  const each = items
    .map((item) => wallMilliseconds(() => work(item)) * 1000)
    .sort((one, other) => one - other);
  return {
    perSecond: (items.length * 1000) / Math.min(...rounds),
    p50: each[Math.floor(each.length * 0.5)] ?? 0,
    p99: each[Math.floor(each.length * 0.99)] ?? 0,
  };
};

/** The result of work that is done once, and how many milliseconds of the core it took. */
export const timed = <Result>(work: () => Result): { readonly result: Result; readonly took: number } => {
  const start = coreMilliseconds();
  const result = work();
  return { result, took: coreMilliseconds() - start };
};

/** What the process holds after it has tidied up, in bytes; needs `--expose-gc`. */
export const held = (): number => {
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};

/** The middle one, so that a single slow run counts for nothing. */
export const median = (values: readonly number[]): number =>
  [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? NaN;
