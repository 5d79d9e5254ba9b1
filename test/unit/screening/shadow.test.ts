import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packRefs, tallyOf, totalOf, trialOf } from '../../../shared/domain/screening/shadow.js';
import { countsOf } from '../../../shared/domain/screening/shadow-status.js';
import type { Verdict } from '../../../shared/domain/screening/verdict.js';
import { anIndication } from '../../fixtures/finding.js';
import { somePacks } from '../../fixtures/packs.js';
import { samplePacks } from './sample-packs.js';
import { ProvisionId } from '../../../shared/domain/ids.js';

const provision = (id: string) => ProvisionId.parse(id);
const indicated = (...ids: string[]): Verdict => anIndication({ provisions: ids.map(provision) });
const none: Verdict = { kind: 'none' };
const undecided: Verdict = { kind: 'undecided', reason: 'empty-text' };

const verdicts = fc.oneof(
  fc.constant(none),
  fc.constant(undecided),
  fc
    .uniqueArray(fc.constantFrom('KE-2', 'DIS-2', 'DIS-10', 'DIS-13'), { minLength: 1 })
    .map((ids) => indicated(...ids)),
);
const pairs = fc.array(fc.record({ active: verdicts, candidate: fc.option(verdicts) }), { maxLength: 30 });

describe('the counts of a trial', () => {
  it('say of each post how the two verdicts relate', () => {
    const counts = countsOf(
      tallyOf([
        { active: none, candidate: none },
        { active: none, candidate: indicated('DIS-2') },
        { active: indicated('DIS-2', 'KE-2'), candidate: indicated('DIS-10', 'DIS-2') },
        { active: indicated('KE-2'), candidate: indicated('KE-2') },
        { active: undecided, candidate: null },
      ]),
    );
    expect(counts).toEqual({
      posts: 5,
      same: 2,
      verdicts: [
        { active: 'none', candidate: 'none', posts: 1 },
        { active: 'none', candidate: 'indicated', posts: 1 },
        { active: 'indicated', candidate: 'indicated', posts: 2 },
        { active: 'undecided', candidate: 'failed', posts: 1 },
      ],
      provisions: [
        { provision: 'KE-2', both: 1, onlyActive: 1, onlyCandidate: 0 },
        { provision: 'DIS-2', both: 1, onlyActive: 0, onlyCandidate: 1 },
        { provision: 'DIS-10', both: 0, onlyActive: 0, onlyCandidate: 1 },
      ],
    });
  });

  it('add up, however the posts are divided among messages', () => {
    fc.assert(
      fc.property(pairs, fc.nat(), (posts, cut) => {
        const at = cut % (posts.length + 1);
        const parts = [tallyOf(posts.slice(0, at)), tallyOf(posts.slice(at))];
        expect(totalOf(parts)).toEqual(tallyOf(posts));
      }),
    );
  });

  it('hold every post once', () => {
    fc.assert(
      fc.property(pairs, (posts) => {
        const counts = countsOf(tallyOf(posts));
        expect(counts.posts).toBe(posts.length);
        expect(counts.verdicts.reduce((sum, { posts: of }) => sum + of, 0)).toBe(posts.length);
        expect(counts.same).toBeLessThanOrEqual(posts.length);
      }),
    );
  });
});

describe('a trial', () => {
  it('is another one when a pack on either side changes', () => {
    const packs = samplePacks();
    const active = packRefs(packs);
    const candidate = packRefs({ ...packs, code: { ...packs.code, version: '9.9.9' } });
    const trial = trialOf(active, candidate);
    expect(trial.active).not.toBe(trial.candidate);
    expect(trialOf(candidate, active)).toEqual({ active: trial.candidate, candidate: trial.active });
    expect(trialOf(active, packRefs(somePacks())).candidate).not.toBe(trial.candidate);
  });
});
