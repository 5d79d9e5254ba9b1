import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mails } from '../../local/mailbox.js';
import { installSampleClock, type SampleClock } from '../../local/sample-clock.js';
import { seedAgency } from '../../local/seed.js';
import { statusId } from '../../local/sample/public-ids.js';
import { startStack, type Stack } from '../../local/stack.js';
import { compareWithTruth, readCoverage, readFindings } from '../../local/summary.js';
import { playWalkthrough } from '../../local/walkthrough.js';
import type { PostBundle } from '../../shared/domain/scanning/messages.js';
import { plus } from '../../shared/domain/time.js';
import { askedAddresses } from './asked-addresses.js';
import { freePorts } from './free-ports.js';

const folder = mkdtempSync(join(tmpdir(), 'netral-stack-'));
let clock: SampleClock;
let stack: Stack;
let asked: ReturnType<typeof askedAddresses>;

beforeAll(async () => {
  clock = installSampleClock();
  asked = askedAddresses();
  stack = await startStack(folder, await freePorts(), clock);
  clock.set(stack.world.startsAt);
  await seedAgency(stack.client, stack.world, stack.sampleOrigin);
});
afterAll(async () => {
  asked.stop();
  clock.release();
  await stack.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Every address that was asked but those of some accounts, and of the stack's own parts that people use. */
const askedBut = (others: readonly { readonly host: string }[]): readonly string[] => {
  const { api, issuer, mailbox } = stack.addresses;
  return asked.except([api, issuer, mailbox, ...others.map(({ host }) => stack.sampleOrigin(host))]);
};
const addressesAsked = (): readonly string[] => askedBut(stack.world.profiles);

/** Whom an address of a server of profiles is about. */
const subjectOf = (address: string): string => {
  const { pathname, searchParams } = new URL(address);
  for (const name of ['handle', 'acct', 'did', 'repo']) {
    const value = searchParams.get(name);
    if (value !== null) return value;
  }
  return decodeURIComponent(/^\/api\/v1\/accounts\/([^/]+)/.exec(pathname)?.[1] ?? pathname.slice(1));
};

const addressesOf = (fits: (feed: Stack['world']['feeds'][number]) => boolean): readonly string[] =>
  stack.world.feeds
    .filter(fits)
    .map(({ host, path }) => `${stack.sampleOrigin(host)}${path}`)
    .sort();

const parked = async (queueUrl: string) => {
  const { Messages: messages = [] } = await stack.services.sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: queueUrl,
      MaxNumberOfMessages: 10,
      MessageAttributeNames: ['All'],
    }),
  );
  return messages.map((message) => ({
    body: message.Body,
    reason: message.MessageAttributes?.reason?.StringValue ?? 'received too often',
  }));
};

const send = (body: string) =>
  stack.services.sqs.send(new SendMessageCommand({ QueueUrl: stack.services.posts.url, MessageBody: body }));

describe('the local stack', () => {
  it('finds what the sample hides, and counts what it did not keep', async () => {
    await stack.functions.run('identify-accounts', clock.now());
    await stack.functions.run('plan-scans', clock.now());
    await stack.drained();
    const posts = stack.samplePosts();
    const findings = await readFindings(stack.services);
    expect(compareWithTruth(findings, posts)).toEqual({ found: findings.length, missed: 0, falseAlarms: 0 });
    const coverage = await readCoverage(stack.client, stack.world);
    expect(coverage.coverage).toMatchObject({
      throttled: 2,
      suspended: 1,
      gone: 1,
      malformed: 1,
      private: 1,
      unreachable: 1,
      paused: 1,
      'not-read': 1,
    });
    expect(Object.keys(coverage.networks).sort()).toEqual(['bluesky', 'facebook', 'feed', 'mastodon']);
    expect(coverage.networks).toMatchObject({ facebook: 0 });
    expect(Object.values(coverage.networks).reduce((sum, count) => sum + count, 0)).toBe(coverage.posts);
  });

  it('has asked the registered, confirmed accounts that are not paused, and no other address whatever', () => {
    expect(addressesAsked()).toEqual(addressesOf(({ declared, paused }) => declared && !paused));
  });

  it('has asked servers of profiles about registered accounts and nobody else', () => {
    const { feeds, profiles } = stack.world;
    expect(new Set(askedBut(feeds).map(subjectOf))).toEqual(
      new Set(profiles.flatMap(({ id, name }) => [id, name])),
    );
  });

  it('makes of a second look one more finding, of the post that was edited meanwhile', async () => {
    const before = await readCoverage(stack.client, stack.world);
    const findings = (await readFindings(stack.services)).length;
    clock.set(plus(clock.now(), { days: 2 }));
    await stack.functions.run('plan-scans', clock.now());
    await stack.drained();
    const after = await readCoverage(stack.client, stack.world);
    // Only the feed and the server that had asked for peace are read now.
    expect(after.coverage).toMatchObject({ gone: 1, suspended: 1, seen: (before.coverage['seen'] ?? 0) + 2 });
    expect(after.coverage).not.toHaveProperty('throttled');
    const [edited, ...others] = (await readFindings(stack.services)).filter((finding) => finding.edited);
    expect(others).toEqual([]);
    expect((await readFindings(stack.services)).filter(({ post }) => post === edited?.post)).toHaveLength(2);
    expect((await readFindings(stack.services)).length).toBe(findings + 1);
    // A post that one look misses is not yet said to be gone.
    expect((await readFindings(stack.services)).filter(({ goneAt }) => goneAt !== null)).toEqual([]);
  });

  it('parks a poison message with its reason and screens its neighbours', async () => {
    const before = (await readFindings(stack.services)).length;
    const [sample] = await readFindings(stack.services);
    const bundle: PostBundle = {
      kind: 'posts',
      version: 2,
      network: 'feed',
      account: sample!.account,
      epoch: 1,
      submittedBy: null,
      capture: null,
      contests: [sample!.indication.contest],
      posts: [
        {
          uri: 'https://blog.sukamaju.example/#neighbour',
          url: null,
          version: '1',
          edited: false,
          kind: 'post',
          postedAt: clock.now(),
          capturedAt: clock.now(),
          parts: [{ field: 'body', text: 'Ayo coblos nomor 2, Candra–Dewi!' }],
          context: null,
        },
      ],
      deleted: [],
    };
    await Promise.all([
      send('not json'),
      send(JSON.stringify(bundle)),
      send(JSON.stringify({ ...bundle, version: 9 })),
    ]);
    // Delivered again, as SQS sometimes does.
    await send(JSON.stringify(bundle));
    await stack.drained();
    expect((await readFindings(stack.services)).length).toBe(before + 1);
    expect((await parked(stack.services.posts.deadLettersUrl)).map(({ reason }) => reason).sort()).toEqual([
      'not-json',
      'unknown-shape',
    ]);
  });

  it('goes the whole way to the supervisor’s mail, with two analysts and the holder’s answer', async () => {
    // Whoever is only invited was not asked for anything yet; the walkthrough has most of them confirm.
    expect(addressesAsked()).toEqual(addressesOf(({ declared, paused }) => declared && !paused));
    const said: string[] = [];
    const { client, functions, world, addresses, drained } = stack;
    await playWalkthrough({
      client,
      functions,
      clock,
      world,
      api: addresses.api,
      drained,
      say: (line) => said.push(line),
      signal: new AbortController().signal,
    });
    expect(said.join('\n')).toContain('is refused: it takes a second, different analyst');
    const all = await readFindings(stack.services);
    const deleted = world.profiles
      .flatMap(({ posts }) => posts)
      .filter(({ change }) => change?.text === null);
    const gone = all.filter(({ goneAt }) => goneAt !== null);
    expect(gone.map(({ network }) => network)).toEqual(['mastodon']);
    expect(gone[0]?.uri.endsWith(`/${statusId(deleted[0]!)}`)).toBe(true);
    expect(all.filter(({ submitted }) => submitted)).toMatchObject([{ network: 'facebook', url: null }]);
    const supervisors = new Set(
      world.people.filter(({ roles }) => roles.includes('supervisor')).map(({ email }) => email),
    );
    const digests = mails().filter(({ subject }) => subject.startsWith('Hasil tinjauan netralitas'));
    expect(digests.length).toBeGreaterThanOrEqual(1);
    for (const { destination } of digests) expect(supervisors).toContain(destination.to[0]);
    const texts = stack.samplePosts().map(({ text }) => text);
    for (const digest of digests)
      expect(texts.filter((text) => text.length > 40 && digest.body.text?.includes(text))).toEqual([]);
  });

  it('sends no mail twice when the morning comes twice', async () => {
    const before = mails().length;
    await stack.functions.run('send-digests', clock.now());
    await stack.functions.run('notify-holders', clock.now());
    expect(mails().length).toBe(before);
  });

  it('asks an invited account once its holder has confirmed, and not before', async () => {
    clock.set(plus(clock.now(), { days: 2 }));
    await stack.functions.run('plan-scans', clock.now());
    await stack.drained();
    const everything = addressesOf(({ paused }) => !paused);
    const unasked = everything.filter((address) => !addressesAsked().includes(address));
    expect(addressesAsked()).toEqual(everything.filter((address) => !unasked.includes(address)));
    // The walkthrough leaves one invitation to whoever plays with it.
    expect(unasked).toHaveLength(1);
    expect(addressesOf(({ declared }) => !declared)).toContain(unasked[0]);
  });
});
