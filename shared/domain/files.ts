import * as z from 'zod';
import type { FindingId, PersonId } from './ids.js';

/**
 * Where a file lies. The folder says what it ends with: `findings/` with the finding that it belongs to, `people/` with the
 * person's erasure or after 7 days, `exports/` after 7 days, `submissions/` once its text was screened.
 */
export const FileKey = z
  .string()
  .regex(/^(findings|people|exports|submissions)\/[0-9a-f]{32}\/[a-z0-9][a-z0-9._-]{0,99}$/)
  .brand<'FileKey'>();
export type FileKey = z.infer<typeof FileKey>;

/** All files of one owner. */
export const FileFolder = z
  .string()
  .regex(/^(findings|people|exports|submissions)\/[0-9a-f]{32}\/$/)
  .brand<'FileFolder'>();
export type FileFolder = z.infer<typeof FileFolder>;

export const filesOf = (
  owner: { readonly finding: FindingId } | { readonly person: PersonId } | { readonly submission: string },
): FileFolder => {
  if ('finding' in owner) return FileFolder.parse(`findings/${owner.finding}/`);
  return FileFolder.parse('person' in owner ? `people/${owner.person}/` : `submissions/${owner.submission}/`);
};

/** An export that concerns nobody in particular, like the record's, under a name of chance. */
export const exportFolder = (chance: string): FileFolder => FileFolder.parse(`exports/${chance}/`);

export const fileIn = (folder: FileFolder, name: string): FileKey => FileKey.parse(`${folder}${name}`);
