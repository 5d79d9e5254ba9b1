import * as z from 'zod';
import { Positive } from './fields.js';
import { FileName, kindOf } from './file-kinds.js';
import { type FindingId, PersonId } from './ids.js';
import { Instant } from './time.js';

export type Folder = 'findings' | 'people' | 'exports' | 'submissions' | 'uploads';

/**
 * Where a file lies. The folder says what it ends with: `findings/` with the finding that it belongs to, `people/` with the
 * person's erasure or after 7 days, `exports/` after 7 days, `submissions/` once its text was screened, `uploads/` once it is
 * used or after a day.
 */
export const FileKey = z
  .string()
  .regex(/^(findings|people|exports|submissions|uploads)\/[0-9a-f]{32}\/[a-z0-9][a-z0-9._-]{0,99}$/)
  .brand<'FileKey'>();
export type FileKey = z.infer<typeof FileKey>;

/** All files of one owner. */
export const FileFolder = z
  .string()
  .regex(/^(findings|people|exports|submissions|uploads)\/[0-9a-f]{32}\/$/)
  .brand<'FileFolder'>();
export type FileFolder = z.infer<typeof FileFolder>;

export const filesOf = (
  owner: { readonly finding: FindingId } | { readonly person: PersonId } | { readonly submission: string },
): FileFolder => {
  if ('finding' in owner) return FileFolder.parse(`findings/${owner.finding}/`);
  return FileFolder.parse('person' in owner ? `people/${owner.person}/` : `submissions/${owner.submission}/`);
};

/** What somebody has uploaded and not used yet. */
export const uploadsOf = (person: PersonId): FileFolder => FileFolder.parse(`uploads/${person}/`);

/** An export that concerns nobody in particular, like the record's, under a name of chance. */
export const exportFolder = (chance: string): FileFolder => FileFolder.parse(`exports/${chance}/`);

export const fileIn = (folder: FileFolder, name: string): FileKey => FileKey.parse(`${folder}${name}`);

/** For how many days at most a file lies in a folder that it does not stay in. */
export const FILE_ENDS: readonly { readonly folder: Folder; readonly days: number }[] = [
  { folder: 'people', days: 7 },
  { folder: 'exports', days: 7 },
  { folder: 'submissions', days: 7 },
  { folder: 'uploads', days: 1 },
];

/** A file that somebody gave in, as it is kept with a finding. */
export const KeptFile = z.strictObject({
  file: FileName,
  bytes: Positive,
  /** As whoever gave it called it; a file that was never named goes by what it is. */
  name: z
    .string()
    .trim()
    .min(1)
    .max(100)
    .regex(/^[^\p{C}/\\]+$/u, 'must be the name of a file, without slashes and control characters'),
});
export type KeptFile = z.infer<typeof KeptFile>;

/** A picture of a post: the file, when it was given in, and as what. */
export const Capture = z.strictObject({
  kept: KeptFile,
  at: Instant,
  by: PersonId,
  as: z.enum(['holder', 'analyst']),
});
export type Capture = z.infer<typeof Capture>;

/** All files of one finding together; what is examined later has to be packed in one piece. */
export const MOST_BYTES_OF_A_FINDING = 50 * 1024 * 1024;

/** Its name for whoever saves it, which says what it really is. */
export const savedAs = ({ file, name }: KeptFile): string => {
  const ending = `.${kindOf(file)}`;
  return name.toLowerCase().endsWith(ending) ? name : `${name}${ending}`;
};
