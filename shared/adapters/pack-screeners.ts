import { decompile } from '../domain/screening/compiled-file.js';
import { compile } from '../domain/screening/compile.js';
import { refsOf, type CompiledPacks } from '../domain/screening/compiled.js';
import { screenerOf } from '../domain/screening/screen.js';
import { sideReaderOf, type SideReader } from '../domain/screening/sides.js';
import { trialOf, type ShadowScreener } from '../domain/screening/shadow.js';
import type { Screener } from '../domain/screening/verdict.js';
import { BadPackError } from '../errors.js';
import type { PublishedPacks, PublishedStore, Report } from '../ports.js';

/**
 * A set of packs as the screening uses them: as they were compiled when they were published, which takes milliseconds, or
 * else compiled here. That is reported, since every start then waits for it until the packs are published again.
 */
const ready = async (set: PublishedPacks, report: Report): Promise<CompiledPacks> => {
  const file = await set.compiled();
  const read = file === null ? ({ kind: 'refused', why: 'no-compiled-packs' } as const) : decompile(file);
  if (read.kind === 'compiled') return read.compiled;
  report('packs-compiled-at-start', { why: read.why });
  return compile(await set.packs());
};

/** Makes something of a set once, and again only when it is another set. */
const perSet = <Made>(make: (set: PublishedPacks) => Promise<Made>) => {
  let last: { readonly set: PublishedPacks; readonly made: Promise<Made> } | null = null;
  return (set: PublishedPacks): Promise<Made> => {
    if (last?.set === set) return last.made;
    const made = make(set);
    last = { set, made };
    made.catch(() => {
      if (last?.made === made) last = null;
    });
    return made;
  };
};

interface Screeners {
  /** By the packs in use. */
  readonly active: () => Promise<Screener>;
  /** Whom a text names, by the packs in use. */
  readonly sides: () => Promise<SideReader>;
  /** By the candidate; `null` while there is none, or one that is the same as what is in use. */
  readonly candidate: () => Promise<ShadowScreener | null>;
}

/** The screeners of what is published, each made anew only when other packs are. */
export const packScreeners = (store: PublishedStore, report: Report): Screeners => {
  const screenerIn = (set: PublishedPacks) =>
    ready(set, report).then((compiled) => ({
      compiled,
      screen: screenerOf(compiled),
      sides: sideReaderOf(compiled),
    }));
  const [inUse, tried] = [perSet(screenerIn), perSet(screenerIn)];
  const active = async () => {
    const set = await store.published('active');
    if (set === null) throw new BadPackError(['No packs are published.']);
    return inUse(set);
  };
  return {
    active: async () => (await active()).screen,
    sides: async () => (await active()).sides,
    candidate: async () => {
      const set = await store.published('candidate');
      if (set === null) return null;
      const { compiled, screen } = await tried(set);
      const trial = trialOf(refsOf((await active()).compiled), refsOf(compiled));
      return trial.active === trial.candidate ? null : { trial, screen };
    },
  };
};
