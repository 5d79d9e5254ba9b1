import type { ScanPermit, SubmissionPermit } from '../registry/permit.js';
import type { PostBundle } from './messages.js';

/** What a permit opened, with what came of it. */
export const bundleOf = (
  { network, account, epoch, contests }: ScanPermit | SubmissionPermit,
  brought: Pick<PostBundle, 'posts' | 'deleted' | 'submittedBy' | 'capture'>,
): PostBundle => ({
  kind: 'posts',
  version: 2,
  network,
  account,
  epoch,
  contests: [...contests],
  ...brought,
});
