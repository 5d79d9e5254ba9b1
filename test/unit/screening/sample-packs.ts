import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { ContestId } from '../../../shared/domain/ids.js';
import type { PostContext } from '../../../shared/domain/scanning/post.js';
import { LanguagePack, type Packs } from '../../../shared/domain/screening/packs.js';
import { CodePack } from '../../../shared/domain/screening/code-pack.js';
import { ContestPack } from '../../../shared/domain/screening/rules.js';
import { compileScreener } from '../../../shared/domain/screening/screen.js';
import type { Screener, ScreenInput, Verdict } from '../../../shared/domain/screening/verdict.js';
import { Instant } from '../../../shared/domain/time.js';

/** A pack file of the project, as YAML gives it. */
export const packContent = (path: string): unknown =>
  parse(readFileSync(new URL(`../../../packs/${path}`, import.meta.url), 'utf8'));

const LANGUAGES = ['id', 'jv', 'su', 'min', 'mly-east'] as const;

export const samplePacks = (overrides: Partial<Packs> = {}): Packs => ({
  code: CodePack.parse(packContent('codes/skb-2-2022.yaml')),
  languages: LANGUAGES.map((name) => LanguagePack.parse(packContent(`language/${name}.yaml`))),
  contests: [ContestPack.parse(packContent('contests/pilbup-sukamaju.yaml'))],
  ...overrides,
});

export const sampleScreener: Screener = compileScreener(samplePacks());

export const SUKAMAJU = ContestId.parse('pilbup-sukamaju');
const IN_CAMPAIGN = Instant.parse('2029-10-10T03:00:00.000Z');

/** A post of one body during the campaign of the sample contest. */
export const anInput = (text: string, overrides: Partial<ScreenInput> = {}): ScreenInput => ({
  parts: [{ field: 'body', text }],
  context: null,
  postedAt: IN_CAMPAIGN,
  contests: [SUKAMAJU],
  ...overrides,
});

export const aContext = (
  text = 'Video kampanye Arga–Binar: bersama membangun Sukamaju',
  relation: PostContext['relation'] = 'reply-to',
): PostContext => ({ relation, text });

export const provisionsOf = (verdict: Verdict): readonly string[] =>
  verdict.kind === 'indicated' ? verdict.provisions : [];

/** The words that led to a verdict, by their rule. */
export const evidenceOf = (verdict: Verdict, text: string): readonly string[] =>
  verdict.kind !== 'indicated'
    ? []
    : verdict.spans.map(
        ({ part, start, end, rule }) => `${rule}: ${part === 'context' ? '' : text.slice(start, end)}`,
      );
