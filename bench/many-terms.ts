import { join } from 'node:path';
import { parsePackFiles, readPackFolder } from '../shared/adapters/pack-files.js';
import { seeded, type Seeded } from '../local/sample/seeded.js';
import { ContestId } from '../shared/domain/ids.js';
import type { LanguagePack, Packs } from '../shared/domain/screening/packs.js';
import type { Contestant, ContestPack } from '../shared/domain/screening/rules.js';
import { namesOf } from '../shared/domain/screening/terms.js';

const SYLLABLES = Array.from('bcdghjklmnprstwy', (consonant) =>
  Array.from('aeiou', (vowel) => consonant + vowel),
).flat();
const ENDS = ['', 'n', 'ng', 's', 'r', 't', 'h', 'k'];

const word = (chance: Seeded): string =>
  Array.from({ length: 2 + chance.number(3) }, () => chance.pick(SYLLABLES)).join('') + chance.pick(ENDS);

/** Half of the words are ones that people use, so that texts begin to match many terms. */
const phrase = (chance: Seeded, common: readonly string[]): string =>
  Array.from({ length: 2 + chance.number(2) }, (_, at) =>
    at === 0 || chance.number(4) === 0 ? chance.pick(common) : word(chance),
  ).join(' ');

const contestant = (chance: Seeded, number: number): Contestant => {
  const [one, other, party] = [word(chance), word(chance), word(chance)];
  const people = [one, other].map((name) => ({
    name: `${name} ${word(chance)}`,
    aliases: ['Pak', 'Bu', 'Kang', 'Mas', 'Bang'].map((title) => `${title} ${name}`),
  }));
  return {
    key: `${one}-${number}`,
    number,
    tickets: [`${one}–${other}`, `${one} dan ${other}`],
    people,
    parties: [`Partai ${party}`],
    slogans: [`${word(chance)} ${word(chance)}`],
    hashtags: [`#${one}menang`, `#${one}${other}`],
    accounts: [`@${one}${other}`],
  };
};

const contest = (chance: Seeded, like: ContestPack, number: number): ContestPack => ({
  ...like,
  id: ContestId.parse(`contest-${number}`),
  contestants: [1, 2, 3].map((ballot) => contestant(chance, ballot)),
  slang: [],
});

const termsOfLanguage = (pack: LanguagePack): string[] =>
  [...pack.acts, ...pack.generics, ...pack.cues, ...pack.suppressors].flatMap(({ terms }) => terms);
const termsOfContest = (pack: ContestPack): string[] => [
  ...pack.contestants.flatMap((one) => namesOf(one).map(({ term }) => term)),
  ...pack.slang.map(({ term }) => term),
];

/** Every term of every pack, as it is written. */
export const writtenTerms = ({ languages, contests }: Packs): readonly string[] => [
  ...languages.flatMap(termsOfLanguage),
  ...contests.flatMap(termsOfContest),
];

const realPacks = async (): Promise<Packs> =>
  parsePackFiles(await readPackFolder(join(import.meta.dirname, '../packs')));

/**
 * The project's packs, grown to so many terms: three in five of the new ones are names in new contests, the others
 * phrases for the acts, cues and suppressors of the first language. The same each time.
 */
export const packsOf = async (count: number): Promise<Packs> => {
  const chance = seeded(count);
  const real = await realPacks();
  const [like] = real.contests;
  const [first, ...languages] = real.languages;
  if (like === undefined || first === undefined) throw new Error('The project has no packs to grow');
  const missing = Math.max(0, count - writtenTerms(real).length);
  const contests = [...real.contests];
  for (let names = 0; names < missing * 0.6;) {
    const next = contest(chance, like, contests.length);
    names += termsOfContest(next).length;
    contests.push(next);
  }
  const rules = [...first.acts, ...first.cues, ...first.suppressors];
  const common = [...first.common, ...termsOfLanguage(first).filter((term) => !term.includes(' '))];
  const grown = new Map(rules.map(({ rule, terms }) => [rule, new Set(terms)] as const));
  let left = count - writtenTerms({ ...real, contests }).length;
  for (let turn = 0; left > 0; turn += 1) {
    const terms = grown.get(rules[turn % rules.length]?.rule ?? '');
    const size = terms?.size ?? 0;
    if (terms?.add(phrase(chance, common)).size !== size) left -= 1;
  }
  const withMore = <Rule extends { rule: string; terms: string[] }>(rule: Rule): Rule => ({
    ...rule,
    terms: [...(grown.get(rule.rule) ?? rule.terms)],
  });
  const language = {
    ...first,
    acts: first.acts.map(withMore),
    cues: first.cues.map(withMore),
    suppressors: first.suppressors.map(withMore),
  };
  return { ...real, languages: [language, ...languages], contests };
};
