import { createHash } from 'node:crypto';
import * as z from 'zod';
import { CodePack, ContestPack, packRef, type Packs } from './packs.js';
import { tablesOf, type Tables } from './tables.js';
import { Meaning } from './terms.js';
import { PackRef } from './verdict.js';

/** Packs as the screening uses them. Of the languages only what they have put into the tables is left. */
export interface CompiledPacks {
  readonly code: CodePack;
  readonly contests: readonly ContestPack[];
  /** Of the code and the languages. */
  readonly refs: readonly PackRef[];
  /** In the order of the contests. */
  readonly contestRefs: readonly PackRef[];
  readonly tables: Tables;
}

/** Tens of milliseconds for the packs of the project, and more than a hundred for 20,000 terms. */
export const compile = ({ code, languages, contests }: Packs): CompiledPacks => ({
  code,
  contests,
  refs: [code, ...languages].map(packRef),
  contestRefs: contests.map(packRef),
  tables: tablesOf(languages, contests),
});

/*
 * The compiled form in a file, so that a start need not compile:
 *
 *     0    magic, format, length of the contents, 0    four 32-bit numbers
 *     16   SHA-256 of all that follows
 *     48   contents: JSON in UTF-8, filled up with blanks to a multiple of four bytes
 *     …    the arrays of the vocabulary and the trie, one after another, each filled up to a multiple of four
 *
 * Numbers lie as the machine has them, which is little-endian wherever this runs; elsewhere the magic would not
 * be recognised.
 */
const MAGIC = 0x4c52544e;
const FORMAT = 1;
const HASH_AT = 16;
const CONTENTS_AT = 48;

const Contents = z.strictObject({
  code: CodePack,
  contests: z.array(ContestPack),
  refs: z.array(PackRef),
  contestRefs: z.array(PackRef),
  meanings: z.array(Meaning),
  /** Of each array, in elements. */
  lengths: z.array(z.int().nonnegative()),
});

const hashOf = (bytes: Uint8Array): Uint8Array =>
  createHash('sha256').update(bytes.subarray(CONTENTS_AT)).digest();
const aligned = (length: number): number => Math.ceil(length / 4) * 4;

/** The arrays in the order in which they lie in the file. */
const arraysOf = ({ vocabulary, trie }: Tables) => [
  vocabulary.letters,
  vocabulary.offsets,
  vocabulary.slots,
  vocabulary.standsFor,
  vocabulary.value,
  vocabulary.traits,
  trie.keys,
  trie.children,
  trie.meanings,
  trie.said,
  trie.first,
];

/** Compiles packs into bytes that `screenerFrom` understands; the same packs always give the same bytes. */
export const compilePacks = (packs: Packs): Uint8Array => {
  const { tables, ...rest } = compile(packs);
  const arrays = arraysOf(tables);
  const lengths = arrays.map(({ length }) => length);
  const json = Buffer.from(JSON.stringify({ ...rest, meanings: tables.meanings, lengths }));
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

/** Whether these are the packs that were compiled, by their hashes. */
export const isCompiledFrom = ({ refs, contestRefs }: CompiledPacks, packs: Packs): boolean => {
  const hashes = [packs.code, ...packs.languages, ...packs.contests].map((pack) => packRef(pack).hash);
  return hashes.join() === [...refs, ...contestRefs].map(({ hash }) => hash).join();
};

/** Takes bytes of `compilePacks` for use as they are; only an unaligned buffer is copied. */
export const decompile = (file: Uint8Array): Decompiled => {
  if (file.length < CONTENTS_AT) return { kind: 'refused', why: 'no-compiled-packs' };
  const bytes = file.byteOffset % 4 === 0 ? file : file.slice();
  const [magic, format, jsonLength = 0] = new Uint32Array(bytes.buffer, bytes.byteOffset, 3);
  if (magic !== MAGIC) return { kind: 'refused', why: 'no-compiled-packs' };
  if (format !== FORMAT) return { kind: 'refused', why: 'other-format' };
  if (Buffer.compare(hashOf(bytes), bytes.subarray(HASH_AT, CONTENTS_AT)) !== 0)
    return { kind: 'refused', why: 'damaged' };
  const json = Buffer.from(bytes.buffer, bytes.byteOffset + CONTENTS_AT, jsonLength).toString();
  const { meanings, lengths, ...rest } = Contents.parse(JSON.parse(json));

  let at = bytes.byteOffset + CONTENTS_AT + aligned(jsonLength);
  let array = 0;
  const next = <Column extends { readonly byteLength: number }>(
    view: new (buffer: ArrayBufferLike, offset: number, length: number) => Column,
  ): Column => {
    const column = new view(bytes.buffer, at, lengths[array] ?? 0);
    array += 1;
    at += aligned(column.byteLength);
    return column;
  };
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
  return { kind: 'compiled', compiled: { ...rest, tables: { vocabulary, trie, meanings } } };
};
