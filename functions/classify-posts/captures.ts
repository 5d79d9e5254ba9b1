import { fileIn, filesOf } from '../../shared/domain/files.js';
import type { Finding } from '../../shared/domain/review/finding.js';
import type { PostBundle } from '../../shared/domain/scanning/messages.js';
import type { FileStore } from '../../shared/ports.js';

type Waiting = NonNullable<PostBundle['capture']>;

/** What becomes of the picture that a post was given in with. */
export interface Captures {
  /** Nothing was indicated: it ends with the words. */
  readonly forget: (capture: Waiting) => Promise<void>;
  /**
   * Puts it with the finding that came of it, if it is this one's: a post that was found before has nothing of a later
   * submission. A repeat goes on where it was cut short.
   */
  readonly keep: (capture: Waiting, finding: Finding | null) => Promise<void>;
}

export const captureFiles = (files: Pick<FileStore, 'list' | 'copy' | 'erase'>): Captures => {
  const forget = async (capture: Waiting): Promise<void> => {
    await files.erase(filesOf(capture));
  };
  return {
    forget,
    keep: async (capture, finding) => {
      const { file } = capture.kept;
      const from = fileIn(filesOf(capture), file);
      const waits = (await files.list(filesOf(capture))).some(({ key }) => key === from);
      if (waits && finding?.capture?.kept.file === file)
        await files.copy(from, fileIn(filesOf({ finding: finding.id }), file));
      await forget(capture);
    },
  };
};
