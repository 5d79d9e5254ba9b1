import { postKey, type Finding } from '../../shared/domain/review/finding.js';
import { newFinding } from '../../shared/domain/review/new-finding.js';
import { bundlesOf, type PostBundle, type PostMessage } from '../../shared/domain/scanning/messages.js';
import type { Post } from '../../shared/domain/scanning/post.js';
import type { Screener, ScreenInput, Verdict } from '../../shared/domain/screening/verdict.js';
import { inParallel } from '../../shared/in-parallel.js';
import type { Clock, FindingStore, Queue, Report } from '../../shared/ports.js';
import type { Captures } from './captures.js';
import type { Screened } from './shadow-posts.js';

/** What was screened, and the finding that it made if it was the first to. */
export interface Classified extends Screened {
  readonly created: Finding | null;
}

export interface ClassifyPostsDeps {
  readonly screener: () => Promise<Screener>;
  readonly findings: Pick<FindingStore, 'create' | 'byId' | 'noteGone' | 'ofAccount'>;
  readonly captures: Captures;
  /** Back to the queue they came from. */
  readonly posts: Queue<PostMessage>;
  /** Notes what was screened to be counted by side. It never fails. */
  readonly noteSides: (screened: readonly Classified[]) => Promise<void>;
  /** Has the candidate packs read what was screened. It never fails. */
  readonly shadow: (screened: readonly Screened[]) => Promise<void>;
  readonly now: Clock;
  readonly report: Report;
}

/**
 * Screens each post in memory, and notes on findings of deleted posts that those are gone. No indication: it is counted and forgotten. An indication: one conditional write.
 * A post that fails goes back to the queue alone, so that it cannot hold up the others of its message; so do the deletions of an account.
 */
export const classifyPosts =
  ({ screener, findings, captures, posts, noteSides, shadow, now, report }: ClassifyPostsDeps) =>
  async (message: PostMessage): Promise<void> => {
    const screen = await screener();
    const noteGone = async (bundle: PostBundle): Promise<void> => {
      await inParallel(await versionsGone(findings, bundle), ({ id }) => findings.noteGone(id, now()));
    };
    const classify = async ({ bundle, post }: OnePost): Promise<Classified> => {
      const input: ScreenInput = {
        parts: post.parts,
        context: post.context,
        postedAt: post.postedAt,
        contests: bundle.contests,
      };
      const verdict = screen(input);
      if (verdict.kind !== 'indicated') {
        if (bundle.capture !== null) await captures.forget(bundle.capture);
        return { input, verdict, created: null };
      }
      const finding = newFinding(bundle, post, verdict, now());
      // Its network's own words are there already; what somebody copied of them adds nothing.
      if (finding.submitted && (await versionsOf(findings, finding)).some(({ submitted }) => !submitted)) {
        if (bundle.capture !== null) await captures.forget(bundle.capture);
        return { input, verdict, created: null };
      }
      const outcome = await findings.create(finding);
      // A repeat goes on where it was cut short; a finding that others made has nothing of this submission.
      if (bundle.capture !== null)
        await captures.keep(
          bundle.capture,
          outcome === 'created' ? finding : await findings.byId(finding.id),
        );
      return { input, verdict, created: outcome === 'created' ? finding : null };
    };

    const bundles = bundlesOf(message);
    const gone = bundles
      .filter(({ deleted }) => deleted.length > 0)
      .map((bundle) => ({ ...bundle, posts: [] }));
    const single = bundles.flatMap((bundle) => bundle.posts.map((post): OnePost => ({ bundle, post })));
    const noted = await Promise.allSettled(gone.map(noteGone));
    const ends = await Promise.allSettled(single.map(classify));

    const failed = [
      ...gone.filter((_, index) => noted[index]?.status === 'rejected'),
      ...single
        .filter((_, index) => ends[index]?.status === 'rejected')
        .map(({ bundle, post }) => ({ ...bundle, posts: [post], deleted: [] })),
    ];
    const failure = [...noted, ...ends].find((end) => end.status === 'rejected');
    if (failure !== undefined && gone.length + single.length === 1) throw failure.reason;
    await posts.send(failed);

    const screened = ends.flatMap((end) => (end.status === 'fulfilled' ? [end.value] : []));
    const count = (kind: Verdict['kind']): number =>
      screened.filter(({ verdict }) => verdict.kind === kind).length;
    report('posts-classified', {
      none: count('none'),
      indicated: count('indicated'),
      undecided: count('undecided'),
      returned: failed.length,
    });
    await noteSides(screened);
    await shadow(screened.map(({ input, verdict }) => ({ input, verdict })));
  };

interface OnePost {
  readonly bundle: PostBundle;
  readonly post: Post;
}

/** The findings of one post, in all the versions that were found. */
const versionsOf = async (
  { ofAccount }: Pick<FindingStore, 'ofAccount'>,
  { account, post }: Pick<Finding, 'account' | 'post'>,
): Promise<readonly Finding[]> => (await ofAccount(account)).filter((finding) => finding.post === post);

/** The findings of posts that are deleted: with a post all its versions go, also those that were given in. */
const versionsGone = async (
  { ofAccount }: Pick<FindingStore, 'ofAccount'>,
  { account, network, deleted }: PostBundle,
): Promise<readonly Finding[]> => {
  if (deleted.length === 0) return [];
  const findings = await ofAccount(account);
  const uris = new Set(deleted.map(({ uri }) => uri));
  const posts = new Set([
    ...deleted.map(({ uri }) => postKey({ network, account }, { uri, url: null })),
    ...findings.filter(({ uri }) => uris.has(uri)).map(({ post }) => post),
  ]);
  return findings.filter(({ post }) => posts.has(post));
};
