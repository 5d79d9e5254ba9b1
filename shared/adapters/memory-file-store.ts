import type { FileFolder, FileKey } from '../domain/files.js';
import type { FileStore } from '../ports.js';
import { promised } from './memory-rows.js';

/** Files for one process. */
export const memoryFileStore = (): FileStore => {
  const files = new Map<FileKey, Uint8Array>();
  const keysIn = (folder: FileFolder): FileKey[] =>
    [...files.keys()].filter((key) => key.startsWith(folder)).sort();
  return {
    put: (key, { bytes }) =>
      promised(() => {
        files.set(key, Uint8Array.from(bytes));
      }),
    read: (key) => promised(() => files.get(key) ?? null),
    link: (key, { seconds, name }) =>
      promised(() => `https://files.example/${key}?seconds=${seconds}&name=${encodeURIComponent(name)}`),
    list: (folder) => promised(() => keysIn(folder)),
    erase: (folder) =>
      promised(() => {
        const keys = keysIn(folder);
        for (const key of keys) files.delete(key);
        return keys.length;
      }),
  };
};
