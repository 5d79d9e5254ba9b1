import type { SamplePerson } from './people.js';
import { TONGUES, type Tongue } from './texts.js';

/** How a sample feed behaves towards a reader. */
export type FeedBehaviour = 'normal' | 'throttled' | 'gone' | 'html' | 'forbidden' | 'unreachable';
export type FeedFormat = 'rss' | 'atom' | 'json';

/** An account of the sample agency: whose it is and where it stands. */
export interface SampleAccount {
  readonly holder: SamplePerson;
  /** The regional language that the holder also writes in. */
  readonly tongue: Tongue | null;
  readonly host: string;
  /** Unique over all hosts, so that one server can play them all. */
  readonly path: string;
  readonly behaviour: FeedBehaviour | 'suspended';
  /** Whether a signed declaration came with the registration; otherwise the holder is only invited. */
  readonly declared: boolean;
  /** Whether the holder pauses it before it is looked at. */
  readonly paused: boolean;
}

export interface FeedAccount extends SampleAccount {
  readonly title: string;
  readonly format: FeedFormat;
  readonly behaviour: FeedBehaviour;
}

const FORMATS = ['rss', 'atom', 'json'] as const satisfies readonly FeedFormat[];
const FILE = { rss: 'feed.xml', atom: 'atom.xml', json: 'feed.json' } as const satisfies Record<
  FeedFormat,
  string
>;
const HOSTS = ['blog.sukamaju.example', 'catatan.example', 'warga.example'] as const;
const SECOND_BLOGS = ['dapur', 'kebun', 'kelas', 'jalan-jalan', 'lapak'] as const;

/** Whose second feed has trouble. Each stands on a host of its own, so that it holds up nobody else. */
const TROUBLED = new Map<string, Exclude<FeedBehaviour, 'normal'>>([
  ['Yulianto Setiabudi', 'throttled'],
  ['Asep Koswara', 'gone'],
  ['Bambang Irawan', 'html'],
  ['Ida Rosidah', 'forbidden'],
  ['Suparti', 'unreachable'],
]);
const INVITED: readonly string[] = ['Kartika Puspita', 'Joko Susanto', 'Tarmizi', 'Taufik Kurniawan'];

/** Who has another blog and pauses it at once. Nothing of it is ever read. */
const PAUSES = 'Fitriani Zainal';

const slug = (name: string): string => name.toLowerCase().replaceAll(' ', '-');

export const tongueOf = (people: readonly SamplePerson[], holder: SamplePerson): Tongue | null =>
  TONGUES[people.indexOf(holder) % (TONGUES.length + 1)] ?? null;

export const sampleFeeds = (people: readonly SamplePerson[]): readonly FeedAccount[] => {
  const first = people.map((holder, ordinal): FeedAccount => {
    const format = FORMATS[ordinal % 3] ?? 'rss';
    return {
      holder,
      tongue: tongueOf(people, holder),
      title: `Catatan ${holder.name}`,
      host: HOSTS[(ordinal * 7) % 3] ?? HOSTS[0],
      path: `/catatan/${slug(holder.name)}/${FILE[format]}`,
      format,
      behaviour: 'normal',
      declared: !INVITED.includes(holder.name),
      paused: false,
    };
  });
  const second = people
    .filter(({ name }, ordinal) => TROUBLED.has(name) || ordinal % 3 === 2)
    .map((holder, ordinal): FeedAccount => {
      const format = FORMATS[(ordinal + 1) % 3] ?? 'rss';
      const blog = SECOND_BLOGS[ordinal % SECOND_BLOGS.length] ?? SECOND_BLOGS[0];
      const behaviour = TROUBLED.get(holder.name) ?? 'normal';
      return {
        holder,
        tongue: tongueOf(people, holder),
        title: `${blog} ${holder.name.split(' ')[0] ?? holder.name}`,
        host: behaviour === 'normal' ? (HOSTS[ordinal % 3] ?? HOSTS[0]) : `${behaviour}.example`,
        path: `/${blog}/${slug(holder.name)}/${FILE[format]}`,
        format,
        behaviour,
        declared: true,
        paused: false,
      };
    });
  const paused = people
    .filter(({ name }) => name === PAUSES)
    .map((holder): FeedAccount => ({
      holder,
      tongue: null,
      title: `Rehat ${holder.name}`,
      host: HOSTS[0],
      path: `/rehat/${slug(holder.name)}/${FILE.rss}`,
      format: 'rss',
      behaviour: 'normal',
      declared: true,
      paused: true,
    }));
  return [...first, ...second, ...paused];
};
