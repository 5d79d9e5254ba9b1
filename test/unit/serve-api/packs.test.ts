import { describe, expect, it } from 'vitest';
import type { Packs } from '../../../shared/domain/screening/packs.js';
import { packRefs, tallyOf, trialOf } from '../../../shared/domain/screening/shadow.js';
import { LocalDate } from '../../../shared/domain/time.js';
import { anIndication } from '../../fixtures/finding.js';
import { somePacks } from '../../fixtures/packs.js';
import { anAccount, NOW } from '../../fixtures/registry.js';
import { aFindingIn } from '../../fixtures/review.js';
import { aWorld, somebody } from './world.js';

const admin = somebody('admin', { roles: ['administrator'] });
const analyst = somebody('ana', { roles: ['analyst'] });

const newer = (): Packs => {
  const packs = somePacks();
  return { ...packs, code: { ...packs.code, version: '9.9.9' } };
};

describe('the trial of candidate packs', () => {
  it('says so when there is none', async () => {
    const { call, onRecord } = await aWorld();
    await onRecord(admin);
    const answer = await call('GET /packs/shadow', { as: admin });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ candidate: null, since: null, counts: { posts: 0 } });
  });

  it('shows the counts of these two sets and of no others', async () => {
    const candidate = newer();
    const { call, onRecord, shadow } = await aWorld({}, { candidate });
    await onRecord(admin);
    const trial = trialOf(packRefs(somePacks()), packRefs(candidate));
    const tally = tallyOf([
      { active: { kind: 'none' }, candidate: { kind: 'none' } },
      { active: { kind: 'none' }, candidate: anIndication() },
    ]);
    await shadow.add(trial, LocalDate.parse('2026-11-22'), tally);
    await shadow.add(trial, LocalDate.parse('2026-11-23'), tally);
    await shadow.add({ ...trial, active: 'b'.repeat(64) }, LocalDate.parse('2026-11-01'), tally);
    const status = await (await call('GET /packs/shadow', { as: admin })).json();
    expect(status).toMatchObject({
      since: '2026-11-22',
      counts: {
        posts: 4,
        same: 2,
        verdicts: [
          { active: 'none', candidate: 'none', posts: 2 },
          { active: 'none', candidate: 'indicated', posts: 2 },
        ],
        provisions: [{ provision: 'DIS-2', both: 0, onlyActive: 0, onlyCandidate: 2 }],
      },
    });
    expect(status).toMatchObject({
      candidate: [{ id: candidate.code.id, version: '9.9.9' }, ...anyRest(candidate)],
    });
  });
});

const anyRest = ({ languages, contests }: Packs) => [...languages, ...contests].map(({ id }) => ({ id }));

describe('the health of rules', () => {
  it('is told without texts, findings or accounts, and without a look at any being recorded', async () => {
    const { call, onRecord, accounts, findings, record } = await aWorld();
    await onRecord(analyst);
    await accounts.save(anAccount());
    const finding = aFindingIn('dismissed');
    await findings.create(finding);
    const answer = await call('GET /packs/health', { as: analyst });
    const told = await answer.text();
    expect(JSON.parse(told)).toMatchObject({
      since: '2026-11-09T05:00:00.000Z',
      truncated: false,
      rules: [
        { rule: 'act:vote', dismissed: 1, referred: 0, ailing: false, dismissedShare: { value: 1, n: 1 } },
        { rule: 'target:number', dismissed: 1 },
      ],
    });
    for (const secret of [finding.id, finding.account, finding.parts[0]!.text, NOW])
      expect(told).not.toContain(secret);
    expect(record.entries).toEqual([]);
  });
});
