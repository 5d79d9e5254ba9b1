import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { FindingId } from '../../../shared/domain/ids.js';
import { appended } from '../../../shared/domain/review/history.js';
import { newFinding } from '../../../shared/domain/review/new-finding.js';
import type { Finding } from '../../../shared/domain/review/finding.js';
import type { Contestant } from '../../../shared/domain/screening/rules.js';
import { anAccount, NOW } from '../../fixtures/registry.js';
import { aPost } from '../../fixtures/scanning.js';
import { ACTS, anAnalyst, around, moved, theHolder } from '../../fixtures/review.js';
import { personActs } from '../../../shared/domain/review/transition.js';
import { anInput, samplePacks, sampleScreener } from '../screening/sample-packs.js';

const onBallot = samplePacks().contests[0]!.contestants.filter(({ number }) => number !== null);
const WAYS: readonly ((of: Contestant) => string)[] = [
  ({ tickets }) => tickets[0]!,
  ({ people }) => people[0]!.name,
  ({ number }) => `nomor ${number!}`,
  ({ hashtags }) => hashtags[0]!,
];

/** An id is a hash over the words and goes with them; here all records have one, in their chains too. */
const ID = FindingId.parse('0'.repeat(32));

const stored = (text: string): Finding | null => {
  const input = anInput(text);
  const verdict = sampleScreener(input);
  if (verdict.kind !== 'indicated') return null;
  const { network, id: account, epoch } = anAccount();
  const finding = newFinding(
    { network, account, epoch, submittedBy: null, capture: null },
    aPost({ parts: [...input.parts] }),
    verdict,
    NOW,
  );
  const indicated = {
    at: NOW,
    actor: { kind: 'job', job: 'classify-posts' },
    act: 'indicate',
    code: null,
  } as const;
  return { ...finding, id: ID, history: appended({ id: ID, history: [] }, indicated, null) };
};

/** All of a stored record but the words and where they stand in them. */
const lessExcerpt = (finding: Finding): string =>
  JSON.stringify({
    ...finding,
    parts: null,
    indication: {
      ...finding.indication,
      spans: finding.indication.spans.map(({ part, rule }) => [part, rule]),
    },
  });

it('stores the same record, but for its words, whoever of the contestants they are about', () => {
  let compared = 0;
  fc.assert(
    fc.property(
      fc.constantFrom('Ayo coblos', 'Mari dukung', 'Saya pilih', 'Menangkan', 'Jangan pilih'),
      fc.constantFrom(...WAYS),
      fc.constantFrom('', '!', ' bersama kita', ' besok'),
      (call, way, end) => {
        const records = onBallot.map((contestant) => stored(`${call} ${way(contestant)}${end}`));
        const [first, ...others] = records.map((record) => (record === null ? null : lessExcerpt(record)));
        for (const other of others) expect(other).toBe(first);
        if (first !== null) compared += 1;
      },
    ),
    { numRuns: 300 },
  );
  expect(compared).toBeGreaterThan(100);
});

it('stores the same record through all decisions', () => {
  const through = (contestant: Contestant): string => {
    const finding = stored(`Ayo coblos ${contestant.tickets[0]!}!`)!;
    const asked = moved(personActs(finding, ACTS.clarify, anAnalyst('first'), around()));
    const heard = moved(personActs(asked, ACTS.answer, theHolder, around()));
    return lessExcerpt(moved(personActs(heard, ACTS.refer, anAnalyst('second'), around())));
  };
  expect(new Set(onBallot.map(through)).size).toBe(1);
});
