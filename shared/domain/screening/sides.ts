import type { ContestId } from '../ids.js';
import type { CompiledPacks } from './compiled.js';
import { BALLOT_NUMBER, glance, NAME } from './glance.js';
import { namesIn, only } from './names.js';
import { emptyPage } from './page.js';
import { readPage } from './read-page.js';
import { matchesOf, readingOf } from './reading.js';
import { NUMBER } from './tokens.js';
import { findTerms } from './trie.js';
import type { ScreenInput } from './verdict.js';

/**
 * Whom a text names, for counts of sides and nothing else: the one contestant by contest and key, `several`, or `none`. The
 * screening does not ask it, and no finding keeps it.
 */
export type SideReader = (input: Pick<ScreenInput, 'parts' | 'context'>, contest: ContestId) => string;

export const sideReaderOf = ({ contestIds, contestAt, tables }: CompiledPacks): SideReader => {
  const { vocabulary, trie, outline, meaningAt } = tables;
  const page = emptyPage();
  return ({ parts, context }, contest) => {
    const index = contestIds.indexOf(contest);
    const contestants = contestAt(index)?.pack.contestants ?? [];
    const texts = [...parts, ...(context === null ? [] : [context])];
    readPage(page, texts, vocabulary);
    findTerms(page, trie);
    if ((glance(page, outline) & (NAME | BALLOT_NUMBER)) === 0) return 'none';
    const { tokens } = readingOf(page, texts, vocabulary);
    const matches = matchesOf(page, meaningAt);
    const named = namesIn(
      tokens,
      only(matches, 'contestant').filter(({ meaning }) => meaning.contest === index),
    ).map(({ side }) => side);
    const numbered = only(matches, 'cue')
      .filter(({ meaning }) => meaning.cue === 'introducer')
      .map(({ to }) => tokens[to])
      .filter((token) => token?.key === NUMBER)
      .map((token) => contestants.findIndex(({ number }) => number !== null && number === token?.value));
    const sides = new Set([...named, ...numbered].filter((side) => side !== -1));
    const [side] = sides;
    if (side === undefined) return 'none';
    return sides.size > 1 ? 'several' : `${contest}/${contestants[side]?.key ?? 'unknown'}`;
  };
};
