import * as z from 'zod';
import { FileName } from '../../shared/domain/file-kinds.js';
import { fileIn, filesOf, KeptFile, type FileKey } from '../../shared/domain/files.js';
import type { FindingId } from '../../shared/domain/ids.js';
import type { Caller } from '../../shared/domain/registry/supervision.js';
import { filesOfFinding } from '../../shared/domain/review/transition.js';
import { refusal, seenBy, type ActDeps } from './act-on-finding.js';
import type { ApiDeps } from './api.js';
import { claimUpload } from './claim-upload.js';

/** Files that a holder names in an answer or an objection. */
export const Attachments = z
  .array(z.strictObject({ upload: FileName, name: KeptFile.shape.name }))
  .max(5)
  .default([]);
type Attachments = z.infer<typeof Attachments>;

interface Attached {
  readonly files: readonly KeptFile[];
  /** Puts them with the finding; before the act that names them is kept, so that it never names what is not there. */
  readonly keep: () => Promise<void>;
  /** Deletes the uploads, once the act is kept. */
  readonly release: () => Promise<void>;
}

export type AttachDeps = ActDeps & Pick<ApiDeps, 'files'>;

/**
 * The files that a holder names, each looked at. One that this finding has already is not asked for again, so that a request
 * may be repeated whose answer was lost.
 */
export const attachmentsTo =
  (deps: AttachDeps) =>
  async (caller: Caller, id: FindingId, named: Attachments): Promise<Attached> => {
    const { files } = deps;
    const kept: KeptFile[] = [];
    const moves: { readonly from: FileKey; readonly to: FileKey }[] = [];
    if (named.length > 0) {
      const { finding, party } = await seenBy(caller, id, deps);
      if (!party.isHolder) throw refusal('not-yours');
      const there = new Map(filesOfFinding(finding).map(({ file, bytes }) => [file, bytes]));
      for (const [index, { upload, name }] of named.entries()) {
        const at = `attachments.${index}.upload`;
        const earlier = there.get(upload);
        if (earlier === undefined) {
          const { key, file, bytes } = await claimUpload(deps)(caller.person.id, upload, at);
          moves.push({ from: key, to: fileIn(filesOf({ finding: id }), upload) });
          kept.push({ file, bytes, name });
        } else kept.push({ file: upload, bytes: earlier, name });
      }
    }
    return {
      files: kept,
      keep: async () => {
        for (const { from, to } of moves) await files.copy(from, to);
      },
      release: async () => {
        for (const { from } of moves) await files.remove(from);
      },
    };
  };
