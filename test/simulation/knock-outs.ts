import { PersonId, type AccountId } from '../../shared/domain/ids.js';
import { tagOf } from '../../shared/domain/digest/mail.js';
import { changeAccount, type Account } from '../../shared/domain/registry/account.js';
import type { Person } from '../../shared/domain/registry/person.js';
import type { Finding } from '../../shared/domain/review/finding.js';
import { redelivery } from '../../shared/functions.js';
import type { PostMessage } from '../../shared/domain/scanning/messages.js';
import { Instant, LocalDate, milliseconds, minus } from '../../shared/domain/time.js';
import { opaqueId } from '../fixtures/registry.js';
import { SOCIAL } from './network.js';
import { untouched, type KnockOut, type Ports } from './ports.js';
import { DependencyError } from './process.js';
import { CALM, type Weather } from './weather.js';
import type { WorldFacts } from './world.js';

/** A protection, and the world without it. */
export interface KnockedOut {
  readonly protection: string;
  /** The invariant that then breaks. */
  readonly breaks: string;
  /** The circumstances under which that shows soonest; the same with the protection break nothing. */
  readonly facts: Partial<WorldFacts>;
  readonly setting?: Partial<WorldFacts>;
  readonly without: () => KnockOut;
}

const HOUR = milliseconds({ hours: 1 });
const weather = (bad: Partial<Weather>): Weather => ({ ...CALM, healsAfter: 30 * HOUR, ...bad });
const calls = (bad: Partial<Weather['call']>) => ({ call: { ...CALM.call, ...bad } });
const MONDAY = Instant.parse('2026-11-23T00:00:00.000Z');
const BUSY = { startsAt: MONDAY, holders: 4, writesEveryHours: 3 } as const;
const DOUBLED = {
  ...BUSY,
  weather: weather({
    queue: { doubled: 1, late: 0.2, poison: 0 },
    schedule: { missed: 0, doubled: 1, late: 0 },
    ...calls({ slow: 0.2 }),
  }),
};

/** Every second call takes seconds, and so much is written that something comes between two looks at one account. */
const OFTEN = {
  holders: 2,
  hours: 40,
  writesEveryHours: 0.05,
  weather: { ...DOUBLED.weather, ...calls({ slow: 0.5 }) },
} as const;

/** The host of the profiles is slow, and while it thinks about its first answer to a look, the holder pauses. */
const pausedMeanwhile: KnockOut = (ports, _, scheduler) => ({
  ...ports,
  network: {
    ask: async (url, headers) => {
      const author = /\/accounts\/(\w+)\/statuses$/.exec(url.pathname)?.[1];
      if (url.host !== SOCIAL || author === undefined) return ports.network.ask(url, headers);
      const person = await ports.people.bySubject(author);
      for (const account of person === null ? [] : await ports.accounts.ofHolder(person.id)) {
        const outcome = changeAccount(account, { kind: 'pause' }, scheduler.now());
        if (outcome.kind === 'changed') await ports.accounts.save(outcome.account);
      }
      await scheduler.sleep(70_000);
      return ports.network.ask(url, headers);
    },
  },
});

/** The mail service takes each mail, and its answer to the first try is lost. */
const forgetful = (): KnockOut => {
  const tried = new Set<string>();
  return (ports) => ({
    ...ports,
    mailer: {
      send: async (mail, name) => {
        const answer = await ports.mailer.send(mail, name);
        const key = `${name.kind} ${name.recipient} ${name.occasion}`;
        if (tried.has(key)) return answer;
        tried.add(key);
        throw new DependencyError('The answer was lost');
      },
    },
  });
};

/** Findings in which no analyst is known again. */
const withoutFaces = (findings: Ports['findings']): Ports['findings'] => {
  const hidden = (finding: Finding): Finding => ({
    ...finding,
    history: finding.history.map((entry) =>
      entry.act === 'clarify' || entry.act === 'refer'
        ? { ...entry, actor: { kind: 'person', person: NOBODY } }
        : entry,
    ),
  });
  return {
    ...findings,
    byId: async (id) => {
      const finding = await findings.byId(id);
      return finding === null ? null : hidden(finding);
    },
    inState: async (state, limit, after) => (await findings.inState(state, limit, after)).map(hidden),
    save: async (finding) => {
      const stored = await findings.byId(finding.id);
      const known = stored?.history ?? [];
      return findings.save({ ...finding, history: [...known, ...finding.history.slice(known.length)] });
    },
  };
};

const NOBODY = PersonId.parse(opaqueId('nobody'));

export const KNOCK_OUTS: readonly KnockedOut[] = [
  {
    protection: 'the first of two saves of a finding stands',
    breaks: 'R04',
    facts: DOUBLED,
    without: () => (ports) => ({
      ...ports,
      findings: {
        ...ports.findings,
        create: async (finding) => {
          const stored = await ports.findings.byId(finding.id);
          if (stored === null) return ports.findings.create(finding);
          await ports.findings.save({ ...finding, revision: stored.revision + 1 });
          return 'created';
        },
      },
    }),
  },
  {
    protection: 'a finding is saved under the version that was read',
    breaks: 'R04',
    facts: DOUBLED,
    without: () => (ports) => ({
      ...ports,
      findings: {
        ...ports.findings,
        save: async (finding) => {
          const stored = await ports.findings.byId(finding.id);
          return ports.findings.save({ ...finding, revision: (stored?.revision ?? -1) + 1 });
        },
      },
    }),
  },
  {
    protection: 'posts are handed over before an account is marked as read',
    breaks: 'R09',
    facts: BUSY,
    without: () => {
      let held: readonly PostMessage[] = [];
      return (ports) => ({
        ...ports,
        posts: {
          send: (messages) => {
            const due = held;
            held = messages;
            return ports.posts.send(due);
          },
        },
      });
    },
  },
  {
    protection: 'of two looks at one account one is stored',
    breaks: 'R01',
    facts: { ...DOUBLED, ...OFTEN },
    without: () => (ports) => ({
      ...ports,
      scans: {
        ...ports.scans,
        save: async (scan) => {
          const [stored] = await ports.scans.byAccounts([scan.account]);
          return ports.scans.save({ ...scan, revision: (stored?.revision ?? -1) + 1 });
        },
      },
    }),
  },
  {
    protection: 'one run has the lease of a cohort',
    breaks: 'R08',
    facts: DOUBLED,
    without: () => (ports) => ({
      ...ports,
      cohorts: {
        ...ports.cohorts,
        lease: async (...given) => {
          await ports.cohorts.lease(...given);
          return 'leased';
        },
      },
    }),
  },
  {
    protection: 'only what failed is delivered again',
    breaks: 'R02',
    facts: { ...BUSY, weather: weather({ ...calls({ refuse: 0.2 }), queue: { ...CALM.queue, doubled: 1 } }) },
    without: () => (ports) => ({
      ...ports,
      batch: (deps) => async (event, context) => {
        const answer = await ports.batch(deps)(event, context);
        if (answer.batchItemFailures.length === 0) return answer;
        return { batchItemFailures: event.Records.map(({ messageId }) => ({ itemIdentifier: messageId })) };
      },
    }),
  },
  {
    protection: 'a message is tried for as long as an outage may last',
    breaks: 'R11',
    facts: {
      ...BUSY,
      weather: weather({ outages: [{ service: 'findings', from: 6 * HOUR, to: 12 * HOUR }] }),
    },
    setting: { redelivery: (job) => ({ ...redelivery(job), receives: 5 }) },
    without: () => untouched,
  },
  {
    protection: 'one of two runs has the claim on a mail',
    breaks: 'R07',
    facts: DOUBLED,
    without: () => (ports) => ({
      ...ports,
      mailings: {
        ...ports.mailings,
        claim: async (...given) => {
          await ports.mailings.claim(...given);
          return 'claimed';
        },
      },
    }),
  },
  {
    protection: 'two clocks that are five minutes wrong do not end a claim',
    breaks: 'R07',
    facts: { ...BUSY, weather: { ...DOUBLED.weather, ...calls({}), skewMinutes: 5 } },
    without: () => (ports) => ({
      ...ports,
      mailings: {
        ...ports.mailings,
        // As if a claim lasted for ten minutes.
        claim: async (mailing, at) => {
          const stored = await ports.mailings.byTag(tagOf(mailing));
          if (stored?.state === 'claimed' && stored.claimedAt <= minus(at, { minutes: 10 }))
            await ports.mailings.release(mailing);
          return ports.mailings.claim(mailing, at);
        },
      },
    }),
  },
  {
    protection: 'what the mail service tells of a mail is noted',
    breaks: 'R07',
    facts: { ...BUSY, knockOut: forgetful() },
    without: () => (ports, job, scheduler) => ({
      ...forgetful()(ports, job, scheduler),
      mailings: { ...ports.mailings, noteFate: () => Promise.resolve(true) },
    }),
  },
  {
    protection: 'every look at a finding is put on record',
    breaks: 'P13',
    facts: BUSY,
    without: () => (ports) => ({
      ...ports,
      record: { ...ports.record, append: () => Promise.resolve() },
    }),
  },
  {
    protection: 'the registry is read anew before each look',
    breaks: 'P02',
    facts: BUSY,
    without: () => {
      const remembered = new Map<AccountId, Account>();
      return (ports, job) =>
        job !== 'collect-posts'
          ? ports
          : {
              ...ports,
              accounts: {
                ...ports.accounts,
                inCohort: async (cohort, ids) => {
                  for (const account of await ports.accounts.inCohort(cohort, ids))
                    if (!remembered.has(account.id)) remembered.set(account.id, account);
                  return ids.flatMap((id) => remembered.get(id) ?? []);
                },
              },
            };
    },
  },
  {
    protection: 'the guarded fetch refuses a permit that is older than a minute',
    breaks: 'P02',
    facts: { ...BUSY, writesEveryHours: 1_000, knockOut: pausedMeanwhile },
    without: () => (ports, job, scheduler) => ({
      ...pausedMeanwhile(ports, job, scheduler),
      wall:
        (_, transport) =>
        (permit, { url, headers = {} }) =>
          transport(permit.network, new URL(url), headers, () => null),
    }),
  },
  {
    protection: 'what is found after a registration lapsed is void',
    breaks: 'P02',
    facts: {
      ...BUSY,
      holders: 6,
      weather: weather({ outages: [{ service: 'findings', from: 8 * HOUR, to: 13 * HOUR }] }),
    },
    without: () => (ports, job) =>
      job !== 'classify-posts'
        ? ports
        : {
            ...ports,
            findings: {
              ...ports.findings,
              // Under an epoch that never was.
              create: (finding) => ports.findings.create({ ...finding, epoch: 99 }),
            },
          },
  },
  {
    protection: 'nobody is looked at when the contest is over',
    breaks: 'P01',
    facts: { ...BUSY, startsAt: Instant.parse('2026-12-23T12:00:00.000Z') },
    without: () => (ports) => ({
      ...ports,
      packs: {
        ...ports.packs,
        active: async () => {
          const packs = await ports.packs.active();
          const longer = packs.contests.map((contest) => ({
            ...contest,
            stages: contest.stages.map((stage) => ({
              ...stage,
              to: stage.stage === 'voting' ? LocalDate.parse('2026-12-31') : stage.to,
            })),
          }));
          return { ...packs, contests: longer };
        },
      },
    }),
  },
  {
    protection: 'a host that asks for peace gets it',
    breaks: 'R13',
    facts: { ...BUSY, weather: weather({ network: { ...CALM.network, refuses: 0.3 } }) },
    without: () => (ports, _, scheduler) => ({
      ...ports,
      cohorts: {
        ...ports.cohorts,
        finish: (id, lease, run) => ports.cohorts.finish(id, lease, { ...run, dueAt: scheduler.now() }),
      },
    }),
  },
  {
    protection: 'the second decision is another person’s',
    breaks: 'P08',
    facts: BUSY,
    without: () => (ports, job) =>
      job !== 'serve-api' ? ports : { ...ports, findings: withoutFaces(ports.findings) },
  },
  {
    protection: 'the holder’s time to answer is not over before its end',
    breaks: 'P08',
    facts: BUSY,
    without: () => (ports, job) =>
      job !== 'keep-time'
        ? ports
        : {
            ...ports,
            findings: {
              ...ports.findings,
              windowEndedBy: (_, limit) => ports.findings.inState('clarifying', limit),
              byId: async (id) => {
                const finding = await ports.findings.byId(id);
                return finding === null || finding.replyBy === null
                  ? finding
                  : { ...finding, replyBy: finding.foundAt };
              },
            },
          },
  },
  {
    protection: 'an upload that nothing names is deleted after a day',
    breaks: 'P05',
    facts: BUSY,
    without: () => (ports) => ({ ...ports, files: { ...ports.files, eraseOld: () => Promise.resolve(0) } }),
  },
  {
    protection: 'a receipt is written once, however often its job dies after it',
    breaks: 'P05',
    facts: BUSY,
    without: () => {
      const died = new Set<string>();
      return (ports, job) =>
        job !== 'keep-time'
          ? ports
          : {
              ...ports,
              record: {
                ...ports.record,
                appendOnce: (_, entry) => ports.record.append(entry).then(() => 'appended' as const),
              },
              requests: {
                ...ports.requests,
                remove: async (id) => {
                  if (died.has(id)) return ports.requests.remove(id);
                  died.add(id);
                  throw new DependencyError('lost');
                },
              },
            };
    },
  },
  {
    protection: 'a digest goes to whoever is the superior when it is sent',
    breaks: 'P08',
    facts: BUSY,
    without: () => {
      const before = new Map<PersonId, Person>();
      return (ports, job) => ({
        ...ports,
        people: {
          ...ports.people,
          save: async (person) => {
            const known = await ports.people.byId(person.id);
            if (known !== null && !before.has(person.id)) before.set(person.id, known);
            return ports.people.save(person);
          },
          byId: async (id) =>
            (job === 'send-digests' ? before.get(id) : undefined) ?? (await ports.people.byId(id)),
        },
      });
    },
  },
];
