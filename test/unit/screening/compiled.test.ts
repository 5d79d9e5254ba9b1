import { describe, expect, it } from 'vitest';
import { sha256 } from '../../../shared/domain/ids.js';
import { compilePacks, decompile } from '../../../shared/domain/screening/compiled-file.js';
import { compile } from '../../../shared/domain/screening/compile.js';
import { refsOf } from '../../../shared/domain/screening/compiled.js';
import { compileScreener, screenerOf } from '../../../shared/domain/screening/screen.js';
import { packRefs } from '../../../shared/domain/screening/shadow.js';
import type { Screener } from '../../../shared/domain/screening/verdict.js';
import { LOOK_ALIKES } from './look-alikes.js';
import { aContext, anInput, samplePacks } from './sample-packs.js';
import { STRONG, STRONG_REGIONAL } from './strong-examples.js';

const packs = samplePacks();
const bytes = compilePacks(packs);

const screenerOfBytes = (file: Uint8Array): Screener => {
  const ready = decompile(file);
  if (ready.kind === 'refused') throw new Error(ready.why);
  return screenerOf(ready.compiled);
};
const changed = (at: number): Uint8Array => bytes.map((byte, index) => (index === at ? byte ^ 1 : byte));

describe('compiled packs', () => {
  it('screen as the packs themselves do', () => {
    const inputs = [
      ...[...STRONG, ...STRONG_REGIONAL].map(({ text, ...rest }) =>
        anInput(text, { context: 'context' in rest ? (rest.context ?? null) : null }),
      ),
      ...Object.values(LOOK_ALIKES)
        .flat()
        .map((text) => anInput(text, { context: aContext() })),
    ];
    const [fromPacks, fromBytes] = [compileScreener(packs), screenerOfBytes(bytes)];
    const verdicts = inputs.map(fromPacks);
    expect(inputs.map(fromBytes)).toEqual(verdicts);
    expect(verdicts.filter(({ kind }) => kind === 'indicated').length).toBeGreaterThan(STRONG.length);
  });

  it('are the same bytes each time', () => {
    expect(Buffer.compare(compilePacks(samplePacks()), bytes)).toBe(0);
  });

  it('may lie anywhere in a larger buffer', () => {
    const input = anInput('Ayo coblos nomor 2');
    const verdicts = [0, 1, 2, 3].map((at) => {
      const larger = new Uint8Array(bytes.length + 8);
      larger.set(bytes, at);
      return screenerOfBytes(larger.subarray(at, at + bytes.length))(input);
    });
    expect(new Set(verdicts.map((verdict) => JSON.stringify(verdict))).size).toBe(1);
    expect(verdicts[0]).toMatchObject({ kind: 'indicated', provisions: ['DIS-2'] });
  });

  it.each([
    ['nothing', new Uint8Array(0), 'no-compiled-packs'],
    ['something else', Buffer.from('id: language-id\n'.repeat(10)), 'no-compiled-packs'],
    ['a form of another version', changed(4), 'other-format'],
    ['half a file', bytes.subarray(0, bytes.length / 2), 'damaged'],
    ['a file with one bit turned', changed(bytes.length - 100), 'damaged'],
    ['a file whose hash was changed', changed(20), 'damaged'],
  ])('are refused when they are %s', (_, file, why) => {
    expect(decompile(file)).toEqual({ kind: 'refused', why });
  });

  it('name the packs that they were compiled from', () => {
    const ready = decompile(bytes);
    expect(ready.kind === 'compiled' ? refsOf(ready.compiled) : []).toEqual(packRefs(packs));
  });

  // The packs are small and fixed, so that what changes here is how they are compiled or how words are read. Whoever changes
  // that raises the format in compiled-file.ts, and writes the new hash down.
  it('have another format when they are compiled or read otherwise', () => {
    const languages = packs.languages.slice(0, 1).map((pack) => ({
      ...pack,
      spellings: { nomor: ['nmr'] },
      numbers: { dua: 2 },
      endings: ['lah'],
      sets: {},
      acts: pack.acts
        .slice(0, 1)
        .map((act) => ({ ...act, terms: ['Coblos nomor 2', 'c.o.b.l.o.s', 'p45lon', 'PPP', '👍🏽'] })),
      generics: [],
      cues: [],
      suppressors: [],
      common: [],
    }));
    const small = compilePacks({ ...packs, languages, contests: [] });
    const [, format] = new Uint32Array(small.buffer, small.byteOffset, 2);
    const { tables } = compile({ ...packs, languages, contests: [] });
    const hash = sha256(JSON.stringify([tables.vocabulary, tables.trie]));
    expect({ format, hash }).toEqual({
      format: 9,
      hash: '1481e1a4351c4881618603084439f96c5d4ecfa822894546d1f2f1e7d151247f',
    });
  });
});
