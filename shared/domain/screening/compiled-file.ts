import { createHash } from 'node:crypto';
import * as z from 'zod';
import { compile } from './compile.js';
import { CompiledContest, type CompiledPacks } from './compiled.js';
import type { Packs } from './packs.js';
import { CodePack } from './code-pack.js';
import { isName } from './meaning.js';
import { Meaning, Role } from './meaning.js';
import { PackRef } from './verdict.js';

/*
 * The compiled form in a file, so that a start need not compile:
 *
 *     0    magic, format, number of columns, 0         four 32-bit numbers
 *     16   SHA-256 of all that follows
 *     48   the length of each column, in elements
 *     …    the columns, one after another
 *
 * Everything begins at a multiple of four bytes. Numbers lie as the machine has them, which is little-endian
 * wherever this runs; elsewhere the magic would not be recognised. A start checks the hash and looks at the columns
 * where they lie. What is not numbers stands on a shelf of texts and is parsed when it is first asked for.
 */
const MAGIC = 0x4c52544e;
/** Raise it with every change in how packs are compiled or texts are read, so that no older form is used any more. */
const FORMAT = 9;
const HASH_AT = 16;
const LENGTHS_AT = 48;

/** The places on the shelf: the ids of the contests, one a line; the packs' names; the code; the contests; the rules. */
const [IDS, REFS, CODE, CONTESTS] = [0, 1, 2, 3] as const;

/** The meanings of names: contest, contestant and role, three numbers each. */
const numbersOf = (meanings: readonly Meaning[]): Int32Array =>
  Int32Array.from(
    meanings
      .filter(isName)
      .flatMap(({ contest, contestant, role }) => [contest, contestant, Role.options.indexOf(role)]),
  );
const nameFrom = (numbers: Int32Array, at: number): Meaning | undefined => {
  const [contest, contestant, role] = numbers.subarray(at * 3, at * 3 + 3);
  if (contest === undefined || contestant === undefined || role === undefined) return undefined;
  return { kind: 'contestant', contest, contestant, role: Role.options[role] ?? 'name' };
};

const remembered = <One>(make: (index: number) => One | undefined): ((index: number) => One | undefined) => {
  const made = new Map<number, One>();
  return (index) => {
    const known = made.get(index);
    if (known !== undefined) return known;
    const one = make(index);
    if (one !== undefined) made.set(index, one);
    return one;
  };
};

const hashOf = (bytes: Uint8Array): Uint8Array =>
  createHash('sha256').update(bytes.subarray(LENGTHS_AT)).digest();
const aligned = (length: number): number => Math.ceil(length / 4) * 4;

/** Compiles packs into bytes that `decompile` understands; the same packs always give the same bytes. */
export const compilePacks = (packs: Packs): Uint8Array => {
  const { refs, contestIds, contestAt, tables } = compile(packs);
  const { vocabulary, trie, outline, meaningAt } = tables;
  const meanings = Array.from(outline.bits, (_, number) => meaningAt(number)).filter(
    (one) => one !== undefined,
  );
  const contests = contestIds.map((_, index) => contestAt(index));
  const rules = meanings.filter((one) => !isName(one));
  const texts = [
    contestIds.join('\n'),
    ...[refs(), packs.code, ...contests, ...rules].map((one) => JSON.stringify(one)),
  ].map((text) => Buffer.from(text));
  let end = 0;
  const columns = [
    ...[vocabulary.letters, vocabulary.offsets, vocabulary.slots],
    ...[vocabulary.standsFor, vocabulary.value, vocabulary.traits],
    ...[trie.keys, trie.children, trie.meanings, trie.said, trie.first],
    ...[outline.bits, outline.numbers, numbersOf(meanings), Buffer.concat(texts)],
    Uint32Array.from(texts, ({ length }) => (end += length)),
  ];
  const lengths = Uint32Array.from(columns, ({ length }) => length);
  const from = LENGTHS_AT + lengths.byteLength;
  const bytes = new Uint8Array(columns.reduce((sum, { byteLength }) => sum + aligned(byteLength), from));
  new Uint32Array(bytes.buffer).set([MAGIC, FORMAT, columns.length]);
  new Uint32Array(bytes.buffer, LENGTHS_AT).set(lengths);
  let at = from;
  for (const { buffer, byteOffset, byteLength } of columns) {
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), at);
    at += aligned(byteLength);
  }
  bytes.set(hashOf(bytes), HASH_AT);
  return bytes;
};

export type Decompiled =
  | { readonly kind: 'compiled'; readonly compiled: CompiledPacks }
  | { readonly kind: 'refused'; readonly why: 'no-compiled-packs' | 'other-format' | 'damaged' };

/** Hands out the columns of a file in their order, as they lie there. */
const unpack = (bytes: Uint8Array, count: number) => {
  const lengths = new Uint32Array(bytes.buffer, bytes.byteOffset + LENGTHS_AT, count);
  let at = LENGTHS_AT + lengths.byteLength;
  let index = 0;
  return <Column extends { readonly byteLength: number }>(
    view: new (buffer: ArrayBufferLike, offset: number, length: number) => Column,
  ): Column => {
    const column = new view(bytes.buffer, bytes.byteOffset + at, lengths[index] ?? 0);
    index += 1;
    at += aligned(column.byteLength);
    return column;
  };
};

/** Takes bytes of `compilePacks` for use as they are; only an unaligned buffer is copied. */
export const decompile = (file: Uint8Array): Decompiled => {
  if (file.length < LENGTHS_AT) return { kind: 'refused', why: 'no-compiled-packs' };
  const bytes = file.byteOffset % 4 === 0 ? file : Uint8Array.from(file);
  const [magic, format, columns = 0] = new Uint32Array(bytes.buffer, bytes.byteOffset, 3);
  if (magic !== MAGIC) return { kind: 'refused', why: 'no-compiled-packs' };
  if (format !== FORMAT) return { kind: 'refused', why: 'other-format' };
  if (Buffer.compare(hashOf(bytes), bytes.subarray(HASH_AT, LENGTHS_AT)) !== 0)
    return { kind: 'refused', why: 'damaged' };
  const next = unpack(bytes, columns);
  const vocabulary = {
    letters: next(Uint16Array),
    offsets: next(Uint32Array),
    slots: next(Int32Array),
    standsFor: next(Int32Array),
    value: next(Int8Array),
    traits: next(Uint8Array),
  };
  const trie = {
    keys: next(Int32Array),
    children: next(Int32Array),
    meanings: next(Int32Array),
    said: next(Int32Array),
    first: next(Int32Array),
  };
  const outline = { bits: next(Uint8Array), numbers: next(Uint8Array) };
  const names = next(Int32Array);
  const [shelf, ends] = [next(Uint8Array), next(Uint32Array)];
  const textAt = (place: number): string =>
    Buffer.from(shelf.subarray(ends[place - 1] ?? 0, ends[place])).toString();
  const parsed = <One>(schema: z.ZodType<One>, place: number): One =>
    schema.parse(JSON.parse(textAt(place)), { jitless: true });
  const contestIds = textAt(IDS)
    .split('\n')
    .filter((id) => id !== '');
  const rulesFrom = CONTESTS + contestIds.length;
  const rules = ends.length - rulesFrom;
  let code: CodePack | undefined;
  let refs: readonly PackRef[] | undefined;
  return {
    kind: 'compiled',
    compiled: {
      contestIds,
      refs: () => (refs ??= parsed(z.array(PackRef), REFS)),
      code: () => (code ??= parsed(CodePack, CODE)),
      contestAt: remembered((index) =>
        index >= 0 && index < contestIds.length ? parsed(CompiledContest, CONTESTS + index) : undefined,
      ),
      tables: {
        vocabulary,
        trie,
        outline,
        meaningAt: remembered((number) =>
          number < rules ? parsed(Meaning, rulesFrom + number) : nameFrom(names, number - rules),
        ),
      },
    },
  };
};
