import type { Archive } from './open-archive.js';
import type { ArchiveNetwork, ArchiveRecord, Period } from './archive-post.js';

/** Whose archive it is, as far as it says. */
export interface ArchiveOwner {
  /** The name under which the network knows the account. */
  readonly handle: string | null;
  /** Whether the account is closed to strangers; `null` where the archive does not say. */
  readonly isPrivate: boolean | null;
}

/** How the download of one network is laid out, as it is documented publicly. */
export interface ArchiveFormat {
  readonly network: ArchiveNetwork;
  /**
   * The files that hold what the holder posted, and the only ones that are read but for `ownerFiles`. Its first group is the
   * folder around the whole download, if there is one.
   */
  readonly postFiles: RegExp;
  /** The files that say whose it is. */
  readonly ownerFiles: RegExp;
  /** Signs of the same download in a format that is not read: web pages, text. */
  readonly otherFormat: RegExp;
  /** Signs of the same download in a language whose column names are not known. */
  readonly otherLanguage?: RegExp;
  readonly owner: (archive: Archive, files: readonly string[]) => Promise<ArchiveOwner>;
  readonly posts: (archive: Archive, reading: Reading) => AsyncGenerator<ArchiveRecord>;
}

export interface Reading {
  /** The names that fit `postFiles`, in order. */
  readonly files: readonly string[];
  readonly owner: ArchiveOwner;
  readonly period: Period;
}

/** Whether what the archive says of the account makes a post of it public: never, or not known. */
export const publicIn = ({ isPrivate }: ArchiveOwner): boolean | null =>
  isPrivate === null ? null : !isPrivate;
