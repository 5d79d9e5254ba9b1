import { areHolidaysEnding } from '../../shared/domain/calendar/holidays.js';
import type { Deployment, Service } from './deployment.js';

/** One thing that was looked at: what is seen, and how to mend it where it is not as it should be. */
export interface Finding {
  readonly check: string;
  readonly state: 'good' | 'bad' | 'unknown';
  readonly says: string;
  readonly mend: string | null;
}
type Seen = Omit<Finding, 'check'>;

const good = (says: string): Seen => ({ state: 'good', says, mend: null });
const bad = (says: string, mend: string): Seen => ({ state: 'bad', says, mend });

/** What each of `all` has wrong with it, or one line that says that nothing has. */
const each = <One>(all: readonly One[], fault: (one: One) => Seen | null, fine: string): readonly Seen[] => {
  const faults = all.flatMap((one) => fault(one) ?? []);
  return faults.length === 0 ? [good(fine)] : faults;
};

/** Every job may run at once with room for the collectors of each network; new accounts have 10 in some regions. */
const ENOUGH_RUNS = 100;
/** A digest for each of 5,000 people's superiors, and as many mails to holders. */
const ENOUGH_MAILS = 1000;
const LONGEST_LOG_DAYS = 30;
const MOST_SKEW_SECONDS = 60;

type Check<Asked> = readonly [name: string, look: (asked: Asked) => Promise<readonly Seen[]>];

const CLOUD: readonly Check<Deployment>[] = [
  [
    'mail',
    async (cloud) => {
      const { domain, isVerified, isSigned, isInSandbox, perDay } = await cloud.mail();
      return [
        isVerified
          ? good(`${domain} is verified`)
          : bad(
              `${domain} is not verified; no mail leaves`,
              'SES, Identities: publish the DKIM records (docs/deploying.md, Mail).',
            ),
        isSigned
          ? good('mails are signed (DKIM)')
          : bad(
              'mails are not signed (DKIM)',
              'Publish the three CNAME records that SES names, and wait an hour.',
            ),
        isInSandbox
          ? bad(
              'SES is in its sandbox and mails verified addresses only',
              'SES, Account dashboard: request production access.',
            )
          : good('SES has left its sandbox'),
        perDay < ENOUGH_MAILS
          ? bad(
              `SES sends ${perDay} mails a day`,
              'Service Quotas: raise the sending quota of SES to what a morning of digests needs.',
            )
          : good(`SES sends up to ${perDay} mails a day`),
      ];
    },
  ],
  [
    'schedules',
    async (cloud) =>
      each(
        await cloud.schedules(),
        ({ name, isOn }) =>
          isOn ? null : bad(`${name} is switched off`, 'EventBridge Scheduler: enable it, or deploy again.'),
        'every job is scheduled',
      ),
  ],
  [
    'alarms',
    async (cloud) =>
      each(
        await cloud.alarms(),
        ({ name, state, isOn }) => {
          if (!isOn)
            return bad(`${name} tells nobody`, 'CloudWatch, Alarms: enable its actions, or deploy again.');
          return state === 'ALARM'
            ? bad(`${name} is in alarm`, 'Its text names the heading of docs/runbook.md.')
            : null;
        },
        'no alarm is on',
      ),
  ],
  [
    'operators',
    async (cloud) => {
      const subscribers = await cloud.subscribers();
      if (!subscribers.some(({ isConfirmed }) => isConfirmed))
        return [
          bad(
            'nobody is told of an alarm: no address has been confirmed',
            'Follow the link in the mail “AWS Notification - Subscription Confirmation” to the address `operators`; it is sent again by SNS, Subscriptions.',
          ),
        ];
      return each(
        subscribers,
        ({ address, isConfirmed }) =>
          isConfirmed
            ? null
            : bad(`${address} has not been confirmed`, 'Follow the link in AWS’s mail to it, or remove it.'),
        'alarms reach somebody',
      );
    },
  ],
  [
    'parked messages',
    async (cloud) =>
      each(
        await cloud.parked(),
        ({ name, messages }) =>
          messages === 0
            ? null
            : bad(
                `${name} holds ${messages}`,
                'docs/runbook.md, Parked or GivenUp. They are deleted after some days.',
              ),
        'nothing is parked',
      ),
  ],
  [
    'secrets',
    async (cloud) =>
      each(
        await cloud.secrets(),
        ({ name, hasValue }) =>
          hasValue
            ? null
            : bad(`${name} has no value`, 'Secrets Manager: put {} where no host asks for a token.'),
        'every secret has a value (which was not read)',
      ),
  ],
  [
    'sign-in',
    async (cloud) => {
      const pool = await cloud.userPool();
      if (pool === null)
        return [
          good('people sign in with the agency’s own issuer; its second factor is the agency’s matter'),
        ];
      return [
        pool.mfa === 'ON'
          ? good('signing in needs a second factor')
          : bad(
              `the user pool ${pool.name} asks for a second factor: ${pool.mfa}`,
              'Deploy again; if it was changed by hand, ask who did it.',
            ),
      ];
    },
  ],
  [
    'budget',
    async (cloud) => {
      const { limitUsd, spentUsd } = await cloud.budget();
      return [
        spentUsd < limitUsd
          ? good(`${spentUsd.toFixed(2)} of ${limitUsd.toFixed(2)} USD are spent this month`)
          : bad(
              `the month’s ${limitUsd.toFixed(2)} USD are spent; no account is looked at`,
              'docs/runbook.md, The budget is spent.',
            ),
      ];
    },
  ],
  [
    'logs',
    async (cloud) =>
      each(
        await cloud.logs(),
        ({ name, days }) =>
          days !== null && days <= LONGEST_LOG_DAYS
            ? null
            : bad(
                `${name} keeps its lines ${days === null ? 'for ever' : `${days} days`}`,
                `Set its retention to ${LONGEST_LOG_DAYS} days, or deploy again.`,
              ),
        `every log ends after ${LONGEST_LOG_DAYS} days at the latest`,
      ),
  ],
  [
    'trail',
    async (cloud) => {
      const trails = await cloud.trails();
      return [
        trails.some(({ isLogging }) => isLogging)
          ? good('CloudTrail keeps what is done in the account')
          : bad(
              'no trail of CloudTrail is on; taking the break-glass role raises no alarm',
              'CloudTrail: create a trail of management events for all regions.',
            ),
      ];
    },
  ],
  [
    'quotas',
    async (cloud) => {
      const { concurrentRuns, heldBack } = await cloud.quotas();
      return [
        concurrentRuns < ENOUGH_RUNS
          ? bad(
              `the account runs ${concurrentRuns} functions at once`,
              `Service Quotas, Lambda: raise concurrent executions to ${ENOUGH_RUNS} or more.`,
            )
          : good(`the account runs up to ${concurrentRuns} functions at once`),
        ...heldBack.map((name) =>
          bad(
            `${name} is held back by its reserved concurrency`,
            'Lambda, Concurrency: take the reservation away once the emergency is over.',
          ),
        ),
      ];
    },
  ],
];

const SERVICE: readonly Check<Service>[] = [
  [
    'gates',
    async (service) => {
      const { closedGates, holidaysKnownUntil, today } = await service.agency();
      return [
        ...each(
          closedGates,
          ({ gate, problem }) =>
            bad(
              `${gate} is ${problem}; no account is looked at`,
              gate === 'contestCalendar'
                ? 'Publish the pack of a contest: netral pack publish.'
                : 'The officer records it: netral agency gates --stage <stage>.',
            ),
          'every legal gate is open',
        ),
        areHolidaysEnding(today, holidaysKnownUntil)
          ? bad(
              `holidays are known until ${holidaysKnownUntil}; windows beyond it may end on a free day`,
              'docs/runbook.md, Holidays: add the decree on the next year and deploy.',
            )
          : good(`holidays are known until ${holidaysKnownUntil}`),
      ];
    },
  ],
  [
    'packs',
    async (service) => {
      const packs = await service.packs();
      return [
        packs.length > 0
          ? good(`in use: ${packs.join(', ')}`)
          : bad(
              'no packs are in use; nothing is looked at',
              'netral pack publish packs --bucket <PacksBucket>',
            ),
      ];
    },
  ],
  [
    'networks',
    async (service) => {
      const { hosts, tokenless } = await service.networks();
      const silent = hosts.flatMap(({ host, failedRuns }) =>
        failedRuns < 3
          ? []
          : bad(
              `${host} failed ${failedRuns} times in a row`,
              'netral networks status; ask the host’s operators, or withdraw it with netral networks.',
            ),
      );
      const closed = tokenless.map(({ network, host }) =>
        bad(
          `${host ?? network} asks for a token, and there is none or it is refused`,
          'Put one into the secret of the network’s tokens (docs/runbook.md, Keys and secrets).',
        ),
      );
      return silent.length + closed.length === 0 ? [good('every host answers')] : [...silent, ...closed];
    },
  ],
  [
    'clock',
    async (service) => {
      const seconds = await service.clockSeconds();
      return [
        Math.abs(seconds) > MOST_SKEW_SECONDS
          ? bad(
              `this machine’s clock and the API’s differ by ${Math.round(Math.abs(seconds))} s`,
              'Set this machine’s clock: tokens are refused by an early one.',
            )
          : good('the clocks agree'),
      ];
    },
  ],
];

const run = async <Asked>(asked: Asked, checks: readonly Check<Asked>[]): Promise<readonly Finding[]> => {
  const seen = await Promise.allSettled(checks.map(([, look]) => look(asked)));
  return checks.flatMap(([check], index): readonly Finding[] => {
    const end = seen[index];
    if (end?.status === 'fulfilled') return end.value.map((one) => ({ check, ...one }));
    const name = end?.reason instanceof Error ? end.reason.name : 'error';
    const says = end?.reason instanceof Error && name === 'CliError' ? end.reason.message : name;
    return [
      {
        check,
        state: 'unknown',
        says: `could not be looked at: ${says}`,
        mend: 'Sign in with what may read it: docs/deploying.md, Looking after it.',
      },
    ];
  });
};

/** Everything that is seen; one check that fails hides no other. */
export const examine = async (cloud: Deployment | null, service: Service): Promise<readonly Finding[]> => [
  ...(cloud === null ? [] : await run(cloud, CLOUD)),
  ...(await run(service, SERVICE)),
];
