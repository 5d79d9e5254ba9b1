import { UNFILTERED } from '../../../shared/ports.js';
import { describe, expect, it } from 'vitest';
import { captureFiles } from '../../../functions/classify-posts/captures.js';
import { classifyPosts } from '../../../functions/classify-posts/classify-posts.js';
import { memoryFileStore } from '../../../shared/adapters/memory-file-store.js';
import { memoryFindingStore } from '../../../shared/adapters/memory-finding-store.js';
import { memoryQueue } from '../../../shared/adapters/memory-queue.js';
import { fileName } from '../../../shared/domain/file-kinds.js';
import { fileIn, filesOf } from '../../../shared/domain/files.js';
import { AccountId, ContestId, PersonId } from '../../../shared/domain/ids.js';
import type { Finding } from '../../../shared/domain/review/finding.js';
import { PostMessage, type PostBundle } from '../../../shared/domain/scanning/messages.js';
import type { Post } from '../../../shared/domain/scanning/post.js';
import type { Screened } from '../../../functions/classify-posts/shadow-posts.js';
import type { ScreenInput } from '../../../shared/domain/screening/verdict.js';
import { plus } from '../../../shared/domain/time.js';
import { aContest, anAccount, NOW, opaqueId } from '../../fixtures/registry.js';
import { anIndication } from '../../fixtures/finding.js';
import { aPost } from '../../fixtures/scanning.js';

const bundle = (...posts: Post[]): PostBundle => ({
  kind: 'posts',
  version: 2,
  network: 'feed',
  account: anAccount().id,
  epoch: 1,
  contests: [aContest().id],
  posts,
  deleted: [],
  submittedBy: null,
  capture: null,
});

const daily = aPost({ uri: 'https://x.example/#daily', parts: [{ field: 'body', text: 'Selamat pagi' }] });

const scene = ({
  fails = () => false,
  failsToNote = false,
}: { fails?: (finding: Finding) => boolean; failsToNote?: boolean } = {}) => {
  const findings = memoryFindingStore();
  const files = memoryFileStore(() => NOW);
  const posts = memoryQueue<PostMessage>();
  const seen: ScreenInput[] = [];
  const reports: unknown[] = [];
  const shadowed: (readonly Screened[])[] = [];
  let at = NOW;
  const classify = classifyPosts({
    screener: () =>
      Promise.resolve((input) => {
        seen.push(input);
        return input.parts.some(({ text }) => text.includes('coblos')) ? anIndication() : { kind: 'none' };
      }),
    findings: {
      noteGone: (id, at) =>
        failsToNote ? Promise.reject(new Error('throttled')) : findings.noteGone(id, at),
      byId: findings.byId,
      ofAccount: findings.ofAccount,
      create: (finding) =>
        fails(finding) ? Promise.reject(new Error('throttled')) : findings.create(finding),
    },
    captures: captureFiles(files),
    posts,
    noteSides: () => Promise.resolve(),
    shadow: (screened) => {
      shadowed.push(screened);
      return Promise.resolve();
    },
    now: () => at,
    report: (event, facts) => reports.push({ event, ...facts }),
  });
  const stored = async () =>
    (
      await findings.list({
        limit: 100,
        cursor: null,
        ...UNFILTERED,
      })
    ).items;
  return {
    classify,
    stored,
    files,
    posts,
    seen,
    reports,
    shadowed,
    later: () => (at = plus(NOW, { hours: 1 })),
  };
};

describe('a message to the classifier', () => {
  it('is read also in the form that it had before deletions were told', () => {
    const { deleted, ...rest } = bundle(aPost());
    expect(PostMessage.parse({ ...rest, version: 1 })).toEqual({ ...rest, deleted, version: 2 });
  });

  it('is refused in a form of the future, so that it is kept', () => {
    expect(PostMessage.safeParse({ ...bundle(aPost()), version: 4 }).success).toBe(false);
  });
});

describe('classifying posts', () => {
  it('keeps an indication and forgets the rest', async () => {
    const { classify, stored, reports } = scene();
    await classify(bundle(daily, aPost()));
    const findings = await stored();
    expect(findings).toMatchObject([
      { uri: aPost().uri, state: 'indicated', epoch: 1, indication: anIndication() },
    ]);
    expect(JSON.stringify([findings, reports])).not.toContain('Selamat pagi');
    expect(reports).toMatchObject([{ none: 1, indicated: 1, undecided: 0, returned: 0 }]);
  });

  it('makes one finding of a post that is delivered twice', async () => {
    const { classify, stored, later } = scene();
    await classify(bundle(aPost()));
    later();
    await classify(bundle(aPost()));
    expect(await stored()).toMatchObject([{ foundAt: NOW }]);
  });

  it('makes a second finding of an edited post', async () => {
    const { classify, stored } = scene();
    const parts = [{ field: 'body' as const, text: 'Jangan lupa, coblos nomor 2 ya' }];
    await classify(bundle(aPost(), aPost({ version: '2', edited: true, parts })));
    const findings = await stored();
    expect(new Set(findings.map(({ id }) => id)).size).toBe(2);
    expect(new Set(findings.map(({ post }) => post)).size).toBe(1);
  });

  it('notes on the finding of a deleted post that it is gone, the first time, and makes none', async () => {
    const { classify, stored, later } = scene();
    await classify(bundle(aPost()));
    const { uri, version } = aPost();
    const gone = {
      ...bundle(),
      deleted: [
        { uri, version },
        { uri: daily.uri, version: daily.version },
      ],
    };
    await classify(gone);
    later();
    await classify(gone);
    expect(await stored()).toMatchObject([{ uri, goneAt: NOW, state: 'indicated' }]);
  });

  it('notes a deletion on every version of the post, and on no other post', async () => {
    const { classify, stored } = scene();
    const parts = [{ field: 'body' as const, text: 'Jangan lupa, coblos nomor 2 ya' }];
    const edit = aPost({ version: '2', edited: true, parts });
    const other = aPost({ uri: 'https://x.example/#lain', url: 'https://x.example/lain' });
    await classify(bundle(aPost(), edit, other));
    await classify({ ...bundle(), deleted: [{ uri: edit.uri, version: edit.version }] });
    const ends = (await stored()).map(({ uri, goneAt }) => [uri, goneAt]);
    expect(ends).toHaveLength(3);
    expect(ends).toEqual(
      expect.arrayContaining([
        [edit.uri, NOW],
        [aPost().uri, NOW],
        [other.uri, null],
      ]),
    );
  });

  describe('of a post that is collected and given in', () => {
    const given = (overrides: Partial<Post> = {}): PostBundle => ({
      ...bundle(aPost({ uri: 'https://lain.example/', version: 'salinan', ...overrides })),
      submittedBy: PersonId.parse(opaqueId('ana')),
    });
    const shorter = [{ field: 'body' as const, text: 'coblos nomor 2' }];
    const spaced = [
      { field: 'title' as const, text: 'Jangan lupa,  coblos' },
      { field: 'body' as const, text: 'nomor 2.\nCandra–Dewi pilihan kita!' },
    ];

    it.each([
      ['collected first', bundle(aPost()), given()],
      ['given in first', given(), bundle(aPost())],
      ['given in with its lines cut elsewhere', given({ parts: spaced }), bundle(aPost())],
      ['collected first, and copied in part', bundle(aPost()), given({ parts: shorter })],
      ['given in twice', given(), given()],
    ])('makes one finding: %s', async (_how, first, second) => {
      const { classify, stored } = scene();
      await classify(first);
      await classify(second);
      const findings = await stored();
      expect(findings).toHaveLength(1);
      await classify({ ...bundle(), deleted: [{ uri: findings[0]!.uri, version: '1' }] });
      expect(await stored()).toMatchObject([{ goneAt: NOW }]);
    });

    it('keeps what the network really said beside a copy that says less, as one more version', async () => {
      const { classify, stored } = scene();
      await classify(given({ parts: shorter }));
      await classify(bundle(aPost()));
      const findings = await stored();
      expect(findings.map(({ submitted }) => submitted).sort()).toEqual([false, true]);
      expect(new Set(findings.map(({ post }) => post)).size).toBe(1);
    });
  });

  it('sends a post that fails back alone, and finishes the others of its message', async () => {
    const bad = aPost({ uri: 'https://x.example/#bad' });
    const { classify, stored, posts } = scene({ fails: ({ uri }) => uri === bad.uri });
    await classify(bundle(bad, aPost()));
    expect(await stored()).toHaveLength(1);
    expect(posts.messages).toEqual([bundle(bad)]);
  });

  describe('of several accounts in one message', () => {
    const other = AccountId.parse(opaqueId('other account'));
    const otherContest = ContestId.parse('pilbup-sebelah');
    const theirs = (...posts: Post[]): PostBundle => ({
      ...bundle(...posts),
      account: other,
      epoch: 7,
      contests: [otherContest],
    });
    const message = (...bundles: PostBundle[]): PostMessage => ({ kind: 'posts', version: 3, bundles });

    it('keeps each with its own account, registration and contests', async () => {
      const { classify, stored, seen, reports } = scene();
      await classify(PostMessage.parse(message(bundle(daily, aPost()), theirs(aPost()))));
      expect((await stored()).map(({ account, epoch }) => ({ account, epoch }))).toEqual(
        expect.arrayContaining([
          { account: bundle().account, epoch: 1 },
          { account: other, epoch: 7 },
        ]),
      );
      expect(seen.map(({ contests }) => contests)).toEqual([
        [aContest().id],
        [aContest().id],
        [otherContest],
      ]);
      expect(reports).toMatchObject([{ none: 1, indicated: 2 }]);
    });

    it('sends back alone what fails, as of its own account: a post, and the deletions of one', async () => {
      const { uri, version } = aPost();
      const deleted = [{ uri, version }];
      const { classify, stored, posts } = scene({
        fails: ({ account }) => account === other,
        failsToNote: true,
      });
      await classify(bundle(aPost()));
      await classify(
        message({ ...bundle(daily), deleted }, theirs(aPost()), bundle(aPost({ uri: `${uri}2`, url: null }))),
      );
      expect(posts.messages).toEqual([{ ...bundle(), deleted }, theirs(aPost())]);
      expect(await stored()).toHaveLength(2);
    });
  });

  it('lets a post that is alone and fails come again from its queue', async () => {
    const { classify, posts } = scene({ fails: () => true });
    await expect(classify(bundle(aPost()))).rejects.toThrow('throttled');
    expect(posts.messages).toEqual([]);
  });

  it('shows the screening the words and the date, and nobody', async () => {
    const { classify, seen } = scene();
    await classify(bundle(aPost()));
    expect(Object.keys(seen[0]!).sort()).toEqual(['contests', 'context', 'parts', 'postedAt']);
  });

  it('gives a trial what was done, with the same view of it, and not what comes again', async () => {
    const bad = aPost({ uri: 'https://x.example/#bad' });
    const { classify, shadowed, seen } = scene({ fails: ({ uri }) => uri === bad.uri });
    await classify(bundle(daily, bad, aPost()));
    expect(shadowed).toEqual([
      [
        { input: seen[0], verdict: { kind: 'none' } },
        { input: seen[2], verdict: anIndication() },
      ],
    ]);
  });
});

describe('the capture of a submission', () => {
  const submission = opaqueId('submission');
  const file = fileName('ab'.repeat(32), 'png');
  const waits = fileIn(filesOf({ submission }), file);
  const capture = {
    submission,
    kept: { file, bytes: 1, name: 'tangkapan-layar.png' },
    at: NOW,
    by: PersonId.parse(opaqueId('ana')),
    as: 'analyst' as const,
  };
  const given = (post: Post): PostBundle => ({ ...bundle(post), submittedBy: capture.by, capture });
  const aScene = async () => {
    const made = scene();
    await made.files.put(waits, { bytes: Uint8Array.of(1), type: 'image/png' });
    return made;
  };

  it('goes with the finding, however often the message comes', async () => {
    const { classify, stored, files } = await aScene();
    await classify(given(aPost()));
    await classify(given(aPost()));
    const [finding] = await stored();
    expect(finding).toMatchObject({ submitted: true, capture: { kept: capture.kept, as: 'analyst' } });
    expect(finding?.capture).not.toHaveProperty('submission');
    expect(await files.read(fileIn(filesOf({ finding: finding!.id }), file))).not.toBeNull();
    expect(await files.read(waits)).toBeNull();
  });

  it('goes with it also where the first delivery was cut short before', async () => {
    const { classify, stored, files } = await aScene();
    await classify(given(aPost()));
    const [finding] = await stored();
    const kept = fileIn(filesOf({ finding: finding!.id }), file);
    await files.remove(kept);
    await files.put(waits, { bytes: Uint8Array.of(1), type: 'image/png' });
    await classify(given(aPost()));
    expect(await files.read(kept)).not.toBeNull();
    expect(await files.read(waits)).toBeNull();
  });

  it('is forgotten where nothing is indicated, and where the post was found before', async () => {
    const { classify, stored, files } = await aScene();
    await classify(given(daily));
    expect(await files.read(waits)).toBeNull();
    await classify(bundle(aPost()));
    await files.put(waits, { bytes: Uint8Array.of(1), type: 'image/png' });
    await classify(given(aPost()));
    const [finding] = await stored();
    expect(finding?.capture).toBeNull();
    expect(await files.list(filesOf({ finding: finding!.id }))).toEqual([]);
    expect(await files.read(waits)).toBeNull();
  });
});
