import { createHash } from 'node:crypto';
import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { mailingOf, mails } from '../../local/mailbox.js';
import type { SampleClock } from '../../local/sample-clock.js';
import { holding, usernameOf } from '../../local/seed.js';
import { PACKS_BUCKET } from '../../local/services.js';
import type { Stack } from '../../local/stack.js';
import { readPackFolder } from '../../shared/adapters/pack-files.js';
import { publishPacks } from '../../shared/adapters/s3-pack-publisher.js';
import type { DeliveryEvent } from '../../shared/domain/digest/delivery.js';
import { MailTag } from '../../shared/domain/digest/mail.js';
import { plus } from '../../shared/domain/time.js';
import { SCHEDULED } from '../../local/functions.js';
import { USUAL_NETWORKS } from '../../shared/networks.js';

const Mine = z.object({
  person: z.object({ id: z.string(), roles: z.array(z.string()) }),
  accounts: z.array(z.object({ id: z.string(), network: z.string(), handle: z.string(), state: z.string() })),
  findings: z.array(z.object({ id: z.string(), state: z.string() })),
});
const Handout = z.object({ link: z.url() });
const Copy = z.object({ files: z.array(Handout) });
const Part = z.object({ file: Handout });

const Upload = z.object({
  upload: z.string(),
  link: z.url(),
  headers: z.record(z.string(), z.string()),
});

/** Uploads a file as a browser does, and gives the name by which it is used. */
const upload = async (
  client: Stack['client'],
  username: string,
  kind: string,
  text: string,
): Promise<string> => {
  const bytes = Buffer.from(text);
  const announced = { kind, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
  const { upload: name, link, headers } = Upload.parse(await client.post(username, '/uploads', announced));
  const { ok } = await fetch(link, { method: 'PUT', headers, body: bytes });
  if (!ok) throw new Error('The bucket does not take a file');
  return name;
};

/** What a long life of a deployment brings and the walkthrough does not: rights, evidence, trouble, and the end of things. */
export const playTheRest = async (stack: Stack, clock: SampleClock): Promise<void> => {
  const { client, functions, services, world, drained, sampleOrigin } = stack;
  const send = (url: string, body: string) =>
    services.sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: body }));
  const [analyst, third, officer, auditor, administrator] = [
    usernameOf(holding(world, 'analyst')),
    usernameOf(holding(world, 'analyst', 2)),
    usernameOf(holding(world, 'officer')),
    usernameOf(holding(world, 'auditor')),
    usernameOf(holding(world, 'administrator')),
  ];
  const people = await Promise.all(
    world.people.map(async (person) => ({
      person,
      username: usernameOf(person),
      mine: Mine.parse(await client.get(usernameOf(person), '/me')),
    })),
  );

  // A trial of other packs, a post that its holder gives in, and a look at all that there is to see.
  const texts = await readPackFolder('packs');
  await publishPacks(
    services.s3,
    PACKS_BUCKET,
    texts.map((file) => ({ ...file, text: file.text.replace(/^version: .*$/m, 'version: 9.9.9') })),
    'candidate',
  );
  clock.set(plus(clock.now(), { minutes: 2 }));
  const feed = world.feeds.find(({ declared, paused }) => declared && !paused);
  if (feed === undefined) throw new Error('The sample has no feed');
  const given = {
    network: 'feed',
    author: `${sampleOrigin(feed.host)}${feed.path}`,
    url: `${sampleOrigin(feed.host)}/given-in`,
    text: 'Ayo coblos nomor 2, Candra–Dewi!',
    postedAt: clock.now(),
  };
  for (const picture of ['%PDF-1', '%PDF-2']) {
    const capture = await upload(client, usernameOf(feed.holder), 'pdf', picture);
    await client.post(usernameOf(feed.holder), '/submissions', { ...given, capture });
    await drained();
  }
  for (const [who, path] of [
    [administrator, '/packs/shadow'],
    [administrator, '/networks/status'],
    [administrator, '/accounts'],
    [officer, '/requests'],
    [officer, '/review/desk'],
    [officer, '/erasures'],
    [auditor, `/record/lines?to=${clock.now()}`],
    [auditor, '/record/histories'],
    [auditor, '/record/seals'],
    [auditor, '/statistics'],
    [analyst, '/findings?state=indicated'],
  ] as const)
    await client.get(who, path);
  for (const [who, path, body] of [
    [auditor, '/record/exports', { what: 'lines', to: clock.now() }],
    [auditor, '/record/exports', { what: 'histories' }],
    [analyst, '/findings/exports', {}],
  ] as const) {
    const { file } = Part.parse(await client.post(who, path, body));
    if (!(await fetch(file.link)).ok) throw new Error('A part of an export does not open');
  }
  await client.post(analyst, '/findings/next', {});
  for (const { username } of people) await client.get(username, '/me/digest');

  // A digest comes back, and messages come that nobody can read.
  const digest = mails().find(({ subject }) => subject.startsWith('Hasil tinjauan netralitas'));
  const bounce: DeliveryEvent = {
    event: 'Bounce',
    mailing: MailTag.parse(digest === undefined ? null : mailingOf(digest)),
    messageId: digest?.messageId ?? '',
    bounce: 'Permanent',
  };
  await send(services.deliveries.url, JSON.stringify(bounce));
  for (const url of [
    services.posts.url,
    services.deliveries.url,
    ...USUAL_NETWORKS.map((network) => services.scans[network].url),
  ])
    await send(url, 'not json');
  await drained();

  // A holder takes a copy, gets the evidence, and objects; the judge gives them right, and all who saw it are told.
  const referred = people.flatMap(({ username, mine }) =>
    mine.findings.filter(({ state }) => state === 'referred').map(({ id }) => ({ username, id })),
  );
  for (const { username, id } of referred) {
    const { link } = Handout.parse(await client.post(username, `/findings/${id}/evidence`));
    const { files } = Copy.parse(await client.post(username, '/me/exports'));
    for (const address of [link, ...files.map((file) => file.link)]) {
      const { ok } = await fetch(address);
      if (!ok) throw new Error('A link does not open');
    }
    const name = 'surat.txt';
    await client.post(username, `/me/findings/${id}/objections`, {
      words: 'Akun itu bukan lagi milik saya.',
      attachments: [{ upload: await upload(client, username, 'txt', 'Saya menjualnya.'), name }],
    });
    await client.post(third, `/findings/${id}/decisions`, {
      kind: 'withdraw',
      reason: 'not-own-act',
      words: 'Keberatan diterima; bukan tindakan pemilik akun.',
    });
  }
  for (const [index, { username }] of people.entries())
    if (index < 1)
      await client.post(username, '/me/requests', { kind: 'access', words: 'Mohon salinan data saya.' });
  await functions.run('send-digests', clock.now());
  await functions.run('notify-holders', clock.now());
  await drained();

  // Somebody has all that is kept of them deleted; and what has been kept long enough ends.
  const leaving = people.find(
    ({ mine }) =>
      mine.person.roles.length === 0 &&
      mine.accounts.length > 0 &&
      mine.findings.every(({ state }) => state === 'dismissed'),
  );
  if (leaving !== undefined) await client.post(officer, `/people/${leaving.mine.person.id}/erasure`);
  const withdrawing = people.find(
    ({ mine }) => mine !== leaving?.mine && mine.accounts.length > 0 && mine.findings.length === 0,
  );
  for (const { id } of withdrawing?.mine.accounts ?? [])
    await client.post(withdrawing?.username ?? '', `/accounts/${id}/withdraw`);
  for (const days of [1, 1, 20, 400]) {
    clock.set(plus(clock.now(), { days }));
    await functions.run('keep-time', clock.now());
  }

  // Nobody has published packs (any more): each job says so.
  await services.s3.send(new DeleteObjectCommand({ Bucket: PACKS_BUCKET, Key: 'active.json' }));
  clock.set(plus(clock.now(), { minutes: 2 }));
  await client.get(administrator, '/packs/health').catch(() => undefined);
  await client.get(auditor, '/agency').catch(() => undefined);
  for (const name of SCHEDULED) await functions.run(name, clock.now()).catch(() => undefined);
};
