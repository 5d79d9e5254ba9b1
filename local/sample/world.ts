import type { ContestCalendar } from '../../shared/domain/calendar/contest.js';
import type { Agency } from '../../shared/domain/registry/agency.js';
import { REGISTRY_COLUMNS, type RegistryColumn } from '../../shared/domain/registry/registry-row.js';
import type { AccountNetwork } from '../../shared/networks.js';
import { addDays, plus, startOfDay, type Instant, type LocalDate } from '../../shared/domain/time.js';
import { sampleFeeds, tongueOf, type FeedAccount, type SampleAccount } from './accounts.js';
import { NOTICE_VERSION, sampleAgency, sampleContest } from './agency.js';
import { samplePeople, type SamplePerson } from './people.js';
import { sampleProfiles, type ProfileAccount } from './profiles.js';
import {
  dealDrafts,
  dealIndications,
  drafts,
  postGuid,
  votingDay,
  type LaterPost,
  type PlacedPost,
  type SamplePost,
} from './posts.js';
import { seeded } from './seeded.js';
import { fill, hasSlots, sampleIndications, sampleTexts, TONGUES } from './texts.js';

interface WithPosts {
  /** Newest first. */
  readonly posts: readonly SamplePost[];
}
export type SampleFeed = FeedAccount & WithPosts;
export type SampleProfile = ProfileAccount & WithPosts;

/** An account on a network that nobody reads: its posts come only from whoever gives them in. */
interface ByHand {
  readonly holder: SamplePerson;
  readonly network: AccountNetwork;
  readonly handle: string;
}

export interface SampleWorld {
  readonly today: LocalDate;
  /** When the sample begins, seven in the morning; every post of `feeds` and `profiles` is older. */
  readonly startsAt: Instant;
  readonly agency: Agency;
  readonly contest: ContestCalendar;
  readonly people: readonly SamplePerson[];
  readonly feeds: readonly SampleFeed[];
  readonly profiles: readonly SampleProfile[];
  readonly byHand: ByHand;
  /** registry.csv. `origin` says where a host of the sample network stands, `https://blog.sukamaju.example`. */
  readonly registryCsv: (origin: (host: string) => string) => string;
}

const SEED = 9901;
const POSTS = 1300;
/** Accounts are in force from this day on, after the contest began, so that every sample post may be read. */
const IN_FORCE = -105;
const DECLARED = -108;

/** Who is read from the start: the rest has only posts that indicate nothing, so that truth and findings compare. */
const isRead = ({ behaviour, declared, paused }: SampleAccount): boolean =>
  behaviour === 'normal' && declared && !paused;
const hasPosts = ({ behaviour, paused }: SampleAccount): boolean =>
  (behaviour === 'normal' || behaviour === 'throttled') && !paused;

/** The sample agency, its people and what they have posted, on a given day; the same for the same day. */
export const sampleWorld = (today: LocalDate): SampleWorld => {
  const people = samplePeople();
  const feeds = sampleFeeds(people);
  const profiles = sampleProfiles(people, (holder) => tongueOf(people, holder));
  const accounts = [...feeds, ...profiles];
  const chance = seeded(SEED);
  const placed = [
    ...dealDrafts(
      drafts(sampleTexts(), POSTS, votingDay(today), chance),
      accounts.filter(hasPosts),
      today,
      chance,
    ),
    ...dealIndications(
      sampleIndications().filter(({ stage }) => stage !== 'later'),
      accounts.filter(isRead),
      today,
      chance,
    ),
  ];
  const startsAt = plus(startOfDay(today, 'Asia/Jakarta'), { hours: 7 });
  const byHand = byHandOf(people);
  return {
    today,
    startsAt,
    agency: sampleAgency(today),
    contest: sampleContest(today),
    people,
    feeds: feeds.map((account) => ({ ...account, posts: postsOf(account, placed) })),
    profiles: changed(
      profiles.map((account) => ({ ...account, posts: postsOf(account, placed) })),
      plus(startsAt, { days: 1 }),
    ),
    byHand,
    registryCsv: (origin) =>
      registryCsv(
        [
          ...accounts.map((account) => ({ ...account, ...declaredAs(account, origin) })),
          { ...byHand, declared: true },
        ],
        today,
      ),
  };
};

const postsOf = (account: SampleAccount, placed: readonly PlacedPost[]): readonly SamplePost[] =>
  placed
    .filter((entry) => entry.account === account)
    .map(({ post }) => post)
    .sort((one, other) => other.postedAt.localeCompare(one.postedAt));

const byHandOf = (people: readonly SamplePerson[]): ByHand => {
  const holder = people.find(({ name }) => name === 'Rizky Ramadhan');
  if (holder === undefined) throw new Error('Nobody is called Rizky Ramadhan');
  return { holder, network: 'facebook', handle: 'rizky.ramadhan.99' };
};

const CHANGES = {
  bluesky: (text) => `${text}\n\n(Ada salah ketik, sudah diperbaiki.)`,
  mastodon: () => null,
} as const satisfies Record<ProfileAccount['network'], (text: string) => string | null>;

/** A day later somebody edits what they wrote on one network, and somebody deletes what they wrote on the other. */
const changed = (profiles: readonly SampleProfile[], at: Instant): readonly SampleProfile[] => {
  const newest = (['bluesky', 'mastodon'] as const).map(
    (network) =>
      profiles
        .filter((profile) => profile.network === network && isRead(profile))
        .flatMap(({ posts }) => posts.filter(({ truth }) => truth === 'indication'))
        .sort((one, other) => other.postedAt.localeCompare(one.postedAt))[0],
  );
  return profiles.map((profile) => ({
    ...profile,
    posts: profile.posts.map((post) =>
      newest.includes(post) ? { ...post, change: { at, text: CHANGES[profile.network](post.text) } } : post,
    ),
  }));
};

/** A field as RFC 4180 wants it. */
const field = (value: string): string => (/[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);

/** The account as its holder writes it down. */
const declaredAs = (
  account: FeedAccount | ProfileAccount,
  origin: (host: string) => string,
): Pick<ByHand, 'network' | 'handle'> => {
  const at = origin(account.host);
  if (!('network' in account)) return { network: 'feed', handle: `${at}${account.path}` };
  const { network, name } = account;
  return { network, handle: network === 'bluesky' ? name : `${name}@${new URL(at).host}` };
};

const registryCsv = (
  accounts: readonly (ByHand & Pick<SampleAccount, 'declared'>)[],
  today: LocalDate,
): string => {
  const rows = accounts.map(({ holder, declared, network, handle }, ordinal) => {
    const declaration = {
      declarationRef: `SP/${String(ordinal + 1).padStart(3, '0')}/BKPSDM`,
      declaredOn: addDays(today, DECLARED),
      noticeVersion: NOTICE_VERSION,
    };
    const row: Record<RegistryColumn, string> = {
      employeeNumber: holder.employeeNumber,
      employmentType: holder.employmentType,
      name: holder.name,
      email: holder.email,
      unit: holder.unit,
      supervisorEmployeeNumber: holder.supervisorEmployeeNumber ?? '',
      area: '99.01',
      network,
      handle,
      ...(declared ? declaration : { declarationRef: '', declaredOn: '', noticeVersion: '' }),
      effectiveFrom: addDays(today, IN_FORCE),
      effectiveTo: '',
    };
    return REGISTRY_COLUMNS.map((column) => field(row[column])).join(',');
  });
  return `${[REGISTRY_COLUMNS.join(','), ...rows].join('\n')}\n`;
};

/** A post every four minutes; one in nine indicates. */
const LATER_MINUTES = 4;
const LATER_INDICATION = 9;

/** What is posted in the hours after the sample has started, oldest first. */
export const laterPosts = (world: SampleWorld, count: number): readonly LaterPost[] => {
  const chance = seeded(SEED + 1);
  const voting = votingDay(world.today);
  const texts = sampleTexts().filter(
    ({ theme, text }) => hasSlots(text) && !TONGUES.some((tongue) => tongue === theme),
  );
  const indications = sampleIndications().filter(({ stage }) => stage === 'later');
  const readable = [...world.feeds, ...world.profiles].filter(isRead);
  const staff = readable.filter(({ holder }) => holder.roles.length === 0);
  return Array.from({ length: count }, (_, ordinal): LaterPost => {
    const common = {
      guid: postGuid('later', String(ordinal)),
      postedAt: plus(world.startsAt, { minutes: LATER_MINUTES * (ordinal + 1) }),
    };
    if (ordinal % LATER_INDICATION === 2) {
      const { text, note } = chance.pick(indications);
      const { path } = chance.pick(staff);
      return { ...common, path, title: null, text: fill(text, voting, chance), truth: 'indication', note };
    }
    const { title, text, theme } = chance.pick(texts);
    const { path } = chance.pick(readable);
    return { ...common, path, title, text: fill(text, voting, chance), truth: 'none', note: theme };
  });
};
