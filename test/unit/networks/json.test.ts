import { expect, it } from 'vitest';
import { Json } from '../../../shared/networks/json.js';

const readable = (text: string): boolean => Json.safeParse(text).success;

it('reads an answer, however long its texts are', () => {
  const commas = JSON.stringify([{ text: 'a, "b" [c] {d} \\'.repeat(200_000) }]);
  expect(Json.parse(commas)).toEqual(JSON.parse(commas));
});

it('reads no text of another form', () => {
  expect([readable('{"a":'), readable('<rss/>'), readable('')]).toEqual([false, false, false]);
});

it.each(['{}', '[]', '1', '""', '"\\""'])(
  'reads no answer of more values than any has, whose check would take the memory of all: %s',
  (value) => {
    const many = (count: number) => `[${Array.from({ length: count }, () => value).join(',')}]`;
    expect([readable(many(40_000)), readable(many(100_001))]).toEqual([true, false]);
  },
);
