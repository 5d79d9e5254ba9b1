import type { ContestId } from '../ids.js';
import { localDate } from '../time.js';
import { compile } from './compile.js';
import type { CompiledPacks } from './compiled.js';
import { inspect } from './inspect.js';
import { claimsOf } from './claims.js';
import { mask } from './mask.js';
import type { Hit, Scene } from './scene.js';
import { normalise } from './normalise.js';
import type { Packs } from './packs.js';
import type { Act } from './code-pack.js';
import { screenerOf } from './screen.js';
import { capitalsIn } from './style.js';
import type { Reading } from './tokens.js';
import type { Screener, ScreenInput, Verdict } from './verdict.js';
import { weigh } from './weigh.js';

/** Words of the text with what a rule takes them for. Offsets are UTF-16, into the part. */
export interface Found {
  readonly kind: 'act' | 'target' | 'suppressor' | 'hashtag';
  readonly rule: string;
  readonly says: string;
  readonly words: string;
  readonly part: number;
  readonly start: number;
  readonly end: number;
}

/** What a text looks like for one contest once nobody can tell who is who. */
export interface ContestSteps {
  readonly contest: ContestId;
  /** The tokens, with `◆` for a contestant, a party, a slogan or a ballot number. */
  readonly masked: string;
  readonly electoral: boolean;
  readonly listsAll: boolean;
  readonly found: readonly Found[];
  readonly weighed: {
    readonly acts: readonly string[];
    readonly against: readonly string[];
    readonly enough: boolean;
  };
}

export interface Explanation {
  readonly normal: readonly string[];
  readonly contests: readonly ContestSteps[];
  readonly verdict: Verdict;
  /** One sentence in Indonesian for whoever asks why. */
  readonly reason: string;
}

const ACTS = {
  vote: 'ajakan atau pernyataan memilih',
  support: 'pernyataan dukungan',
  oppose: 'ajakan untuk tidak memilih',
  rally: 'seruan penyemangat',
  wish: 'harapan agar menang',
  praise: 'pujian',
  claim: 'pernyataan sebagai jagoannya',
  event: 'kegiatan kampanye',
  attribute: 'alat peraga',
  photo: 'foto bersama',
  group: 'grup pemenangan',
  team: 'keanggotaan tim',
  collecting: 'pengumpulan KTP atau surat dukungan',
  pressure: 'arahan dari atasan',
  audience: 'ajakan kepada rekan kerja',
  inducement: 'janji keuntungan',
} as const satisfies Record<Act, string>;

const placeOf = (
  { from, to }: Hit,
  { tokens }: Reading,
  parts: ScreenInput['parts'],
): Pick<Found, 'words' | 'part' | 'start' | 'end'> => {
  const part = tokens[from]?.part;
  const at = part === undefined || part === 'context' ? 0 : part;
  const [start, end] = [tokens[from]?.start ?? 0, tokens[to - 1]?.end ?? 0];
  return { part: at, start, end, words: parts[at]?.text.slice(start, end) ?? '' };
};

const byPlace = (left: Found, right: Found): number =>
  left.part - right.part || left.start - right.start || left.end - right.end;

/** Explains posts by packs that are compiled once. Like a screener it reads one post at a time. */
export const explainerOf = (packs: Packs): ((input: ScreenInput) => Explanation) => {
  const compiled = compile(packs);
  const screen = screenerOf(compiled);
  return (input) => explained(input, packs, compiled, screen);
};

/** Every step that the screening of a post takes, for whoever writes packs or has to answer for a verdict. */
export const explain = (packs: Packs, input: ScreenInput): Explanation => explainerOf(packs)(input);

const explained = (
  input: ScreenInput,
  packs: Packs,
  compiled: CompiledPacks,
  screen: Screener,
): Explanation => {
  const { reading, matches } = inspect(input.parts, compiled.tables);
  const around = input.context === null ? null : inspect([input.context], compiled.tables);
  const capitals = capitalsIn(reading, input.parts);
  const actByRule = new Map<string, Act>();

  const found = (scene: Scene): Found[] => {
    const all = <Kind extends Hit>(hits: readonly Kind[], kind: Found['kind'], says: (hit: Kind) => string) =>
      hits.map((hit) => ({
        kind,
        rule: hit.rule,
        says: says(hit),
        ...placeOf(hit, reading, input.parts),
      }));
    return [
      ...all(scene.acts, 'act', ({ act, strength }) => `${act}, ${strength}`),
      ...all(scene.banners, 'hashtag', ({ act, strength }) => `${act}, ${strength}`),
      ...all(scene.targets, 'target', ({ alone }) => (alone ? 'alone in its clause' : 'beside another')),
      ...all(scene.suppressors, 'suppressor', ({ scope, cancels }) => `${scope}, cancels ${cancels}`),
    ].toSorted(byPlace);
  };

  const contests = packs.contests.flatMap((pack, index): ContestSteps[] => {
    if (!input.contests.includes(pack.id)) return [];
    const on = { index, day: localDate(input.postedAt, pack.timeZone) };
    const context =
      around === null ? null : mask(around.reading, claimsOf(around.reading, around.matches, on), pack);
    const electionAround = context !== null && (context.election || context.targets.length > 0);
    const scene = mask(reading, claimsOf(reading, matches, on), pack, { electionAround, ...capitals });
    for (const { rule, act } of [...scene.acts, ...scene.banners]) actByRule.set(rule, act);
    const evidence = weigh(scene, context);
    const symbols = reading.tokens.flatMap(({ key }, at) => {
      const target = scene.targets.find(({ from, to }) => from <= at && at < to);
      if (target === undefined) return [key];
      return target.from === at ? ['◆'] : [];
    });
    return [
      {
        contest: pack.id,
        masked: symbols.join(' '),
        electoral: scene.electoral,
        listsAll: scene.listsAll,
        found: found(scene),
        weighed: {
          acts: (evidence?.acts ?? []).map(({ rule }) => rule),
          against: [...(evidence?.against ?? [])],
          enough: evidence !== null,
        },
      },
    ];
  });
  const verdict = screen(input);
  return {
    normal: input.parts.map(({ text }) => normalise(text).text),
    contests,
    verdict,
    reason: reasonOf(verdict, input, actByRule),
  };
};

const quoted = (words: readonly string[]): string =>
  [...new Set(words)].map((word) => `“${word}”`).join(', ');

/** Why a post is indicated or not, in one Indonesian sentence. */
const reasonOf = (
  verdict: Verdict,
  { parts, context }: ScreenInput,
  actByRule: ReadonlyMap<string, Act>,
): string => {
  switch (verdict.kind) {
    case 'none':
      return 'Tidak ada indikasi: tidak ditemukan tindakan memihak yang tertuju pada peserta pemilihan.';
    case 'undecided':
      return 'Tidak dapat ditentukan: teks kosong, terlalu panjang, atau dalam bahasa yang tidak dikenal.';
    case 'indicated': {
      const words = verdict.spans.map(({ part, start, end, rule }) => ({
        rule,
        words: (part === 'context' ? context?.text : parts[part]?.text)?.slice(start, end) ?? '',
      }));
      const acts = words.flatMap(({ rule, words: said }) => {
        const act = actByRule.get(rule);
        return act === undefined ? [] : [`${ACTS[act]} (“${said}”)`];
      });
      const targets = words.filter(({ rule }) => !actByRule.has(rule)).map(({ words: said }) => said);
      return `Diindikasikan karena ada ${[...new Set(acts)].join(', ')} yang tertuju pada peserta pemilihan (${quoted(targets)}).`;
    }
  }
};
