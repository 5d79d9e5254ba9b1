import { newFinding } from '../../shared/domain/review/new-finding.js';
import type { PostBundle } from '../../shared/domain/scanning/messages.js';
import type { Post } from '../../shared/domain/scanning/post.js';
import type { Screener } from '../../shared/domain/screening/verdict.js';
import type { Clock, FindingStore, Queue, Report } from '../../shared/ports.js';

export interface ClassifyPostsDeps {
  readonly screener: () => Promise<Screener>;
  readonly findings: Pick<FindingStore, 'create'>;
  /** Back to the queue they came from. */
  readonly posts: Queue<PostBundle>;
  readonly now: Clock;
  readonly report: Report;
}

/**
 * Screens each post in memory. No indication: it is counted and forgotten. An indication: one conditional write.
 * A post that fails goes back to the queue alone, so that it cannot hold up the others of its message.
 */
export const classifyPosts =
  ({ screener, findings, posts, now, report }: ClassifyPostsDeps) =>
  async (bundle: PostBundle): Promise<void> => {
    const screen = await screener();
    const classify = async (post: Post): Promise<'none' | 'indicated' | 'undecided'> => {
      const verdict = screen({
        parts: post.parts,
        context: post.context,
        postedAt: post.postedAt,
        contests: bundle.contests,
      });
      if (verdict.kind === 'indicated') await findings.create(newFinding(bundle, post, verdict, now()));
      return verdict.kind;
    };

    const ends = await Promise.allSettled(bundle.posts.map(classify));
    const failed = bundle.posts.filter((_, index) => ends[index]?.status === 'rejected');
    const [only] = ends;
    if (failed.length > 0 && bundle.posts.length === 1 && only?.status === 'rejected') throw only.reason;
    await posts.send(failed.map((post) => ({ ...bundle, posts: [post] })));

    const count = (kind: 'none' | 'indicated' | 'undecided'): number =>
      ends.filter((end) => end.status === 'fulfilled' && end.value === kind).length;
    report('posts-classified', {
      none: count('none'),
      indicated: count('indicated'),
      undecided: count('undecided'),
      returned: failed.length,
    });
  };
