import { createHash } from 'node:crypto';
import * as z from 'zod';

const MEGABYTE = 1024 * 1024;

interface FileKind {
  readonly type: string;
  readonly mostBytes: number;
  /** Whether the bytes are what they are said to be, as far as their beginning tells. */
  readonly fits: (bytes: Uint8Array) => boolean;
}

const hasAt = (bytes: Uint8Array, offset: number, expected: string): boolean =>
  Buffer.from(bytes.subarray(offset, offset + expected.length)).toString('latin1') === expected;

const isText = (bytes: Uint8Array): boolean => {
  try {
    // Tabs and line ends are text; other control characters are not.
    return !/[\p{Cc}--[\t\n\r\f]]/v.test(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
};

/** What people may give in. Nothing among it is a page or a program, and nothing is ever shown by the system itself. */
export const FILE_KINDS = {
  png: {
    type: 'image/png',
    mostBytes: 10 * MEGABYTE,
    fits: (bytes) => hasAt(bytes, 0, '\x89PNG\r\n\x1a\n'),
  },
  jpg: { type: 'image/jpeg', mostBytes: 10 * MEGABYTE, fits: (bytes) => hasAt(bytes, 0, '\xff\xd8\xff') },
  webp: {
    type: 'image/webp',
    mostBytes: 10 * MEGABYTE,
    fits: (bytes) => hasAt(bytes, 0, 'RIFF') && hasAt(bytes, 8, 'WEBP'),
  },
  pdf: { type: 'application/pdf', mostBytes: 10 * MEGABYTE, fits: (bytes) => hasAt(bytes, 0, '%PDF-') },
  txt: { type: 'text/plain', mostBytes: MEGABYTE, fits: isText },
  mp4: { type: 'video/mp4', mostBytes: 25 * MEGABYTE, fits: (bytes) => hasAt(bytes, 4, 'ftyp') },
  webm: {
    type: 'video/webm',
    mostBytes: 25 * MEGABYTE,
    fits: (bytes) => hasAt(bytes, 0, '\x1a\x45\xdf\xa3'),
  },
} as const satisfies Record<string, FileKind>;

export const FileKindName = z.enum(['png', 'jpg', 'webp', 'pdf', 'txt', 'mp4', 'webm']);
export type FileKindName = z.infer<typeof FileKindName>;

/** A file by what it is: the SHA-256 of its bytes, and their kind. */
export const FileName = z
  .string()
  .max(69)
  .regex(/^[0-9a-f]{64}\.(png|jpg|webp|pdf|txt|mp4|webm)$/)
  .brand<'FileName'>();
export type FileName = z.infer<typeof FileName>;

export const fileName = (sha256: string, kind: FileKindName): FileName => FileName.parse(`${sha256}.${kind}`);

export const kindOf = (file: FileName): FileKindName => FileKindName.parse(file.slice(65));

export const hashIn = (file: FileName): string => file.slice(0, 64);

/** The kind whose ending a name has; `null` for what is not taken. */
export const kindByEnding = (name: string): FileKindName | null => {
  const ending = name.toLowerCase().split('.').at(-1) ?? '';
  return FileKindName.safeParse(ending === 'jpeg' ? 'jpg' : ending).data ?? null;
};

/** Why bytes are not the file that a name promises; `null` when they are. */
export const faultIn = (file: FileName, bytes: Uint8Array): 'size' | 'hash' | 'kind' | null => {
  const kind = FILE_KINDS[kindOf(file)];
  if (bytes.length === 0 || bytes.length > kind.mostBytes) return 'size';
  if (createHash('sha256').update(bytes).digest('hex') !== hashIn(file)) return 'hash';
  return kind.fits(bytes) ? null : 'kind';
};
