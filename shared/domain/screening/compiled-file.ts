import { createHash } from 'node:crypto';
import * as z from 'zod';
import { compile, CompiledContest, type CompiledPacks } from './compiled.js';
import { CodePack, type Packs } from './packs.js';
import { isName } from './tables.js';
import { Meaning, Role } from './terms.js';
import { PackRef } from './verdict.js';

/*
 * The compiled form in a file, so that a start need not compile:
 *
 *     0    magic, format, length of the contents, 0    four 32-bit numbers
 *     16   SHA-256 of all that follows
 *     48   contents: JSON in UTF-8
 *     …    the arrays of the tables, one after another
 *
 * Everything begins at a multiple of four bytes. Numbers lie as the machine has them, which is little-endian
 * wherever this runs; elsewhere the magic would not be recognised.
 */
const MAGIC = 0x4c52544e;
/** Raise it with every change in how packs are compiled or texts are read, so that no older form is used any more. */
const FORMAT = 4;
const HASH_AT = 16;
const CONTENTS_AT = 48;

/** All but the arrays. It is small: parsing is what a start would wait for. */
const Contents = z.strictObject({
  refs: z.array(PackRef),
  contestIds: z.array(z.string()),
  /** Those meanings that speak for no contestant. */
  rules: z.array(Meaning),
  /** Of each array, in elements. */
  lengths: z.array(z.int().nonnegative()),
});

/** The meanings of names: contest, contestant and role, three numbers each. */
const numbersOf = (meanings: readonly Meaning[]): Int32Array =>
  Int32Array.from(
    meanings
      .filter(isName)
      .flatMap(({ contest, contestant, role }) => [contest, contestant, Role.options.indexOf(role)]),
  );
const namesFrom = (numbers: Int32Array): Meaning[] =>
  Array.from({ length: numbers.length / 3 }, (_, index) => ({
    kind: 'contestant',
    contest: numbers[index * 3] ?? 0,
    contestant: numbers[index * 3 + 1] ?? 0,
    role: Role.options[numbers[index * 3 + 2] ?? 0] ?? 'name',
  }));

/**
 * The code and the contests, each as JSON in UTF-8 of its own. Only those are parsed that a post is screened for,
 * and the code when a post indicates for the first time.
 */
const shelfOf = (code: CodePack, contests: readonly CompiledContest[]) => {
  const texts = [code, ...contests].map((one) => Buffer.from(JSON.stringify(one)));
  let end = 0;
  return { texts: Buffer.concat(texts), ends: Uint32Array.from(texts, ({ length }) => (end += length)) };
};
const parsed = <One>(schema: z.ZodType<One>, texts: Uint8Array, from: number, to: number): One =>
  schema.parse(JSON.parse(Buffer.from(texts.subarray(from, to)).toString()));

const packsFrom = (texts: Uint8Array, ends: Uint32Array): Pick<CompiledPacks, 'code' | 'contestAt'> => {
  let code: CodePack | undefined;
  const contests = new Map<number, CompiledContest>();
  return {
    code: () => (code ??= parsed(CodePack, texts, 0, ends[0] ?? 0)),
    contestAt: (index) => {
      const [from, to] = [ends[index], ends[index + 1]];
      const known = contests.get(index);
      if (known !== undefined || from === undefined || to === undefined) return known;
      const contest = parsed(CompiledContest, texts, from, to);
      contests.set(index, contest);
      return contest;
    },
  };
};

const hashOf = (bytes: Uint8Array): Uint8Array =>
  createHash('sha256').update(bytes.subarray(CONTENTS_AT)).digest();
const aligned = (length: number): number => Math.ceil(length / 4) * 4;

/** Compiles packs into bytes that `decompile` understands; the same packs always give the same bytes. */
export const compilePacks = (packs: Packs): Uint8Array => {
  const { refs, contestIds, contestAt, tables } = compile(packs);
  const { vocabulary, trie, meanings } = tables;
  const contests = contestIds.flatMap((_, index) => contestAt(index) ?? []);
  const shelf = shelfOf(packs.code, contests);
  const arrays = [
    ...[vocabulary.letters, vocabulary.offsets, vocabulary.slots],
    ...[vocabulary.standsFor, vocabulary.value, vocabulary.traits],
    ...[trie.keys, trie.children, trie.meanings, trie.said, trie.first],
    ...[numbersOf(meanings), shelf.texts, shelf.ends],
  ];
  const lengths = arrays.map(({ length }) => length);
  const rules = meanings.filter((meaning) => !isName(meaning));
  const contents: z.infer<typeof Contents> = {
    refs: [...refs],
    contestIds: [...contestIds],
    rules,
    lengths,
  };
  const json = Buffer.from(JSON.stringify(contents));
  const size = arrays.reduce((sum, { byteLength }) => sum + aligned(byteLength), aligned(json.length));
  const bytes = new Uint8Array(CONTENTS_AT + size);
  new Uint32Array(bytes.buffer).set([MAGIC, FORMAT, json.length]);
  bytes.set(json, CONTENTS_AT);
  let at = CONTENTS_AT + aligned(json.length);
  for (const { buffer, byteOffset, byteLength } of arrays) {
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), at);
    at += aligned(byteLength);
  }
  bytes.set(hashOf(bytes), HASH_AT);
  return bytes;
};

export type Decompiled =
  | { readonly kind: 'compiled'; readonly compiled: CompiledPacks }
  | { readonly kind: 'refused'; readonly why: 'no-compiled-packs' | 'other-format' | 'damaged' };

/** Hands out the arrays of a file in their order, as they lie there. */
const unpack = (bytes: Uint8Array, from: number, lengths: readonly number[]) => {
  let at = from;
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
  if (file.length < CONTENTS_AT) return { kind: 'refused', why: 'no-compiled-packs' };
  const bytes = file.byteOffset % 4 === 0 ? file : Uint8Array.from(file);
  const [magic, format, jsonLength = 0] = new Uint32Array(bytes.buffer, bytes.byteOffset, 3);
  if (magic !== MAGIC) return { kind: 'refused', why: 'no-compiled-packs' };
  if (format !== FORMAT) return { kind: 'refused', why: 'other-format' };
  if (Buffer.compare(hashOf(bytes), bytes.subarray(HASH_AT, CONTENTS_AT)) !== 0)
    return { kind: 'refused', why: 'damaged' };
  const json = Buffer.from(bytes.buffer, bytes.byteOffset + CONTENTS_AT, jsonLength).toString();
  const { rules, lengths, ...rest } = Contents.parse(JSON.parse(json));
  const next = unpack(bytes, CONTENTS_AT + aligned(jsonLength), lengths);
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
  const meanings = [...rules, ...namesFrom(next(Int32Array))];
  const packs = packsFrom(next(Uint8Array), next(Uint32Array));
  return { kind: 'compiled', compiled: { ...rest, ...packs, tables: { vocabulary, trie, meanings } } };
};
