import type { SampleAccount } from './accounts.js';
import type { SamplePerson } from './people.js';
import { didOf, mastodonAccountId } from './public-ids.js';
import type { Tongue } from './texts.js';

/** An account of the sample agency on a network of profiles. */
export interface ProfileAccount extends SampleAccount {
  readonly network: 'bluesky' | 'mastodon';
  /** What its server calls it for good: a DID, or the number of an account. */
  readonly id: string;
  /** The name that people see, `rizky-ramadhan.test` or `sukirman`. */
  readonly name: string;
  readonly behaviour: 'normal' | 'throttled' | 'suspended';
}

/** One server holds the repositories and knows the identities. */
export const ATPROTO_HOST = 'repo.example';

interface Sketch extends Pick<ProfileAccount, 'network' | 'behaviour' | 'host'> {
  readonly holder: string;
}

const bluesky = (holder: string, behaviour: ProfileAccount['behaviour'] = 'normal'): Sketch => ({
  network: 'bluesky',
  host: ATPROTO_HOST,
  holder,
  behaviour,
});
const mastodon = (holder: string, behaviour: ProfileAccount['behaviour'] = 'normal'): Sketch => ({
  network: 'mastodon',
  // The busy server is one of its own, so that it holds up nobody else.
  host: behaviour === 'normal' ? 'sosial.example' : `${behaviour}.sosial.example`,
  holder,
  behaviour,
});

const SKETCHES: readonly Sketch[] = [
  bluesky('Rizky Ramadhan'),
  bluesky('Anindya Larasati'),
  bluesky('Slamet Widodo'),
  bluesky('Irfan Maulana', 'suspended'),
  mastodon('Rahmawati Idris'),
  mastodon('Marwan Nasution'),
  mastodon('Putri Maharani'),
  mastodon('Sukirman', 'throttled'),
];

/** The few who also have a profile beside their feeds. */
export const sampleProfiles = (
  people: readonly SamplePerson[],
  tongueOf: (holder: SamplePerson) => Tongue | null,
): readonly ProfileAccount[] =>
  SKETCHES.map(({ holder: holderName, network, host, behaviour }) => {
    const holder = people.find(({ name }) => name === holderName);
    if (holder === undefined) throw new Error(`Nobody is called ${holderName}`);
    const slug = holderName.toLowerCase().replaceAll(' ', '-');
    // On one machine names are not looked up, and `.test` is set aside for that.
    const name = network === 'bluesky' ? `${slug}.test` : slug;
    const id = network === 'bluesky' ? didOf(name) : mastodonAccountId(name);
    return {
      network,
      id,
      name,
      holder,
      tongue: tongueOf(holder),
      host,
      path: network === 'bluesky' ? `/${id}` : `/@${name}`,
      behaviour,
      declared: true,
      paused: false,
    };
  });
