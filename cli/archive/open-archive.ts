import { open } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { openPromise, type Entry, type ZipFile } from 'yauzl';
import { garbageCollector } from './collect-garbage.js';
import { ArchiveRefusal } from './refusal.js';
import { whyNoZip } from './sniff.js';
import { entryCheck } from './zip-entries.js';

/** An archive whose index was checked. Nothing of it is ever unpacked to disk. */
export interface Archive {
  /** The names of all files in it. */
  readonly names: readonly string[];
  /** The bytes of one file, as they are unpacked. */
  readonly read: (name: string) => AsyncGenerator<Uint8Array>;
}

/** JSON of the networks packs 5 to 40 times smaller; deflate can do 1,032. */
const GREATEST_RATIO = 200;
/** Below it the ratio says nothing. */
const RATIO_FROM = 1024 * 1024;
/** Of all that is read of one archive. */
const MOST_BYTES = 8 * 1024 ** 3;

/** After so many bytes memory is given back. */
const COLLECT_EVERY = 32 * 1024 ** 2;

const HEAD_BYTES = 16;

const hasCode = (error: unknown, ...codes: readonly string[]): boolean =>
  error instanceof Error && 'code' in error && codes.some((code) => code === error.code);

const headOf = async (file: string): Promise<Buffer> => {
  const handle = await open(file).catch((cause: unknown) => {
    if (hasCode(cause, 'ENOENT', 'ENOTDIR')) throw new ArchiveRefusal('missing', file, { cause });
    throw cause;
  });
  try {
    if ((await handle.stat()).isDirectory()) throw new ArchiveRefusal('folder', file);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
};

/** Whatever the unpacking library finds wrong is damage: a file that is cut off, or whose bytes are not what they were. */
const damaged = (cause: unknown): ArchiveRefusal =>
  cause instanceof ArchiveRefusal ? cause : new ArchiveRefusal('damaged', '', { cause });

const indexOf = async (zip: ZipFile): Promise<ReadonlyMap<string, Entry>> => {
  const entries = new Map<string, Entry>();
  const check = entryCheck();
  try {
    for await (const entry of zip.eachEntry()) {
      const name = check.take(entry);
      if (!name.endsWith('/')) entries.set(name, entry);
    }
  } catch (error) {
    throw damaged(error);
  }
  check.end();
  return entries;
};

/** Opens a file, and hands the archive in it to `use`; closed whatever happens. */
export const withArchive = async <Result>(
  file: string,
  use: (archive: Archive) => Promise<Result>,
): Promise<Result> => {
  const why = whyNoZip(await headOf(file));
  if (why !== null) throw new ArchiveRefusal(why, file);
  const zip = await openPromise(file, { lazyEntries: true, autoClose: false, decodeStrings: false }).catch(
    (cause: unknown) => {
      throw damaged(cause);
    },
  );
  const collect = garbageCollector();
  let total = 0;
  let collected = 0;

  async function* unpacked(entry: Entry): AsyncGenerator<Uint8Array> {
    let bytes = 0;
    let sum = 0;
    const stream = await zip.openReadStreamPromise(entry);
    for await (const chunk of stream) {
      if (!(chunk instanceof Uint8Array)) throw new TypeError('A stream of bytes gave something else');
      bytes += chunk.length;
      total += chunk.length;
      if (total > MOST_BYTES || (bytes > RATIO_FROM && bytes > entry.compressedSize * GREATEST_RATIO))
        throw new ArchiveRefusal('bomb');
      if (total - collected > COLLECT_EVERY) {
        collect();
        collected = total;
      }
      sum = crc32(chunk, sum);
      yield chunk;
    }
    if (sum !== entry.crc32) throw new ArchiveRefusal('damaged');
  }

  try {
    const entries = await indexOf(zip);
    return await use({
      names: [...entries.keys()],
      async *read(name) {
        const entry = entries.get(name);
        if (entry === undefined) throw new Error(`The archive has no ${name}`);
        try {
          yield* unpacked(entry);
        } catch (error) {
          throw damaged(error);
        }
      },
    });
  } finally {
    zip.close();
  }
};
