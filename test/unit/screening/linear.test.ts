import { describe, expect, it } from 'vitest';
import { ADVERSARIAL, stepsOf } from '../../../bench/steps.js';
import { normalise } from '../../../shared/domain/screening/normalise.js';
import { tablesOf } from '../../../shared/domain/screening/tables.js';
import { samplePacks } from './sample-packs.js';

const { languages, contests } = samplePacks();
const tables = tablesOf(languages, contests);

/** For each unit of a text as it was written or, if some character became many, as it is read. */
const MOST_STEPS = 12;

describe('reading a text that is built to be slow', () => {
  it.each(Object.entries(ADVERSARIAL))('takes steps in proportion to its length: %s', (_, unit) => {
    const [short = 0, long = 0] = [300, 3_000].map((times) => stepsOf(unit.repeat(times), tables));
    expect(short).toBeGreaterThan(300);
    expect(long).toBeLessThan(short * 10.5);
    const text = unit.repeat(3_000);
    expect(long).toBeLessThan(MOST_STEPS * Math.max(text.length, normalise(text).text.length));
  });
});
