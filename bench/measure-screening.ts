import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { compilePacks, decompile } from '../shared/domain/screening/compiled-file.js';
import { compile } from '../shared/domain/screening/compile.js';
import { emptyPage } from '../shared/domain/screening/page.js';
import { Packs } from '../shared/domain/screening/packs.js';
import { readPage } from '../shared/domain/screening/read-page.js';
import { screenerOf } from '../shared/domain/screening/screen.js';
import { findTerms } from '../shared/domain/screening/trie.js';
import type { ScreenInput } from '../shared/domain/screening/verdict.js';
import { Instant } from '../shared/domain/time.js';
import { held, speedOf, timed, type Speed } from './measure.js';
import { findRivals } from './rivals.js';
import { ADVERSARIAL, stepsOf } from './steps.js';

const COLD_STARTS = 5;
const IN_CAMPAIGN = Instant.parse('2029-10-10T03:00:00.000Z');

/** What to measure, as `bench/screening.ts` left it beside this script. */
const folder = import.meta.dirname;
const Work = z.object({
  texts: z.array(z.string()),
  sizes: z.array(z.object({ packs: Packs, terms: z.array(z.string()) })),
});

const whole = (number: number): string => Math.round(number).toLocaleString('en');
const fixed = (number: number, digits = 1): string => number.toFixed(digits);

const inputOf = (text: string, packs: Packs): ScreenInput => ({
  parts: [{ field: 'body', text }],
  context: null,
  postedAt: IN_CAMPAIGN,
  contests: packs.contests.slice(0, 1).map(({ id }) => id),
});

const Cold = z.object({ took: z.number(), core: z.number(), first: z.number() });

/** The median of starts in processes of their own, in milliseconds. */
const coldStart = (bytes: Uint8Array): z.infer<typeof Cold> => {
  const file = join(folder, 'packs.bin');
  writeFileSync(file, bytes);
  const line = [join(folder, 'cold-start.mjs'), file];
  const starts = Array.from({ length: COLD_STARTS }, () =>
    Cold.parse(JSON.parse(execFileSync(process.execPath, line, { encoding: 'utf8' }))),
  ).sort((one, other) => one.took - other.took);
  return starts[Math.floor(COLD_STARTS / 2)] ?? { took: 0, core: 0, first: 0 };
};

/** What a screener holds in memory once it has read the corpus and a text of the greatest length, in bytes. */
const memoryOf = (bytes: Uint8Array, inputs: readonly ScreenInput[], longest: ScreenInput): number => {
  const before = held();
  const ready = decompile(bytes.slice());
  if (ready.kind === 'refused') throw new Error(`Refused: ${ready.why}`);
  const screen = screenerOf(ready.compiled);
  for (const input of [...inputs, longest]) screen(input);
  const after = held();
  screen(longest);
  return after - before;
};

const benchSize = async (packs: Packs, terms: readonly string[], texts: readonly string[]): Promise<void> => {
  const units = texts.reduce((sum, text) => sum + text.length, 0) / texts.length;
  const inputs = texts.map((text) => inputOf(text, packs));
  const build = timed(() => compile(packs));
  const bytes = compilePacks(packs);
  const screen = screenerOf(build.result);
  const { vocabulary, trie } = build.result.tables;
  const page = emptyPage();

  console.log(`\n${whole(terms.length)} terms`);
  const bytesPerPost = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0) / texts.length;
  const screening = speedOf(inputs, screen);
  const row = (name: string, { perSecond, p50, p99 }: Speed, buildTime?: number): void => {
    console.log(
      [
        name.padEnd(38),
        `${whole(perSecond).padStart(10)} posts/s`,
        `${fixed((perSecond * bytesPerPost) / 1e6).padStart(7)} MB/s`,
        `${fixed(p50).padStart(8)} µs p50`,
        `${fixed(p99).padStart(8)} µs p99`,
        buildTime === undefined ? ''.padStart(16) : `${whole(buildTime).padStart(7)} ms to build`,
        `×${(screening.perSecond / perSecond).toPrecision(2)}`,
      ].join('  '),
    );
  };
  row('the whole screening', screening, build.took);
  const reading = speedOf(inputs, ({ parts }) => {
    readPage(page, parts, vocabulary);
    findTerms(page, trie);
  });
  row('  of it, from the raw post to hits', reading);
  const lower = texts.map((text) => text.toLowerCase());
  const { rivals, absent } = await findRivals();
  for (const { name, share, build: make } of rivals) {
    const { result: find, took } = timed(() => make(terms));
    row(`  ${name} (only matching)`, speedOf(lower.slice(0, Math.ceil(lower.length * share)), find), took);
  }
  if (absent.length > 0) console.log(`  not shown, since not installed: ${absent.join(', ')}`);
  let sum = 0;
  const limit = speedOf(texts, (text) => {
    for (let index = 0; index < text.length; index += 1) sum += text.charCodeAt(index);
  });
  row('  charCodeAt of every unit (the limit)', limit);
  console.log(
    `  × is how many times faster the whole screening is; it is ${(screening.perSecond / limit.perSecond).toFixed(3)} of the limit`,
  );
  if (sum === 0) console.log('  There was nothing to read.');

  const { took, core, first } = coldStart(bytes);
  const longest = inputOf('Ayo coblos nomor 2! '.repeat(5_000), packs);
  const memory = memoryOf(bytes, inputs, longest);
  console.log(
    `compiled form ${fixed(bytes.length / 1e6)} MB, ready in ${fixed(took)} ms (${fixed(core)} ms of a core) ` +
      `and first indication ${fixed(first)} ms later in a process of its own; holds ${fixed(memory / 1e6)} MB; ${whole(units)} units a post`,
  );
};

const benchSteps = (packs: Packs): void => {
  const { tables } = compile(packs);
  console.log('\nsteps per unit on adversarial input, at 5,000 and at 50,000 units');
  for (const [name, unit] of Object.entries(ADVERSARIAL)) {
    const [short, long] = [5_000, 50_000].map((length) => {
      const text = unit.repeat(Math.ceil(length / unit.length));
      return stepsOf(text, tables) / text.length;
    });
    console.log(`${name.padEnd(38)}  ${fixed(short ?? 0).padStart(7)}  ${fixed(long ?? 0).padStart(7)}`);
  }
};

const { texts, sizes } = Work.parse(JSON.parse(readFileSync(join(folder, 'work.json'), 'utf8')));
for (const { packs, terms } of sizes) await benchSize(packs, terms, texts);
for (const { packs } of sizes.slice(0, 1)) benchSteps(packs);
