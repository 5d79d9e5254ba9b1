import { describe, expect, it } from 'vitest';
import type { Deployment, Service } from '../../../cli/doctor/deployment.js';
import { examine } from '../../../cli/doctor/examine.js';
import { LocalDate } from '../../../shared/domain/time.js';

const agency =
  (closedGates: Awaited<ReturnType<Service['agency']>>['closedGates'], holidaysKnownUntil: number) => () =>
    Promise.resolve({ closedGates, holidaysKnownUntil, today: LocalDate.parse('2026-11-23') });

/** A deployment at which nothing is wrong. */
const sound: Deployment = {
  mail: () =>
    Promise.resolve({
      domain: 'sukamaju.example',
      isVerified: true,
      isSigned: true,
      isInSandbox: false,
      perDay: 50_000,
    }),
  schedules: () => Promise.resolve([{ name: 'PlanScansSchedule', isOn: true }]),
  alarms: () => Promise.resolve([{ name: 'PlanScansFailed', state: 'OK', isOn: true }]),
  subscribers: () => Promise.resolve([{ address: 'operator@sukamaju.example', isConfirmed: true }]),
  parked: () => Promise.resolve([{ name: 'ClassifyPostsDeadLetters', messages: 0 }]),
  secrets: () => Promise.resolve([{ name: 'NetworkTokensmastodon', hasValue: true }]),
  userPool: () => Promise.resolve({ name: 'ap-southeast-3_pool', mfa: 'ON' }),
  budget: () => Promise.resolve({ limitUsd: 100, spentUsd: 12.5 }),
  logs: () => Promise.resolve([{ name: 'keep-time', days: 30 }]),
  trails: () => Promise.resolve([{ name: 'trail', isLogging: true }]),
  quotas: () => Promise.resolve({ concurrentRuns: 1000, heldBack: [] }),
};
const working: Service = {
  agency: agency([], 2027),
  packs: () => Promise.resolve(['skb-2-2022 1', 'pilbup-sukamaju 1']),
  networks: () => Promise.resolve({ hosts: [{ host: 'berita.example', failedRuns: 0 }], tokenless: [] }),
  clockSeconds: () => Promise.resolve(0.4),
};

const wrongWith = async (
  cloud: Partial<Deployment>,
  service: Partial<Service> = {},
): Promise<readonly string[]> =>
  (await examine({ ...sound, ...cloud }, { ...working, ...service }))
    .filter(({ state }) => state !== 'good')
    .map(({ check, says, mend }) => {
      expect(mend).not.toBeNull();
      return `${check}: ${says}`;
    });
const mail = (change: object): Partial<Deployment> => ({
  mail: async () => ({ ...(await sound.mail()), ...change }),
});

describe('netral doctor', () => {
  it('finds nothing wrong with a sound deployment', async () => {
    expect(await wrongWith({})).toEqual([]);
    expect(await examine(sound, working)).toHaveLength(19);
  });

  it('looks at the API alone where no stage is named', async () => {
    const checks = (await examine(null, working)).map(({ check }) => check);
    expect(new Set(checks)).toEqual(new Set(['gates', 'packs', 'networks', 'clock']));
  });

  const FAULTS: readonly (readonly [says: string, cloud: Partial<Deployment>, service?: Partial<Service>])[] =
    [
      ['mail: sukamaju.example is not verified; no mail leaves', mail({ isVerified: false })],
      ['mail: mails are not signed (DKIM)', mail({ isSigned: false })],
      ['mail: SES is in its sandbox and mails verified addresses only', mail({ isInSandbox: true })],
      ['mail: SES sends 200 mails a day', mail({ perDay: 200 })],
      [
        'schedules: KeepTimeSchedule is switched off',
        { schedules: () => Promise.resolve([{ name: 'KeepTimeSchedule', isOn: false }]) },
      ],
      [
        'operators: nobody is told of an alarm: no address has been confirmed',
        {
          subscribers: () => Promise.resolve([{ address: 'operator@sukamaju.example', isConfirmed: false }]),
        },
      ],
      [
        'operators: wakil@sukamaju.example has not been confirmed',
        {
          subscribers: async () => [
            ...(await sound.subscribers()),
            { address: 'wakil@sukamaju.example', isConfirmed: false },
          ],
        },
      ],
      [
        'alarms: ApiFailing is in alarm',
        { alarms: () => Promise.resolve([{ name: 'ApiFailing', state: 'ALARM', isOn: true }]) },
      ],
      [
        'alarms: ApiFailing tells nobody',
        { alarms: () => Promise.resolve([{ name: 'ApiFailing', state: 'OK', isOn: false }]) },
      ],
      [
        'parked messages: ClassifyPostsDeadLetters holds 3',
        { parked: () => Promise.resolve([{ name: 'ClassifyPostsDeadLetters', messages: 3 }]) },
      ],
      [
        'secrets: NetworkTokensmastodon has no value',
        { secrets: () => Promise.resolve([{ name: 'NetworkTokensmastodon', hasValue: false }]) },
      ],
      [
        'sign-in: the user pool one asks for a second factor: OPTIONAL',
        { userPool: () => Promise.resolve({ name: 'one', mfa: 'OPTIONAL' }) },
      ],
      [
        'budget: the month’s 100.00 USD are spent; no account is looked at',
        { budget: () => Promise.resolve({ limitUsd: 100, spentUsd: 100 }) },
      ],
      [
        'logs: serve-api keeps its lines for ever',
        { logs: () => Promise.resolve([{ name: 'serve-api', days: null }]) },
      ],
      [
        'logs: serve-api keeps its lines 365 days',
        { logs: () => Promise.resolve([{ name: 'serve-api', days: 365 }]) },
      ],
      [
        'trail: no trail of CloudTrail is on; taking the break-glass role raises no alarm',
        { trails: () => Promise.resolve([{ name: 'old', isLogging: false }]) },
      ],
      [
        'quotas: the account runs 10 functions at once',
        { quotas: () => Promise.resolve({ concurrentRuns: 10, heldBack: [] }) },
      ],
      [
        'quotas: KeepTimeJobFunction is held back by its reserved concurrency',
        { quotas: () => Promise.resolve({ concurrentRuns: 1000, heldBack: ['KeepTimeJobFunction'] }) },
      ],
      [
        'gates: notice is missing; no account is looked at',
        {},
        { agency: agency([{ gate: 'notice', problem: 'missing' }], 2027) },
      ],
      [
        'gates: holidays are known until 2026; windows beyond it may end on a free day',
        {},
        { agency: agency([], 2026) },
      ],
      ['packs: no packs are in use; nothing is looked at', {}, { packs: () => Promise.resolve([]) }],
      [
        'networks: mati.example failed 5 times in a row',
        {},
        {
          networks: () =>
            Promise.resolve({ hosts: [{ host: 'mati.example', failedRuns: 5 }], tokenless: [] }),
        },
      ],
      [
        'networks: terkunci.example asks for a token, and there is none or it is refused',
        {},
        {
          networks: () =>
            Promise.resolve({ hosts: [], tokenless: [{ network: 'mastodon', host: 'terkunci.example' }] }),
        },
      ],
      [
        'networks: youtube asks for a token, and there is none or it is refused',
        {},
        { networks: () => Promise.resolve({ hosts: [], tokenless: [{ network: 'youtube', host: null }] }) },
      ],
      [
        'clock: this machine’s clock and the API’s differ by 90 s',
        {},
        { clockSeconds: () => Promise.resolve(-90) },
      ],
    ];

  it.each(FAULTS.map(([says, cloud, service]) => ({ says, cloud, service })))(
    'says $says, and how to mend it',
    async ({ says, cloud, service }) => {
      expect(await wrongWith(cloud, service)).toEqual([says]);
    },
  );

  it('says what could not be looked at, and looks at the rest', async () => {
    class AccessDeniedException extends Error {
      override readonly name = 'AccessDeniedException';
    }
    const wrong = await wrongWith({
      budget: () => Promise.reject(new AccessDeniedException('arn of somebody')),
    });
    expect(wrong).toEqual(['budget: could not be looked at: AccessDeniedException']);
  });
});
