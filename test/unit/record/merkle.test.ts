import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../../shared/domain/record/canonical.js';
import { merkleRoot } from '../../../shared/domain/record/merkle.js';

describe('the root of a tree', () => {
  // Computed by hand with sha256sum from RFC 6962, section 2.1.
  it('of nothing is the hash of nothing, and of one text the hash of its leaf', () => {
    expect(merkleRoot([])).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(merkleRoot([''])).toBe('6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d');
  });

  it('differs for any two lists of texts', () => {
    const texts = fc.array(fc.string({ maxLength: 4 }), { maxLength: 9 });
    fc.assert(
      fc.property(texts, texts, (left, right) => {
        expect(merkleRoot(left) === merkleRoot(right)).toBe(JSON.stringify(left) === JSON.stringify(right));
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('the canonical text', () => {
  it('is the same whatever the order of keys', () => {
    expect(canonicalJson({ b: [1, null], a: { d: 'ü', c: true } })).toBe(
      '{"a":{"c":true,"d":"ü"},"b":[1,null]}',
    );
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.integer()), (value) => {
        const turned = Object.fromEntries(Object.entries(value).reverse());
        expect(canonicalJson(turned)).toBe(canonicalJson(value));
        expect(JSON.parse(canonicalJson(value))).toEqual(value);
      }),
    );
  });
});
