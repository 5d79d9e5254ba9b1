import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pricesFrom } from '../../../bench/prices.js';

const FILE = 'bench/prices/ap-southeast-3.yaml';
const text = readFileSync(join(import.meta.dirname, '../../..', FILE), 'utf8');

describe('prices', () => {
  it('are those of the file, raised where they are another region’s', () => {
    expect(pricesFrom(text, FILE).here.dynamodbMillionWrites).toBeCloseTo(0.75);
    expect(pricesFrom(text, FILE).listed.dynamodbMillionWrites).toBeCloseTo(0.625);
    const own = text.replace(/source: list price of us-east-1/, 'source: list price of Jakarta');
    expect(pricesFrom(own, FILE).here.dynamodbMillionReads).toBeCloseTo(0.125);
  });

  it('are refused by name when one is missing, or has neither source nor day', () => {
    const misspelt = text.replace('sqsMillionRequests:', 'sqsMillionCalls:');
    expect(() => pricesFrom(misspelt, FILE)).toThrow(
      /sqsMillionRequests[\s\S]*Write each price as the others/,
    );
    expect(() => pricesFrom(text.replace('on: 2026-11-26', 'on: lately'), FILE)).toThrow(/\.on$/m);
  });
});
