export interface Speed {
  readonly perSecond: number;
  /** Of the median and of the hundredth slowest, in microseconds. */
  readonly p50: number;
  readonly p99: number;
}

const ROUNDS = 5;

const milliseconds = (work: () => unknown): number => {
  const start = performance.now();
  work();
  return performance.now() - start;
};

/** The best of a few rounds over all items, since whatever else the machine does only ever takes time away. */
export const speedOf = <Item>(items: readonly Item[], work: (item: Item) => unknown): Speed => {
  const rounds = Array.from({ length: ROUNDS }, () =>
    milliseconds(() => {
      for (const item of items) work(item);
    }),
  );
  const each = items.map((item) => milliseconds(() => work(item)) * 1000).sort((one, other) => one - other);
  return {
    perSecond: (items.length * 1000) / Math.min(...rounds),
    p50: each[Math.floor(each.length * 0.5)] ?? 0,
    p99: each[Math.floor(each.length * 0.99)] ?? 0,
  };
};

/** The result of work that is done once, and how many milliseconds it took. */
export const timed = <Result>(work: () => Result): { readonly result: Result; readonly took: number } => {
  const start = performance.now();
  const result = work();
  return { result, took: performance.now() - start };
};

/** What the process holds after it has tidied up, in bytes; needs `--expose-gc`. */
export const held = (): number => {
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};
