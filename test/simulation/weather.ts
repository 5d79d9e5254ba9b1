import { milliseconds } from '../../shared/domain/time.js';
import type { Chance } from './chance.js';

/** What a port stands on; it is down as a whole. */
export const SERVICES = [
  'registry',
  'scans',
  'findings',
  'mailings',
  'record',
  'packs',
  'queues',
  'mail',
  'blog',
  'social',
] as const;
export type Service = (typeof SERVICES)[number];

export interface Outage {
  readonly service: Service;
  /** Milliseconds since the start. */
  readonly from: number;
  readonly to: number;
}

/** How often each thing goes wrong. Every number is a probability, unless it says otherwise. */
export interface Weather {
  /** From then on nothing goes wrong any more; milliseconds since the start. */
  readonly healsAfter: number;
  readonly call: {
    /** The process dies. */
    readonly die: number;
    /** The call is refused, as when there are too many. */
    readonly refuse: number;
    /** It has its effect, and the answer is lost. */
    readonly lose: number;
    /** It never answers. */
    readonly hang: number;
    /** It takes seconds. */
    readonly slow: number;
  };
  readonly queue: {
    /** Taken in twice. */
    readonly doubled: number;
    /** Delivered once more, hours after it was done. */
    readonly late: number;
    /** A message that nobody can read comes along. */
    readonly poison: number;
  };
  readonly schedule: { readonly missed: number; readonly doubled: number; readonly late: number };
  readonly mail: {
    /** Not taken this time. */
    readonly refuses: number;
    /** Of the addresses: what is sent there comes back. */
    readonly bounces: number;
    readonly eventDoubled: number;
    readonly eventLate: number;
    readonly eventLost: number;
  };
  readonly network: {
    readonly refuses: number;
    readonly breaks: number;
    readonly hangs: number;
    readonly garbles: number;
  };
  /** No clock of a process is further off than this many minutes. */
  readonly skewMinutes: number;
  readonly outages: readonly Outage[];
}

/** Nothing goes wrong. */
export const CALM: Weather = {
  healsAfter: 0,
  call: { die: 0, refuse: 0, lose: 0, hang: 0, slow: 0 },
  queue: { doubled: 0, late: 0, poison: 0 },
  schedule: { missed: 0, doubled: 0, late: 0 },
  mail: { refuses: 0, bounces: 0, eventDoubled: 0, eventLate: 0, eventLost: 0 },
  network: { refuses: 0, breaks: 0, hangs: 0, garbles: 0 },
  skewMinutes: 0,
  outages: [],
};

const HOUR = milliseconds({ hours: 1 });
const MINUTE = milliseconds({ minutes: 1 });

/** One long outage, which a message outlives with some tries to spare for what else goes wrong, and a few short ones. */
const someOutages = (chance: Chance, healsAfter: number): readonly Outage[] => {
  const lasting = (longest: number): Outage => {
    const length = chance.between(MINUTE, longest);
    const from = chance.between(0, Math.max(0, healsAfter - length));
    return { service: chance.oneOf(SERVICES), from, to: from + length };
  };
  return [
    ...(chance.happens(0.4) ? [lasting(5 * HOUR)] : []),
    ...Array.from({ length: chance.between(0, 3) }, () => lasting(12 * MINUTE)),
  ];
};

/** The weather of a seed: some kinds of fault are absent in some seeds, and then others stand out. */
export const stormy = (chance: Chance): Weather => {
  const up = (most: number): number => (chance.happens(0.7) ? chance.next() * most : 0);
  const healsAfter = chance.between(16 * HOUR, 24 * HOUR);
  return {
    healsAfter,
    call: { die: up(0.01), refuse: up(0.02), lose: up(0.01), hang: up(0.002), slow: up(0.02) },
    queue: { doubled: up(0.5), late: up(0.2), poison: up(0.1) },
    schedule: { missed: up(0.2), doubled: up(0.3), late: up(0.3) },
    mail: {
      refuses: up(0.1),
      bounces: up(0.2),
      eventDoubled: up(0.5),
      eventLate: up(0.1),
      eventLost: up(0.05),
    },
    network: { refuses: up(0.1), breaks: up(0.1), hangs: up(0.05), garbles: up(0.05) },
    skewMinutes: chance.happens(0.5) ? 5 : 0,
    outages: someOutages(chance, healsAfter),
  };
};
