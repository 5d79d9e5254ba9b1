import { stageAt } from '../calendar/contest.js';
import { localDate } from '../time.js';
import { mask, type Hit, type Scene } from './mask.js';
import { compileMatcher } from './match.js';
import { packRef, type Packs } from './packs.js';
import { provisionsFor } from './provisions.js';
import { capitalsIn, readTexts } from './read-texts.js';
import { effective, lexiconOf, termsOf } from './terms.js';
import type { Lexicon, Reading } from './tokens.js';
import type { Indication, Screener, ScreenInput, Span } from './verdict.js';
import { weigh, type Evidence } from './weigh.js';

/** UTF-16 units. No network carries posts of this length; whatever sends one is not read half. */
const LONGEST_TEXT = 100_000;
/** Of acts, of contestants and of the context: more shows a reader nothing, and a finding has a size. */
const MOST_SPANS = 20;
/** So many words without one in twenty that any pack knows are in a language that no pack is for. */
const WORDS_TO_TELL_A_LANGUAGE = 12;
const KNOWN_SHARE = 0.05;

const isForeign = ({ tokens }: Reading, { words, numbers }: Lexicon): boolean => {
  const spoken = tokens.filter(({ word }) => word);
  const known = spoken.filter(({ key }) => words.has(key) || numbers.has(key) || key === '{n}');
  return spoken.length >= WORDS_TO_TELL_A_LANGUAGE && known.length < spoken.length * KNOWN_SHARE;
};

const spansOf = (hits: readonly Hit[], { tokens }: Reading, part?: 'context'): Span[] =>
  hits.slice(0, MOST_SPANS).flatMap(({ rule, from, to }) => {
    const first = tokens[from];
    const last = tokens[to - 1];
    if (first === undefined || last === undefined) return [];
    return [{ part: part ?? first.part, start: first.start, end: last.end, rule }];
  });

const byPlace = (left: Span, right: Span): number =>
  Number(left.part === 'context') - Number(right.part === 'context') ||
  Number(left.part) - Number(right.part) ||
  left.start - right.start ||
  left.end - right.end ||
  (left.rule < right.rule ? -1 : 1);

/** Compiles packs into a screener; once per cold start, since it takes tens of milliseconds. */
export const compileScreener = (packs: Packs): Screener => {
  const languages = packs.languages.map(effective);
  const lexicon = lexiconOf(languages, packs.contests);
  const match = compileMatcher(termsOf(languages, packs.contests, lexicon));
  const refs = [packs.code, ...packs.languages].map(packRef);
  const contests = new Map(
    packs.contests.map((pack, index) => [pack.id, { pack, index, ref: packRef(pack) }] as const),
  );

  const indication = (
    input: ScreenInput,
    contest: { readonly pack: Packs['contests'][number]; readonly ref: (typeof refs)[number] },
    evidence: Evidence,
    spans: Span[],
  ): Indication[] => {
    const stage = stageAt(contest.pack, input.postedAt);
    const provisions = provisionsFor(
      packs.code,
      evidence.acts.map(({ act }) => act),
      stage,
    );
    if (provisions.length === 0) return [];
    const led = [...evidence.acts, ...evidence.targets, ...evidence.contextTargets].map(({ rule }) => rule);
    return [
      {
        kind: 'indicated',
        contest: contest.pack.id,
        stage,
        provisions,
        spans: spans.toSorted(byPlace),
        rules: [...new Set([...led, ...evidence.against])],
        packs: [...refs, contest.ref],
      },
    ];
  };

  return (input) => {
    const length = input.parts.reduce((sum, { text }) => sum + text.length, input.context?.text.length ?? 0);
    if (length > LONGEST_TEXT) return { kind: 'undecided', reason: 'text-too-long' };
    const reading = readTexts(input.parts, lexicon);
    if (reading.tokens.length === 0) return { kind: 'undecided', reason: 'empty-text' };
    const matches = match(reading.tokens);
    const around = input.context === null ? null : readTexts([input.context], lexicon);
    const aroundMatches = match(around?.tokens ?? []);

    // Most posts do nothing that any rule knows; they need no closer reading.
    const acts = matches.some(({ meaning }) => meaning.kind === 'act' || meaning.kind === 'slang');
    for (const id of acts ? input.contests : []) {
      const contest = contests.get(id);
      if (contest === undefined) continue;
      const on = { ...contest, day: localDate(input.postedAt, contest.pack.timeZone) };
      const context: Scene | null = around === null ? null : mask(around, aroundMatches, on);
      const scene = mask(reading, matches, on, {
        electionAround: context !== null && (context.election || context.targets.length > 0),
        ...capitalsIn(reading, input.parts),
      });
      const evidence = weigh(scene, context);
      if (evidence === null) continue;
      const spans = [
        ...spansOf(evidence.acts, reading),
        ...spansOf(evidence.targets, reading),
        ...(around === null ? [] : spansOf(evidence.contextTargets, around, 'context')),
      ];
      const [indicated] = indication(input, contest, evidence, spans);
      if (indicated !== undefined) return indicated;
    }
    const names = matches.some(({ meaning }) => meaning.kind === 'contestant');
    return !names && isForeign(reading, lexicon)
      ? { kind: 'undecided', reason: 'unsupported-language' }
      : { kind: 'none' };
  };
};
