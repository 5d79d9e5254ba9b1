import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readPackFiles, readRows } from '../../../cli/pack-sources.js';
import { evaluate, EvaluationRow } from '../../../shared/domain/screening/evaluation.js';
import { compileScreener } from '../../../shared/domain/screening/screen.js';
import { Share } from '../../../shared/domain/statistics/wilson.js';

const inProject = (path: string): string => new URL(`../../../${path}`, import.meta.url).pathname;

const texts = readRows(EvaluationRow, inProject('test/fixtures/synthetic/texts.jsonl'));
const packs = readPackFiles(inProject('packs'), [
  inProject('packs/contests'),
  inProject('test/fixtures/synthetic/contests'),
]);
const screen = compileScreener(packs);
const evaluation = evaluate(texts, screen, packs.contests);

const rounded = (content: unknown): unknown => {
  const share = Share.safeParse(content);
  if (share.success) {
    const { value, low, high, n } = share.data;
    const toThree = (number: number): number => Math.round(number * 1000) / 1000;
    return { value: value === null ? null : toThree(value), low: toThree(low), high: toThree(high), n };
  }
  if (typeof content !== 'object' || content === null) return content;
  return Object.fromEntries(Object.entries(content).map(([key, inner]) => [key, rounded(inner)]));
};

describe('the texts of our own', () => {
  it('are at least 600, balanced, none there twice', () => {
    expect(texts.length).toBeGreaterThanOrEqual(600);
    expect(new Set(texts.map(({ text }) => text)).size).toBe(texts.length);
    const speaking = texts.filter(({ label }) => label !== 'none').length;
    expect(Math.abs(speaking / texts.length - 0.5)).toBeLessThan(0.05);
  });

  it('raise no false alarm', () => {
    expect(evaluation.errors.filter(({ kind }) => kind === 'false-alarm')).toEqual([]);
  });
});

describe('criticism of government and policy, also of contestants in their office', () => {
  const criticism = readRows(EvaluationRow, inProject('test/fixtures/synthetic/criticism.jsonl'));

  it('is measured on at least 100 texts of our own', () => {
    expect(new Set(criticism.map(({ text }) => text)).size).toBeGreaterThanOrEqual(100);
  });

  it('is never indicated', () => {
    const { errors, undecided } = evaluate(criticism, screen, packs.contests);
    expect({ errors, undecided }).toEqual({ errors: [], undecided: 0 });
  });
});

describe('the model card', () => {
  it('has the figures that the packs have now', () => {
    const card = readFileSync(inProject('docs/model-card.md'), 'utf8');
    const [, block = ''] = /<!-- synthetic -->\s+```json\n([\s\S]*?)```/.exec(card) ?? [];
    const { rows, precision, recall, falseAlarmRate, byLanguage, byProvision } = evaluation;
    expect(JSON.parse(block)).toEqual(
      rounded({ rows, precision, recall, falseAlarmRate, byLanguage, byProvision }),
    );
  });
});
