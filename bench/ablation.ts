import { readPackFiles, readRows } from '../cli/pack-sources.js';
import { evaluate, EvaluationRow } from '../shared/domain/screening/evaluation.js';
import type { LanguagePack, Packs } from '../shared/domain/screening/packs.js';
import { compileScreener } from '../shared/domain/screening/screen.js';
import type { Share } from '../shared/domain/statistics/wilson.js';

/**
 * What each step buys: the same rows without it. `tsx bench/ablation.ts FILE CONTESTS…`. A step is turned off by
 * taking its words out of the packs, so that nothing in the screening has a switch.
 */

interface Step {
  readonly without: string;
  readonly packs?: (packs: Packs) => Packs;
  readonly text?: (text: string) => string;
}

const inLanguages =
  (change: (pack: LanguagePack) => Partial<LanguagePack>) =>
  (packs: Packs): Packs => ({
    ...packs,
    languages: packs.languages.map((pack) => ({ ...pack, ...change(pack) })),
  });
const withoutSuppressors = (...rules: readonly string[]) =>
  inLanguages(({ suppressors }) => ({
    suppressors: suppressors.filter(({ rule }) => !rules.some((start) => rule.startsWith(start))),
  }));
const TAGGED = /#\S+|[^#\s]+/g;

const STEPS: readonly Step[] = [
  { without: 'nothing' },
  { without: 'every suppressor', packs: inLanguages(() => ({ suppressors: [] })) },
  { without: 'negation', packs: withoutSuppressors('negation') },
  {
    without: 'deeds of others, reports, announcements',
    packs: withoutSuppressors('told-of-others', 'reporting', 'announcing', 'surveying', 'passing-on'),
  },
  {
    without: 'verbs that tell',
    packs: inLanguages(({ cues }) => ({ cues: cues.filter(({ cue }) => cue !== 'telling') })),
  },
  {
    without: 'headlines (capitals outside hashtags)',
    text: (text) => text.replace(TAGGED, (word) => (word.startsWith('#') ? word : word.toLowerCase())),
  },
  { without: 'criticism', packs: withoutSuppressors('criticism') },
  {
    without: 'leanings (they count as weak)',
    packs: inLanguages(({ acts }) => ({
      acts: acts.map((act) => (act.strength === 'leaning' ? { ...act, strength: 'weak' as const } : act)),
    })),
  },
  {
    without: 'words that touch a contestant',
    packs: inLanguages(({ acts }) => ({ acts: acts.filter(({ touching }) => touching === null) })),
  },
  {
    without: 'weak acts',
    packs: inLanguages(({ acts }) => ({ acts: acts.filter(({ strength }) => strength !== 'weak') })),
  },
  {
    without: 'strong acts',
    packs: inLanguages(({ acts }) => ({ acts: acts.filter(({ strength }) => strength !== 'strong') })),
  },
  { without: 'chat spellings', packs: inLanguages(() => ({ spellings: {} })) },
  {
    without: 'hashtags of campaigns',
    packs: (packs) => ({
      ...packs,
      contests: packs.contests.map((contest) => ({
        ...contest,
        contestants: contest.contestants.map((one) => ({ ...one, hashtags: [] })),
      })),
    }),
  },
];

const [file, ...contests] = process.argv.slice(2);
if (file === undefined || contests.length === 0) throw new Error('FILE CONTESTS…');
const packs = readPackFiles('packs', contests);
const rows = readRows(EvaluationRow, file);
const written = ({ value, n }: Share): string =>
  value === null ? '–' : `${value.toFixed(3)} (${Math.round(value * n)}/${n})`;

console.log('| without | precision | recall of calls | recall of support | false alarms |');
console.log('| --- | --- | --- | --- | --- |');
for (const step of STEPS) {
  const used = step.packs?.(packs) ?? packs;
  const texts = rows.map((row) => ({ ...row, text: step.text?.(row.text) ?? row.text }));
  const { precision, recall, falseAlarmRate } = evaluate(texts, compileScreener(used), used.contests);
  const cells = [precision, recall.call, recall.support, falseAlarmRate].map(written);
  console.log(`| ${[step.without, ...cells].join(' | ')} |`);
}
