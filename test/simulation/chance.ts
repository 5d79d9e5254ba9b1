/** Chance from a seed: the same seed gives the same course, on every machine. */
export interface Chance {
  /** A number in [0, 1). */
  readonly next: () => number;
  /** A whole number from `from` up to `to`, both included. */
  readonly between: (from: number, to: number) => number;
  readonly happens: (probability: number) => boolean;
  readonly oneOf: <Item>(items: readonly [Item, ...Item[]]) => Item;
  /** Another course under a name of its own, so that what one part draws does not move what another one does. */
  readonly fork: (name: string) => Chance;
}

/** FNV-1a over the characters of a text, from where `hash` stands. */
export const mixed = (hash: number, text: string): number => {
  let mix = hash;
  for (let index = 0; index < text.length; index += 1)
    mix = Math.imul(mix ^ text.charCodeAt(index), 0x01000193);
  return mix >>> 0;
};

/** mulberry32, which is plenty for a simulation. */
export const chanceFrom = (seed: number): Chance => {
  let state = mixed(0x811c9dc5, `seed ${seed}`);
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mix = Math.imul(state ^ (state >>> 15), state | 1);
    mix ^= mix + Math.imul(mix ^ (mix >>> 7), mix | 61);
    return ((mix ^ (mix >>> 14)) >>> 0) / 4_294_967_296;
  };
  const between = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  return {
    next,
    between,
    happens: (probability) => probability > 0 && next() < probability,
    oneOf: (items) => items[between(0, items.length - 1)] ?? items[0],
    fork: (name) => chanceFrom(mixed(seed >>> 0, name)),
  };
};
