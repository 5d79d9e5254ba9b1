import { getFileNameLowLevel, validateFileName, type Entry } from 'yauzl';
import { ArchiveRefusal } from './refusal.js';

/** A download of one network has tens of thousands of files; the index of more would not fit into the memory. */
const MOST_FILES = 400_000;

const FILE_TYPE = 0o170000;
const SYMBOLIC_LINK = 0o120000;

/** A symbolic link, as Unix writes it into the upper half of the attributes. */
const isLink = ({ externalFileAttributes }: Entry): boolean =>
  ((externalFileAttributes >>> 16) & FILE_TYPE) === SYMBOLIC_LINK;

const nameOf = ({ generalPurposeBitFlag, fileNameRaw, extraFields }: Entry): string =>
  getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, true);

/**
 * Checks the index of an archive entry by entry. No network's download has links, names that climb out of their folder,
 * one name twice, locked files or files that share their bytes, so whatever has is not one, or was changed on its way.
 */
export const entryCheck = () => {
  const names = new Set<string>();
  const places: { readonly start: number; readonly size: number }[] = [];

  /** The entry's name, once it is above suspicion. */
  const take = (entry: Entry): string => {
    const name = nameOf(entry);
    if (validateFileName(name) !== null || isLink(entry) || names.has(name))
      throw new ArchiveRefusal('path-trick', name);
    if (entry.isEncrypted()) throw new ArchiveRefusal('encrypted', name);
    if (names.size === MOST_FILES) throw new ArchiveRefusal('too-many-files');
    names.add(name);
    places.push({ start: entry.relativeOffsetOfLocalHeader, size: entry.compressedSize });
    return name;
  };

  /** Once all are there: entries that share bytes unpack one file many times over. */
  const end = (): void => {
    places.sort((one, other) => one.start - other.start);
    places.forEach(({ start }, index) => {
      const before = places[index - 1];
      if (before !== undefined && before.start + before.size > start) throw new ArchiveRefusal('bomb');
    });
  };

  return { take, end };
};
