import { sha256 } from '../../shared/domain/ids.js';
import { addDays, plus, startOfDay, type Instant, type LocalDate } from '../../shared/domain/time.js';
import { STAGE_DAYS } from './agency.js';
import type { SampleAccount } from './accounts.js';
import type { Seeded } from './seeded.js';
import { fill, hasSlots, TONGUES, type Indication, type SampleText } from './texts.js';

/** A post of the sample network with its hidden label. `text` is plain; each feed dresses it for its format. */
export interface SamplePost {
  readonly guid: string;
  readonly title: string | null;
  readonly text: string;
  readonly postedAt: Instant;
  readonly truth: 'indication' | 'none';
  /** The theme, or what a reader of the code would see in it. */
  readonly note: string;
  /** What its holder makes of it later: other words, or `null` where it is deleted. */
  readonly change?: { readonly at: Instant; readonly text: string | null };
}

/** A post as it stands at a moment. */
export interface ShownPost extends SamplePost {
  readonly editedAt: Instant | null;
}

const shownAt = (post: SamplePost, at: Instant): readonly ShownPost[] => {
  const { change } = post;
  if (change === undefined || at < change.at) return [{ ...post, editedAt: null }];
  return change.text === null ? [] : [{ ...post, text: change.text, editedAt: change.at }];
};

/** A post that appears after the sample has started, in the account at that path. */
export interface LaterPost extends SamplePost {
  readonly path: string;
}

/** What an account shows at that moment, newest first: a post dated after it is not yet there. */
export const postsShown = (
  { path, posts }: Pick<SampleAccount, 'path'> & { readonly posts: readonly SamplePost[] },
  later: readonly LaterPost[],
  at: Instant,
): readonly ShownPost[] =>
  [...later.filter((post) => post.path === path), ...posts]
    .filter(({ postedAt }) => postedAt <= at)
    .flatMap((post) => shownAt(post, at))
    .sort((one, other) => other.postedAt.localeCompare(one.postedAt));

/** A post where there are no titles. */
export const wordsOf = ({ title, text }: SamplePost): string =>
  title === null ? text : `${title}\n\n${text}`;

/** A post and the account that it stands in. */
export interface PlacedPost {
  readonly account: SampleAccount;
  readonly post: SamplePost;
}

const ZONE = 'Asia/Jakarta';
const MONTHS = [
  'Januari',
  'Februari',
  'Maret',
  'April',
  'Mei',
  'Juni',
  'Juli',
  'Agustus',
  'September',
  'Oktober',
  'November',
  'Desember',
];

/** The day of voting as Indonesians write it, `17 Desember`. */
export const votingDay = (today: LocalDate): string => {
  const [, month = '1', day = '1'] = addDays(today, STAGE_DAYS.voting[0]).split('-');
  return `${Number(day)} ${MONTHS[Number(month) - 1] ?? ''}`;
};

export const postGuid = (...parts: readonly string[]): string =>
  `sukamaju-${sha256('sample-post', ...parts).slice(0, 16)}`;

/** Some time between dawn and bedtime, so many days from today. */
const moment = (today: LocalDate, days: number, chance: Seeded): Instant =>
  plus(startOfDay(addDays(today, days), ZONE), {
    minutes: 330 + chance.number(980),
    seconds: chance.number(60),
  });

const between = (chance: Seeded, from: number, to: number): number => from + chance.number(to - from + 1);

/** A text with its slots filled, not yet in any account. */
interface Draft extends SampleText {
  readonly written: string;
}

/** Every text once, then those with slots again in other words, until there are enough. No two are the same. */
export const drafts = (
  texts: readonly SampleText[],
  count: number,
  voting: string,
  chance: Seeded,
): readonly Draft[] => {
  const written = new Map<string, Draft>();
  const slotted = texts.filter(({ text }) => hasSlots(text));
  for (let round = 0; written.size < count && round < 10; round += 1)
    for (const entry of chance.shuffle(round === 0 ? texts : slotted)) {
      if (written.size >= count) break;
      const text = fill(entry.text, voting, chance);
      if (!written.has(text)) written.set(text, { ...entry, written: text });
    }
  return [...written.values()];
};

/** Spreads drafts over accounts; no account says the same thing twice in other words. */
export const dealDrafts = (
  all: readonly Draft[],
  accounts: readonly SampleAccount[],
  today: LocalDate,
  chance: Seeded,
): readonly PlacedPost[] => {
  const said = new Set<string>();
  return all.map((draft, ordinal) => {
    const tongue = TONGUES.find((one) => one === draft.theme);
    const free = accounts.filter(
      (account) =>
        (tongue === undefined || account.tongue === tongue) && !said.has(`${account.path} ${draft.text}`),
    );
    const account = chance.pick(free);
    said.add(`${account.path} ${draft.text}`);
    const from = draft.theme === 'campaign' ? STAGE_DAYS.campaign[0] + 1 : -100;
    return {
      account,
      post: {
        guid: postGuid('none', String(ordinal)),
        title: draft.title,
        text: draft.written,
        postedAt: moment(today, between(chance, from, -1), chance),
        truth: 'none',
        note: draft.theme,
      },
    };
  });
};

const DIRECTIVE = 'DIS-12';

/** One indication of an analyst, to show that nobody reviews themselves; a superior's directives by superiors; the rest by staff. */
export const dealIndications = (
  indications: readonly Indication[],
  accounts: readonly SampleAccount[],
  today: LocalDate,
  chance: Seeded,
): readonly PlacedPost[] => {
  const voting = votingDay(today);
  const leaders = accounts.filter(({ holder }) => holder.roles.includes('supervisor'));
  const staff = accounts.filter(({ holder }) => holder.roles.length === 0);
  const analyst = accounts.filter(({ holder }) => holder.roles.includes('analyst')).slice(0, 1);
  const marked = new Map<string, number>();
  return indications.map((indication, ordinal) => {
    const directs = indication.provisions.some((provision) => provision === DIRECTIVE);
    const candidates = ordinal === 0 ? analyst : directs ? leaders : staff;
    const { language } = indication;
    const speakers = candidates.filter(({ tongue }) => language === null || tongue === language);
    const fewest = Math.min(...speakers.map(({ holder }) => marked.get(holder.name) ?? 0));
    const account = chance.pick(speakers.filter(({ holder }) => (marked.get(holder.name) ?? 0) === fewest));
    marked.set(account.holder.name, fewest + 1);
    const day =
      indication.stage === 'prospective'
        ? between(chance, STAGE_DAYS.prospective[0] + 1, STAGE_DAYS.prospective[1] - 1)
        : between(chance, STAGE_DAYS.campaign[0] + 1, -1);
    return {
      account,
      post: {
        guid: postGuid('indication', String(ordinal)),
        title: null,
        text: fill(indication.text, voting, chance),
        postedAt: moment(today, day, chance),
        truth: 'indication',
        note: indication.note,
      },
    };
  });
};
