import { FILE_KINDS, faultIn, kindOf, type FileName } from '../../shared/domain/file-kinds.js';
import { fileIn, uploadsOf, type FileKey } from '../../shared/domain/files.js';
import type { PersonId } from '../../shared/domain/ids.js';
import type { ApiDeps } from './api.js';
import { ProblemError } from './problem.js';

/** A file that its owner has uploaded, and that is what it was announced to be. */
export interface Claimed {
  readonly key: FileKey;
  readonly file: FileName;
  readonly bytes: number;
}

const FAULTS = {
  missing: 'is not a file that you have uploaded and not used yet',
  size: 'is larger than is taken, or empty',
  hash: 'did not arrive as it was announced; upload it again',
  kind: 'is not of the kind that its name says',
} as const;

const uploadFault = (at: string, fault: keyof typeof FAULTS): ProblemError =>
  new ProblemError('upload-refused', { errors: [{ at: `json.${at}`, detail: FAULTS[fault] }] });

/**
 * Looks at what somebody uploaded before anything rests on it: the bucket has compared the bytes with what was announced, and
 * here they are compared once more, and with their kind.
 */
export const claimUpload =
  ({ files }: Pick<ApiDeps, 'files'>) =>
  async (person: PersonId, upload: FileName, at: string): Promise<Claimed> => {
    const key = fileIn(uploadsOf(person), upload);
    const listed = (await files.list(uploadsOf(person))).find((file) => file.key === key);
    if (listed === undefined) throw uploadFault(at, 'missing');
    // Not read at all if it is too large to be.
    if (listed.bytes > FILE_KINDS[kindOf(upload)].mostBytes) throw uploadFault(at, 'size');
    const bytes = await files.read(key);
    if (bytes === null) throw uploadFault(at, 'missing');
    const fault = faultIn(upload, bytes);
    if (fault !== null) throw uploadFault(at, fault);
    return { key, file: upload, bytes: bytes.length };
  };
