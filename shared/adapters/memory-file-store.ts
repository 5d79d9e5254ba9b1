import type { FileFolder, FileKey } from '../domain/files.js';
import type { Instant } from '../domain/time.js';
import type { Clock, FileStore } from '../ports.js';
import { promised } from './memory-rows.js';

interface Kept {
  readonly bytes: Uint8Array;
  readonly at: Instant;
}

/** Files for one process. Nothing listens at its links. */
export const memoryFileStore = (now: Clock): FileStore => {
  const files = new Map<FileKey, Kept>();
  const keep = (key: FileKey, bytes: Uint8Array): void => {
    files.set(key, { bytes: Uint8Array.from(bytes), at: now() });
  };
  const keysIn = (folder: FileFolder): FileKey[] =>
    [...files.keys()].filter((key) => key.startsWith(folder)).sort();
  const erased = (keys: readonly FileKey[]): number => {
    for (const key of keys) files.delete(key);
    return keys.length;
  };
  return {
    put: (key, { bytes }) =>
      promised(() => {
        keep(key, bytes);
      }),
    read: (key) => promised(() => files.get(key)?.bytes ?? null),
    copy: (from, to) =>
      promised(() => {
        const kept = files.get(from);
        if (kept === undefined) throw new Error('There is no such file');
        keep(to, kept.bytes);
      }),
    remove: (key) =>
      promised(() => {
        files.delete(key);
      }),
    link: (key, { seconds, name }) =>
      promised(() => `https://files.example/${key}?seconds=${seconds}&name=${encodeURIComponent(name)}`),
    uploadLink: (key, { seconds, type }) =>
      promised(() => ({
        link: `https://files.example/${key}?put&seconds=${seconds}`,
        headers: { 'content-type': type },
      })),
    origin: () => Promise.resolve('https://files.example'),
    list: (folder) =>
      promised(() => keysIn(folder).map((key) => ({ key, bytes: files.get(key)?.bytes.length ?? 0 }))),
    erase: (folder) => promised(() => erased(keysIn(folder))),
    eraseOld: (folder, at) =>
      promised(() =>
        erased(
          [...files]
            .filter(([key, kept]) => key.startsWith(`${folder}/`) && kept.at <= at)
            .map(([key]) => key),
        ),
      ),
  };
};
