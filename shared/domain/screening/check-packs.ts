import { instant, type Instant } from '../time.js';
import { packFaults } from './pack-faults.js';
import type { Packs } from './packs.js';
import type { ContestPack, Contestant } from './rules.js';
import { compileScreener } from './screen.js';
import { effective, keysOf, lexiconOf, namesOf } from './terms.js';
import type { Screener, Verdict } from './verdict.js';

/** What somebody must mend before packs are used, and what they should look at. */
export interface PackReport {
  readonly faults: readonly string[];
  readonly warnings: readonly string[];
}

/** Ways of speaking of a contestant, one for each kind of word that a pack holds. */
const WAYS: Readonly<Record<string, (contestant: Contestant) => string | undefined>> = {
  name: ({ people }) => people[0]?.name,
  deputy: ({ people }) => people[1]?.name,
  ticket: ({ tickets }) => tickets[0],
  party: ({ parties }) => parties[0],
  hashtag: ({ hashtags }) => hashtags[0],
  number: ({ number }) => (number === null ? undefined : `nomor ${number}`),
  // From ten on nothing tells a ballot number from any other number of two digits.
  ballot: ({ number }) => (number === null || number > 9 ? undefined : `0${number}`),
};

/** Every frame that the screening knows, with a gap for the contestant. */
const TEMPLATES: readonly ((whom: string) => string)[] = [
  (whom) => `Ayo coblos ${whom} ya`,
  (whom) => `Saya dukung ${whom}`,
  (whom) => `Jangan pilih ${whom}`,
  (whom) => `Pilkada sudah dekat, tetap ${whom}`,
  (whom) => `${whom} paling layak, pilihan saya`,
  (whom) => `Semoga ${whom} menang pilkada`,
  (whom) => `Warga dukung ${whom}, kata pengamat`,
  (whom) => `Saya tidak dukung ${whom}`,
  (whom) => `Kamu pilih ${whom}?`,
  (whom) => `${whom} meresmikan jembatan`,
  (whom) => `Kritik untuk ${whom}: jalan rusak`,
  (whom) => `Pasang baliho ${whom} di rumah`,
];

const midCampaign = ({ stages }: ContestPack): Instant => {
  const campaign = stages.find(({ stage }) => stage === 'campaign') ?? stages[0];
  return instant(new Date(`${campaign?.from ?? '1970-01-01'}T05:00:00.000Z`));
};

const screened = (screener: Screener, contest: ContestPack, text: string): Verdict =>
  screener({
    parts: [{ field: 'body', text }],
    context: null,
    postedAt: midCampaign(contest),
    contests: [contest.id],
  });

const outcome = (verdict: Verdict): string =>
  verdict.kind === 'indicated' ? verdict.rules.toSorted().join(' ') : verdict.kind;

/** Templates whose verdict depends on who is named. */
const swapFaults = (screener: Screener, contest: ContestPack): string[] =>
  TEMPLATES.flatMap((template) =>
    Object.entries(WAYS).flatMap(([way, wordsOf]) => {
      const outcomes = contest.contestants.flatMap((contestant) => {
        const words = wordsOf(contestant);
        if (words === undefined) return [];
        return [{ key: contestant.key, outcome: outcome(screened(screener, contest, template(words))) }];
      });
      const [first] = outcomes;
      const other = outcomes.find((one) => one.outcome !== first?.outcome);
      if (first === undefined || other === undefined) return [];
      return [
        `${contest.id}: "${template(`<${way}>`)}" is ${first.outcome} for ${first.key} but ${other.outcome} for ${other.key}.`,
      ];
    }),
  );

/** A word that says nothing beside itself must not indicate. */
const loneFaults = (screener: Screener, { languages, contests }: Packs): string[] =>
  contests.flatMap((contest) => {
    const terms = [
      ...languages.flatMap(({ id, acts, generics, cues, suppressors }) =>
        [...acts, ...generics, ...cues, ...suppressors].flatMap(({ rule, terms }) =>
          terms.map((term) => ({ place: `${id}: ${rule}`, term })),
        ),
      ),
      ...contest.contestants.flatMap((contestant) =>
        namesOf(contestant).map(({ place, term }) => ({
          place: `${contest.id}: ${contestant.key}.${place}`,
          term,
        })),
      ),
      ...contest.slang.map(({ term }) => ({ place: `${contest.id}: slang`, term })),
    ];
    return terms
      .filter(({ term }) => screened(screener, contest, term).kind === 'indicated')
      .map(({ place, term }) => `${place}: "${term}" alone would indicate in ${contest.id}.`);
  });

/**
 * Terms that can never be found, and terms that say two things at once. Suppressors may overlap, for each speaks for a
 * post; so may an act that only counts beside a contestant, for elsewhere it takes no words.
 */
const termWarnings = ({ languages, contests }: Packs): string[] => {
  const effectives = languages.map(effective);
  const lexicon = lexiconOf(effectives, contests);
  const acts = new Map<string, { readonly place: string; readonly says: string }>();
  return effectives.flatMap((pack) => {
    const warned = pack.acts.flatMap(({ rule, act, strength, touching, terms }) =>
      terms.flatMap((term) => {
        const place = `${pack.id}: ${rule}`;
        const keys = `${keysOf(term, lexicon).join(' ')}${touching === null ? '' : ` (${touching})`}`;
        if (keys === '') return [`${place}: "${term}" has no words and is never found.`];
        const says = `${act} ${strength}`;
        const other = acts.get(keys);
        acts.set(keys, other ?? { place, says });
        if (other === undefined) return [];
        if (other.place === place)
          return [`${place}: "${term}" is there twice, perhaps in another spelling.`];
        return other.says === says ? [] : [`${place}: "${term}" is also in ${other.place}.`];
      }),
    );
    const cancelled = pack.suppressors.flatMap(({ rule, terms }) =>
      terms.flatMap((term) => {
        const act = acts.get(keysOf(term, lexicon).join(' '));
        return act === undefined ? [] : [`${pack.id}: ${rule}: "${term}" is also in ${act.place}.`];
      }),
    );
    return [...warned, ...cancelled];
  });
};

/** Checks packs that are to be used together. `lookAlikes` are texts that no contest may indicate. */
export const checkPacks = (packs: Packs, lookAlikes: readonly string[]): PackReport => {
  const faults = packFaults(packs);
  const screener = compileScreener(packs);
  return {
    faults: [
      ...faults,
      ...loneFaults(screener, packs),
      ...packs.contests.flatMap((contest) => swapFaults(screener, contest)),
      ...packs.contests.flatMap((contest) =>
        lookAlikes
          .filter((text) => screened(screener, contest, text).kind === 'indicated')
          .map((text) => `${contest.id}: a look-alike is indicated: "${text}"`),
      ),
    ],
    warnings: termWarnings(packs),
  };
};
