import { stageAt } from '../calendar/contest.js';
import { localDate } from '../time.js';
import { claimsAct, claimsOf } from './claims.js';
import { compile } from './compile.js';
import type { CompiledPacks } from './compiled.js';
import { ACT, glance, mayNameSomebody, NAME } from './glance.js';
import { mask } from './mask.js';
import type { Hit } from './scene.js';
import type { Packs } from './packs.js';
import type { ContestPack } from './rules.js';
import { EMOJI, emptyPage, WORD, type Page } from './page.js';
import { provisionsFor } from './provisions.js';
import { readPage } from './read-page.js';
import { matchesOf, readingOf } from './reading.js';
import { capitalsIn } from './style.js';
import type { Reading } from './tokens.js';
import { findTerms } from './trie.js';
import type { Indication, PackRef, Screener, ScreenInput, Span, Verdict } from './verdict.js';
import { hasTrait, KNOWN, UNKNOWN, type Vocabulary } from './vocabulary.js';
import { weigh, type Evidence } from './weigh.js';

/** UTF-16 units. No network carries posts of this length; whatever sends one is not read half. */
const LONGEST_TEXT = 100_000;
/** Of acts, of contestants and of the context: more shows a reader nothing, and a finding has a size. */
const MOST_SPANS = 20;
/** So many words without one in twenty that any pack knows are in a language that no pack is for. */
const WORDS_TO_TELL_A_LANGUAGE = 12;
const KNOWN_SHARE = 0.05;
/** The position of a contest that no pack is for. */
const NOWHERE = -1;

const isForeign = ({ count, marks, keys }: Page, vocabulary: Vocabulary): boolean => {
  if (count < WORDS_TO_TELL_A_LANGUAGE) return false;
  const enough = count * KNOWN_SHARE;
  let spoken = 0;
  let known = 0;
  for (let token = 0; token < count && known < enough; token += 1) {
    if (((marks[token] ?? 0) & WORD) === 0) continue;
    spoken += 1;
    if (hasTrait(vocabulary, keys[token] ?? UNKNOWN, KNOWN)) known += 1;
  }
  return spoken >= WORDS_TO_TELL_A_LANGUAGE && known < spoken * KNOWN_SHARE;
};

/** Nothing to read, or emoji alone. */
const isWordless = ({ count, marks }: Page): boolean => {
  for (let token = 0; token < count; token += 1) if (marks[token] !== EMOJI) return false;
  return true;
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

/** A screener for packs that are compiled. It reads one post at a time, always on the same two pages. */
export const screenerOf = ({ code, refs, contestIds, contestAt, tables }: CompiledPacks): Screener => {
  const { vocabulary, trie, outline, meaningAt } = tables;
  const page = emptyPage();
  const contextPage = emptyPage();
  const places = new Map(contestIds.map((id, index) => [id, index] as const));

  const indication = (
    input: ScreenInput,
    contest: { readonly pack: ContestPack; readonly ref: PackRef },
    evidence: Evidence,
    spans: Span[],
  ): Indication[] => {
    const stage = stageAt(contest.pack, input.postedAt);
    const provisions = provisionsFor(
      code(),
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
        packs: [...refs(), contest.ref],
      },
    ];
  };

  const look = (onto: Page, texts: readonly { readonly text: string }[]): number => {
    readPage(onto, texts, vocabulary);
    findTerms(onto, trie);
    return glance(onto, outline);
  };

  const readClosely = (
    input: ScreenInput,
    contextTexts: readonly { readonly text: string }[],
  ): Indication | undefined => {
    const reading = readingOf(page, input.parts, vocabulary);
    const matches = matchesOf(page, meaningAt);
    let capitals: ReturnType<typeof capitalsIn> | undefined;
    const around = input.context === null ? null : readingOf(contextPage, contextTexts, vocabulary);
    const aroundMatches = matchesOf(contextPage, meaningAt);
    for (const id of input.contests) {
      const index = places.get(id) ?? NOWHERE;
      const contest = contestAt(index);
      if (contest === undefined) continue;
      const on = { index, day: localDate(input.postedAt, contest.pack.timeZone) };
      const claims = claimsOf(reading, matches, on);
      if (!claimsAct(claims)) continue;
      const context =
        around === null ? null : mask(around, claimsOf(around, aroundMatches, on), contest.pack);
      capitals ??= capitalsIn(reading, input.parts);
      const scene = mask(reading, claims, contest.pack, {
        electionAround: context !== null && (context.election || context.targets.length > 0),
        ...capitals,
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
    return undefined;
  };

  /**
   * What somebody passes on without a word of their own is read as theirs. They call on nobody themself, so whatever it
   * says it touches what a post in somebody's favour does: the code names sharing there (KE-4, DIS-6).
   */
  const sharedInSilence = (input: ScreenInput): Verdict => {
    const { context } = input;
    if (context?.relation !== 'share') return { kind: 'undecided', reason: 'empty-text' };
    const verdict = screen({ ...input, parts: [{ field: 'body', text: context.text }], context: null });
    if (verdict.kind !== 'indicated') return verdict;
    return {
      ...verdict,
      provisions: provisionsFor(code(), ['support'], verdict.stage),
      spans: verdict.spans.map((span) => ({ ...span, part: 'context' })),
    };
  };

  const screen: Screener = (input) => {
    const length = input.parts.reduce((sum, { text }) => sum + text.length, input.context?.text.length ?? 0);
    if (length > LONGEST_TEXT) return { kind: 'undecided', reason: 'text-too-long' };
    const sight = look(page, input.parts);
    if (isWordless(page)) return sharedInSilence(input);
    const contextTexts = input.context === null ? [] : [input.context];
    const contextSight = look(contextPage, contextTexts);

    // Most posts do nothing that any rule knows, or to nobody; they need no closer reading.
    const mayIndicate = (sight & ACT) !== 0 && mayNameSomebody(sight | contextSight);
    if (mayIndicate) {
      const indicated = readClosely(input, contextTexts);
      if (indicated !== undefined) return indicated;
    }
    return (sight & NAME) === 0 && isForeign(page, vocabulary)
      ? { kind: 'undecided', reason: 'unsupported-language' }
      : { kind: 'none' };
  };
  return screen;
};

/** Compiles packs into a screener, which takes tens of milliseconds. */
export const compileScreener = (packs: Packs): Screener => screenerOf(compile(packs));
