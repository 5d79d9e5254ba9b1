import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { KeptFile } from '../../../shared/domain/files.js';
import type { Person } from '../../../shared/domain/registry/person.js';
import { FindingState } from '../../../shared/domain/review/finding.js';
import { aFinding } from '../../fixtures/finding.js';
import { anAccount, anAgency, NOW, opaqueId } from '../../fixtures/registry.js';
import { aFindingIn } from '../../fixtures/review.js';
import { aToken, aWorld, somebody } from './world.js';

/** Everybody who could stand in a way of their own to the finding on `anAccount()`. */
const chief = somebody('supervisor', { roles: ['supervisor'], actedBy: somebody('acting').id });
const holder = somebody('person', { supervisor: chief.id, roles: ['analyst', 'officer'] });
const staff = somebody('staff', { supervisor: holder.id, roles: ['analyst', 'officer'] });
const READERS = {
  holder,
  'their superior': { ...chief, roles: ['supervisor', 'analyst', 'officer'] },
  'who acts for their superior': somebody('acting', { roles: ['analyst', 'officer'] }),
  'their own staff': staff,
  'their unit': somebody('colleague', { roles: ['analyst', 'officer'] }),
  'an analyst': somebody('fourth', { roles: ['analyst'], unit: 'BKPSDM' }),
  'another superior': somebody('stranger', { roles: ['supervisor'], unit: 'BKPSDM' }),
  officer: somebody('officer', { roles: ['officer'], unit: 'BKPSDM' }),
  auditor: somebody('auditor', { roles: ['auditor'], unit: 'BKPSDM' }),
  administrator: somebody('administrator', { roles: ['administrator'], unit: 'BKPSDM' }),
  nobody: somebody('nobody', { unit: 'BKPSDM' }),
} as const satisfies Record<string, Person>;
type Reader = keyof typeof READERS;

/** Who may see a finding in a state at all, said a second time and not in the code's words. */
const CONCLUDED: readonly FindingState[] = ['referred', 'objected', 'confirmed', 'withdrawn'];
const NEVER = (): boolean => false;
const MAY_SEE: Readonly<Record<Reader, (state: FindingState) => boolean>> = {
  holder: (state) => state !== 'indicated',
  'their superior': (state) => CONCLUDED.includes(state),
  'who acts for their superior': (state) => CONCLUDED.includes(state),
  'an analyst': () => true,
  'their own staff': NEVER,
  'their unit': NEVER,
  'another superior': NEVER,
  officer: NEVER,
  auditor: NEVER,
  administrator: NEVER,
  nobody: NEVER,
};

const words = 'Alasan yang cukup panjang.';
/** A body that would be taken, for each operation that needs one. An operation on a finding without one fails the test. */
const BODIES: Readonly<Record<string, unknown>> = {
  'POST /findings/{id}/decisions': { kind: 'dismiss', reason: 'accidental', words },
  'POST /findings/{id}/holds': { reason: 'advice', workingDays: 1, words },
  'POST /findings/{id}/notes': { words },
  'POST /findings/{id}/recusals': { words },
  'POST /findings/{id}/reassignment': { words },
  'PUT /findings/{id}/legal-hold': { until: '2027-06-30', words },
  'POST /findings/{id}/legal-hold/end': { words },
  'POST /findings/{id}/second-look': { verdict: 'pursue', words },
  'POST /me/findings/{id}/answers': { answer: 'deleted', words: '' },
  'POST /me/findings/{id}/objections': { words },
};

const OFFICERS = [
  'POST /findings/{id}/reassignment',
  'PUT /findings/{id}/legal-hold',
  'POST /findings/{id}/legal-hold/end',
];

/** What is public, and so the same for whoever asks. */
const OPEN = ['GET /open/findings/{id}'];

const Document = z.object({
  paths: z.record(z.string(), z.record(z.string(), z.object({ requestBody: z.unknown().optional() }))),
});
const described = Document.parse(await (await (await aWorld()).call('GET /openapi.json')).json());
const operations = Object.entries(described.paths).flatMap(([path, methods]) =>
  path.includes('/findings/{id}')
    ? Object.entries(methods).map(([method, { requestBody }]) => ({
        name: `${method.toUpperCase()} ${path}`,
        needsBody: requestBody !== undefined,
      }))
    : [],
);
const closed = operations.filter(({ name }) => !OPEN.includes(name));

/** A picture that may show whose post it is. */
const capture = {
  kept: KeptFile.parse({ file: `${'ab'.repeat(32)}.png`, bytes: 9, name: 'tangkapan-layar.png' }),
  at: NOW,
  by: READERS['an analyst'].id,
  as: 'analyst' as const,
};

const aWorldWith = async (state: FindingState) => {
  const { review } = anAgency();
  const world = await aWorld({ review: { ...review, excludeOwnUnit: true } });
  await world.onRecord(...Object.values(READERS));
  await world.accounts.save(anAccount());
  await world.findings.create(aFindingIn(state, { submitted: true, capture }));
  return world;
};

const answered = async (response: Response) => ({
  status: response.status,
  body: await response.text(),
  headers: [...response.headers],
});

it('knows every operation on a finding, and how to ask for it', () => {
  expect(closed.length).toBeGreaterThan(8);
  for (const { name, needsBody } of closed) expect(Object.hasOwn(BODIES, name), name).toBe(needsBody);
});

const isOfficer = (reader: Reader): boolean => {
  const { roles }: Pick<Person, 'roles'> = READERS[reader];
  return roles.includes('officer');
};

const isReader = (name: string): name is Reader => Object.hasOwn(READERS, name);

describe.each(FindingState.options)('a finding that is %s', (state) => {
  it('is for everybody as it should be, on every route', async () => {
    // What is refused changes nothing, as is checked, so that one world serves all who are refused.
    const world = await aWorldWith(state);
    const before = await world.findings.byId(aFinding().id);
    for (const reader of Object.keys(READERS).filter(isReader)) {
      const { subject, roles }: Person = READERS[reader];
      const token = await aToken({ sub: subject ?? '', roles });
      for (const { name } of closed) {
        const what = `${reader}: ${name}`;
        const ask = async (id: string) =>
          answered(
            await world.call(name.replace('{id}', id).replace('{file}', capture.kept.file), {
              token,
              ...(Object.hasOwn(BODIES, name) ? { body: BODIES[name] } : {}),
            }),
          );
        if (MAY_SEE[reader](state)) {
          if (name === 'GET /findings/{id}') expect((await ask(aFinding().id)).status, what).toBe(200);
          if (name !== 'GET /findings/{id}/files/{file}') continue;
          const isBlind = reader === 'an analyst' && state === 'indicated';
          expect((await ask(aFinding().id)).status, what).toBe(isBlind ? 404 : 200);
          if (!isBlind) continue;
        }
        // The officer frees and holds what they cannot read; they may know that it exists, if it is not on themself.
        if (OFFICERS.includes(name) && isOfficer(reader) && reader !== 'holder') continue;
        const looks = world.record.entries.length;
        expect(await ask(aFinding().id), what).toEqual(await ask(opaqueId('nowhere')));
        expect(await world.findings.byId(aFinding().id), what).toEqual(before);
        expect(world.record.entries, what).toHaveLength(looks);
      }
    }
  }, 60_000);
});

it('says nothing of whose it is to an analyst before the holder was asked', async () => {
  const account = anAccount();
  const world = await aWorldWith('indicated');
  const hidden = [
    ...[holder.id, holder.name, holder.unit, holder.employeeNumber, holder.email ?? 'none'],
    ...[
      account.id,
      account.handle,
      capture.kept.file,
      capture.kept.name,
      aFinding().uri,
      aFinding().url ?? 'none',
    ],
  ];
  for (const { name } of closed) {
    // A decision on it opens it, and standing aside closes it.
    if (name.endsWith('/decisions') || name.endsWith('/recusals')) continue;
    const { body, headers } = await answered(
      await world.call(name.replace('{id}', aFinding().id).replace('{file}', capture.kept.file), {
        as: READERS['an analyst'],
        ...(Object.hasOwn(BODIES, name) ? { body: BODIES[name] } : {}),
      }),
    );
    for (const one of hidden) expect(`${body}${JSON.stringify(headers)}`, name).not.toContain(one);
  }
});

it('answers nobody on a route that is in no table', async () => {
  const world = await aWorldWith('referred');
  for (const as of [undefined, ...Object.values(READERS)])
    for (const path of ['/admin', '/review', `/findings/${aFinding().id}/everything`]) {
      const { status } = await world.call(`GET ${path}`, as === undefined ? {} : { as });
      expect(status, path).toBe(404);
    }
});
