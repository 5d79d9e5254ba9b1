import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FindingId } from '../../../shared/domain/ids.js';
import { commitmentTo, firstBreak, type HistoryEntry } from '../../../shared/domain/review/history.js';
import { Finding } from '../../../shared/domain/review/finding.js';
import { opaqueId } from '../../fixtures/registry.js';
import { aFindingIn } from '../../fixtures/review.js';

const whole = aFindingIn('confirmed');
const { id } = whole;
const at = fc.nat(whole.history.length - 1);
const changed = (index: number, fields: Partial<HistoryEntry>): readonly HistoryEntry[] =>
  whole.history.map((entry, place) => (place === index ? { ...entry, ...fields } : entry));

/** One wrong value for each field, different from what any entry has. */
const EDITS: readonly Partial<HistoryEntry>[] = [
  { sequence: 99 },
  { at: Finding.shape.foundAt.parse('2020-01-01T00:00:00.000Z') },
  { actor: { kind: 'job', job: 'keep-time' } },
  { act: 'close-window' },
  { code: 'another-reason' },
  { commitment: '0'.repeat(64) },
  { previous: '0'.repeat(64) },
  { hash: '0'.repeat(64) },
];

describe('the chain of a history', () => {
  it('holds when nobody touched it, and when it is read back', () => {
    expect(firstBreak(whole)).toBeNull();
    expect(firstBreak(Finding.parse(structuredClone(whole)))).toBeNull();
  });

  it('shows an edit of any field of any entry', () => {
    fc.assert(
      fc.property(at, fc.constantFrom(...EDITS), (index, edit) => {
        expect(firstBreak({ id, history: changed(index, edit) })).toBe(index);
      }),
    );
  });

  it('shows an entry that is missing from the beginning or the middle', () => {
    for (const index of whole.history.keys()) {
      const history = whole.history.filter((_, place) => place !== index);
      expect(firstBreak({ id, history })).toBe(index === whole.history.length - 1 ? null : index);
    }
  });

  it('shows a cut in the middle of any length', () => {
    fc.assert(
      fc.property(at, at, (from, to) => {
        fc.pre(from < to);
        const history = [...whole.history.slice(0, from), ...whole.history.slice(to)];
        expect(firstBreak({ id, history })).toBe(from);
      }),
    );
  });

  it('shows two entries that changed places, at the first of them', () => {
    fc.assert(
      fc.property(at, at, (left, right) => {
        fc.pre(left < right);
        const history = [...whole.history];
        [history[left], history[right]] = [whole.history[right]!, whole.history[left]!];
        expect(firstBreak({ id, history })).toBe(left);
      }),
    );
  });

  it('shows an entry that was put in', () => {
    fc.assert(
      fc.property(at, at, (from, to) => {
        const history = whole.history.toSpliced(to, 0, whole.history[from]!);
        // A copy put right behind its original leaves that in its place.
        expect(firstBreak({ id, history })).toBe(from === to ? to + 1 : to);
      }),
    );
  });

  it('belongs to one finding', () => {
    const other = FindingId.parse(opaqueId('another finding'));
    expect(firstBreak({ id: other, history: whole.history })).toBe(0);
  });
});

describe('a commitment', () => {
  const content = { salt: opaqueId('salt'), text: 'Saya hanya membagikan berita.', files: [] };

  it('changes with the words and with the salt', () => {
    const commitments = [
      content,
      { ...content, text: `${content.text} ` },
      { ...content, salt: opaqueId('another salt') },
    ].map(commitmentTo);
    expect(new Set(commitments).size).toBe(3);
  });

  it('is kept for all words in a finding', () => {
    for (const [sequence, words] of Object.entries(whole.contents))
      expect(whole.history[Number(sequence)]?.commitment).toBe(commitmentTo(words));
    expect(Object.keys(whole.contents)).toEqual(['1', '3', '4', '5', '6']);
  });
});
