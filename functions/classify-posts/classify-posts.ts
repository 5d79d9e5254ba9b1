import { findingId } from '../../shared/domain/ids.js';
import type { Finding } from '../../shared/domain/review/finding.js';
import { newFinding } from '../../shared/domain/review/new-finding.js';
import type { PostBundle } from '../../shared/domain/scanning/messages.js';
import type { Post } from '../../shared/domain/scanning/post.js';
import type { Screener, ScreenInput, Verdict } from '../../shared/domain/screening/verdict.js';
import { inParallel } from '../../shared/in-parallel.js';
import type { Clock, FindingStore, Queue, Report } from '../../shared/ports.js';
import type { Screened } from './shadow-posts.js';

/** What was screened, and the finding that it made if it was the first to. */
export interface Classified extends Screened {
  readonly created: Finding | null;
}

export interface ClassifyPostsDeps {
  readonly screener: () => Promise<Screener>;
  readonly findings: Pick<FindingStore, 'create' | 'noteGone'>;
  /** Back to the queue they came from. */
  readonly posts: Queue<PostBundle>;
  /** Counts what was screened by side. It never fails. */
  readonly countSides: (bundle: PostBundle, screened: readonly Classified[]) => Promise<void>;
  /** Has the candidate packs read what was screened. It never fails. */
  readonly shadow: (screened: readonly Screened[]) => Promise<void>;
  readonly now: Clock;
  readonly report: Report;
}

/**
 * Screens each post in memory, and notes on findings of deleted posts that those are gone. No indication: it is counted and forgotten. An indication: one conditional write.
 * A post that fails goes back to the queue alone, so that it cannot hold up the others of its message.
 */
export const classifyPosts =
  ({ screener, findings, posts, countSides, shadow, now, report }: ClassifyPostsDeps) =>
  async (bundle: PostBundle): Promise<void> => {
    const screen = await screener();
    const classify = async (post: Post): Promise<Classified> => {
      const input: ScreenInput = {
        parts: post.parts,
        context: post.context,
        postedAt: post.postedAt,
        contests: bundle.contests,
      };
      const verdict = screen(input);
      if (verdict.kind !== 'indicated') return { input, verdict, created: null };
      const finding = newFinding(bundle, post, verdict, now());
      const outcome = await findings.create(finding);
      return { input, verdict, created: outcome === 'created' ? finding : null };
    };

    const goneAt = now();
    await inParallel(bundle.deleted, ({ uri, version }) =>
      findings.noteGone(findingId(bundle.network, uri, version), goneAt),
    );

    const ends = await Promise.allSettled(bundle.posts.map(classify));
    const failed = bundle.posts.filter((_, index) => ends[index]?.status === 'rejected');
    const [only] = ends;
    if (failed.length > 0 && bundle.posts.length === 1 && only?.status === 'rejected') throw only.reason;
    await posts.send(failed.map((post) => ({ ...bundle, posts: [post], deleted: [] })));

    const screened = ends.flatMap((end) => (end.status === 'fulfilled' ? [end.value] : []));
    const count = (kind: Verdict['kind']): number =>
      screened.filter(({ verdict }) => verdict.kind === kind).length;
    report('posts-classified', {
      none: count('none'),
      indicated: count('indicated'),
      undecided: count('undecided'),
      returned: failed.length,
    });
    await countSides(bundle, screened);
    await shadow(screened.map(({ input, verdict }) => ({ input, verdict })));
  };
