import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonValues, type JsonPath } from '../../../cli/archive/json-values.js';
import { ArchiveRefusal } from '../../../cli/archive/refusal.js';

const inPieces = async function* (text: string, size: number): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size));
};

const valuesOf = async (text: string, paths: readonly JsonPath[], size = 7): Promise<unknown[]> => {
  const values: unknown[] = [];
  for await (const { value } of jsonValues(inPieces(text, size), paths)) values.push(value);
  return values;
};

describe('jsonValues', () => {
  it('gives the elements of a list, whatever they are and wherever the pieces break', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.jsonValue()),
        fc.integer({ min: 1, max: 50 }),
        fc.constantFrom(undefined, 2),
        async (list, size, indent) => {
          const text = JSON.stringify(list, null, indent);
          expect(await valuesOf(text, [['*']], size)).toEqual(JSON.parse(text));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('gives what stands at a path within anything else', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(fc.string(), fc.jsonValue()),
        fc.array(fc.jsonValue()),
        fc.integer({ min: 1, max: 50 }),
        async (around, list, size) => {
          const text = JSON.stringify({ ...around, '"a\\': { ...around, list } });
          expect(await valuesOf(text, [['"a\\', 'list', '*']], size)).toEqual(
            JSON.parse(JSON.stringify(list)),
          );
        },
      ),
      { numRuns: 500 },
    );
  });

  it('tells which of several paths a value stands at', async () => {
    const found: unknown[] = [];
    const text = '{"a": {"b": 1, "c": [2, 3]}, "d": "x"}';
    for await (const value of jsonValues(inPieces(text, 3), [['a', 'c', '*'], ['d'], ['a', 'b']]))
      found.push(value);
    expect(found).toEqual([
      { path: 2, value: 1 },
      { path: 0, value: 2 },
      { path: 0, value: 3 },
      { path: 1, value: 'x' },
    ]);
  });

  it('reads what a script assigns, and a byte-order mark', async () => {
    expect(await valuesOf('window.YTD.tweets.part0 = [ {"a": 1} ];\n', [['*']])).toEqual([{ a: 1 }]);
    expect(await valuesOf('\ufeff[1]', [['*']])).toEqual([1]);
  });

  it('passes over a value of any size that is not wanted', async () => {
    const text = JSON.stringify({ chats: 'x'.repeat(3_000_000), posts: ['kept'] });
    expect(await valuesOf(text, [['posts', '*']], 65_536)).toEqual(['kept']);
  });

  it.each([
    ['cut off in a list', '[{"a": 1}, {"a":'],
    ['cut off in a string', '["abc'],
    ['cut off after a value', '{"a": 1'],
    ['nothing', ''],
    ['no document', 'x'.repeat(1_000)],
    ['a list closed as an object', '[1}'],
    ['a comma too many', '[1,]'],
    ['a key without a value', '{"a"}'],
    ['two documents', '[1] [2]'],
    ['bytes that are no JSON', '[{a: 1}]'],
    ['a value longer than any post', `[${JSON.stringify('x'.repeat(1_100_000))}]`],
    ['a key longer than any', `{"${'k'.repeat(1_000)}": 1}`],
  ])('refuses %s', async (_, text) => {
    await expect(valuesOf(text, [['*'], ['a']], 4_096)).rejects.toThrow(ArchiveRefusal);
  });
});
