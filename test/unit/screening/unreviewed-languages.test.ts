import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packFaults } from '../../../shared/domain/screening/pack-faults.js';
import { LanguagePack } from '../../../shared/domain/screening/packs.js';
import { compileScreener } from '../../../shared/domain/screening/screen.js';
import { LocalDate } from '../../../shared/domain/time.js';
import { LOOK_ALIKES } from './look-alikes.js';
import { anInput, packContent, samplePacks, sampleScreener } from './sample-packs.js';
import { STRONG } from './strong-examples.js';

const sampled = samplePacks().languages.map(({ id }) => id);
/** In the order in which a folder of packs is read. */
const languages = readdirSync(join(import.meta.dirname, '../../../packs/language'))
  .sort()
  .map((name) => LanguagePack.parse(packContent(`language/${name}`)));
const others = languages.filter(({ id }) => !sampled.includes(id));
const all = samplePacks({ languages });
const screen = compileScreener(all);
const review = { by: 'a native reader', on: LocalDate.parse('2029-01-01') };

describe('the languages that wait for a native reader', () => {
  it('are there, say that nobody has read them, and hold beside the others', () => {
    expect(others.map(({ language }) => language).sort()).toEqual([
      'ace',
      'ban',
      'bbc',
      'bew',
      'bjn',
      'bug',
      'mad',
      'mak',
    ]);
    for (const { review: read, sources } of others) {
      expect(read).toBe('unreviewed');
      expect(sources.join()).toContain('unreviewed');
    }
    expect(packFaults(all)).toEqual([]);
  });

  it('indicate nothing that is not indicated without them', () => {
    for (const { acts } of others)
      for (const term of acts.flatMap(({ terms }) => terms)) {
        const input = anInput(`${term} Candra–Dewi`);
        if (sampleScreener(input).kind === 'indicated') continue;
        expect(screen(input).kind, term).not.toBe('indicated');
      }
  });

  it('take nothing from what the others find, and add nothing to it', () => {
    const reviewed = compileScreener({
      ...samplePacks(),
      languages: languages.map((pack) => (others.includes(pack) ? pack : { ...pack, review })),
    });
    for (const { text, context = null } of STRONG) {
      const input = anInput(text, { context });
      expect(screen(input).kind, text).toBe(sampleScreener(input).kind);
      expect(reviewed(input).kind, text).toBe('indicated');
    }
    for (const text of Object.values(LOOK_ALIKES).flat())
      expect(screen(anInput(text)).kind, text).toBe(sampleScreener(anInput(text)).kind);
  });

  it.each(others.map((pack) => [pack.language, pack] as const))(
    'find in %s what they are for once a native reader has signed',
    (_tag, pack) => {
      const signed = { ...pack, review };
      const reader = compileScreener(samplePacks({ languages: [...samplePacks().languages, signed] }));
      for (const term of pack.acts.flatMap(({ terms }) => terms))
        expect(reader(anInput(`${term} Candra–Dewi`)).kind, term).toBe('indicated');
    },
  );

  it('are said to be undecided, not to be clean', () => {
    const text =
      'Rahajeng semeng sameton, dumogi rahayu sareng sami, benjang semengan wenten gotong royong ring banjar';
    expect(screen(anInput(text))).toEqual({ kind: 'undecided', reason: 'unsupported-language' });
  });
});
