import { createRoute } from '@hono/zod-openapi';
import * as z from 'zod';
import { LINE } from '../../shared/domain/limits.js';
import { FileName, kindOf } from '../../shared/domain/file-kinds.js';
import { fileIn, filesOf, type Capture } from '../../shared/domain/files.js';
import { keyedHash, sha256 } from '../../shared/domain/ids.js';
import { allowedUrl } from '../../shared/domain/registry/host-grammar.js';
import { SubmissionPermit, type SubmissionPermission } from '../../shared/domain/registry/permit.js';
import { identityPlace, placeId } from '../../shared/domain/registry/place.js';
import { readHandle } from '../../shared/domain/registry/read-handle.js';
import type { Account } from '../../shared/domain/registry/account.js';
import { bundleOf } from '../../shared/domain/scanning/bundle-of.js';
import type { PostBundle } from '../../shared/domain/scanning/messages.js';
import { Post, PostContext, TextPart } from '../../shared/domain/scanning/post.js';
import { instant, type Instant } from '../../shared/domain/time.js';
import { ACCOUNT_NETWORKS } from '../../shared/networks.js';
import { postNameAt } from '../../shared/networks/post-names.js';
import { json, jsonBody, routes, type ApiDeps } from './api.js';
import { claimUpload, type Claimed } from './claim-upload.js';
import { ProblemError } from './problem.js';

/** As much as the longest post that a network allows, and what surrounds it. */
const MOST_CHARACTERS = 70_000;

const Words = z.string().trim().min(1).max(MOST_CHARACTERS);

const Picture = FileName.refine((file) => ['png', 'jpg', 'webp', 'pdf'].includes(kindOf(file)), {
  error: 'must be a picture or a PDF',
});

const Submission = z
  .strictObject({
    network: z.enum(ACCOUNT_NETWORKS),
    /** Whose post it is: a handle, or the address of the profile. */
    author: z.string().trim().min(1).max(2048),
    /** Only its holder may leave it out: their archive may not say it. */
    url: z.url().max(2048).nullish(),
    /** All its words in one, or else each where it stands. */
    text: Words.optional(),
    parts: z
      .array(TextPart.extend({ text: Words }))
      .max(100)
      .optional(),
    kind: Post.shape.kind.default('post'),
    /** What it points to, without its author. */
    context: PostContext.extend({ text: Words }).nullish(),
    postedAt: z.iso.datetime({ offset: true }).max(LINE),
    /** A picture of it, by the name that `/uploads` gave. */
    capture: Picture.optional(),
  })
  .refine(({ text, parts }) => (text === undefined) !== (parts === undefined), {
    path: ['text'],
    error: 'is to be there, or else parts',
  })
  .refine(({ parts, context }) => parts === undefined || parts.length > 0 || context != null, {
    path: ['parts'],
    error: 'has no words',
  })
  .refine(({ parts = [] }) => parts.reduce((sum, { text }) => sum + text.length, 0) <= MOST_CHARACTERS, {
    path: ['parts'],
    error: `has more than ${MOST_CHARACTERS} characters`,
  });
type Submission = z.output<typeof Submission>;

const submit = createRoute({
  method: 'post',
  path: '/submissions',
  summary:
    'Give in a post of a registered account by its address and its words; it is screened like any other',
  description:
    'The address is not opened. Of a network that is not read here, this is the only way in. A post of an account that is not in ' +
    'force is forgotten at once. Only the holder is told so: whoever else gives a post in gets the same answer either way, ' +
    'since it must not tell who is registered. The same post given in again, or collected too, is one finding.',
  request: { body: jsonBody(Submission) },
  responses: { 202: json(z.strictObject({ received: z.literal(true) }), 'It was taken') },
});

type Refusal = Exclude<SubmissionPermission, { kind: 'granted' }>;

/** For the holder alone. */
const whyNot = (refusal: Refusal | null): string => {
  if (refusal === null)
    return 'This post is of a time at which the account was not registered, or not in a contest.';
  if (refusal.kind === 'gates-closed') return 'The agency has not recorded all that has to be there first.';
  switch (refusal.reason) {
    case 'paused':
      return 'This account is paused; resume it first.';
    case 'withdrawn':
      return 'The registration of this account is withdrawn.';
    case 'not-confirmed':
      return 'You have not confirmed the registration of this account; the link is in your mail.';
    case 'not-read':
    case 'not-identified':
      return 'Its network has not said yet which account this is.';
    case 'not-proved':
      return 'Nobody but you has said that this account is yours: prove it, or sign a declaration that your administrator imports.';
    case 'host-not-approved':
      return 'The host of this account is not approved.';
    case 'not-in-force':
      return 'The registration of this account has not begun, or has ended.';
    case 'no-active-contest':
      return 'No contest is on in the area of this account.';
  }
};

interface Received {
  readonly account: Account;
  readonly address: URL | null;
  readonly at: Instant;
  readonly postedAt: Instant;
}

type SubmissionDeps = Pick<
  ApiDeps,
  'agency' | 'packs' | 'accounts' | 'record' | 'posts' | 'files' | 'guard' | 'networks' | 'now' | 'salt'
>;

export const submissionRoutes = (deps: SubmissionDeps) => {
  const { agency, packs, accounts, record, posts, files, guard, networks, now } = deps;

  /** The registered account that goes by this handle now; `null` without one. */
  const accountBy = async (network: Account['network'], handle: string): Promise<Account | null> => {
    const place = placeId({ network, handle });
    const claim = await accounts.placeOwner(place);
    const [account] = claim === null ? [] : await accounts.byIds([claim.account]);
    if (account === undefined) return null;
    const { identity } = account;
    const isIt = identity !== null && identityPlace(network, identity) === place;
    return isIt || account.handle === handle ? account : null;
  };

  /** Puts a capture where it waits until the words that it came with were screened. */
  const waiting = async (
    { key, file, bytes }: Claimed,
    origin: Pick<Capture, 'at' | 'by' | 'as'>,
  ): Promise<PostBundle['capture']> => {
    const submission = deps.salt();
    await files.copy(key, fileIn(filesOf({ submission }), file));
    return { ...origin, submission, kept: { file, bytes, name: `tangkapan-layar.${kindOf(file)}` } };
  };

  const fault = (at: string, detail: string): ProblemError =>
    new ProblemError('bad-request', { errors: [{ at: `json.${at}`, detail }] });

  /** The address as one of that network; what is not read here stands on the public internet, also for a test. */
  const addressOf = ({ network, url }: Submission): URL | null => {
    if (url == null) return null;
    const isRead = networks.some((read) => read === network);
    const address = allowedUrl(url, isRead ? guard : 'public');
    if (address === null) throw fault('url', 'is not an address at a public name');
    if (postNameAt(network, address, null) === null) throw fault('url', 'is not an address of this network');
    return address;
  };

  /** The post as it would have been collected; without an address it is what this account said at that moment. */
  const postOf = async (
    { network, text, parts, kind, context = null }: Submission,
    { account, address, at, postedAt }: Received,
  ): Promise<Post> => {
    const said = parts ?? [{ field: 'body' as const, text: text ?? '' }];
    const words = said.map((part) => part.text);
    const name =
      address === null
        ? `given:${keyedHash(await agency.hashKey(), 'post', account.id, postedAt, ...words, context?.text ?? '')}`
        : (postNameAt(network, address, account.identity) ?? address.href);
    return {
      uri: name,
      url: address === null ? null : address.href,
      version: sha256(...words),
      edited: false,
      kind,
      postedAt,
      capturedAt: at,
      parts: said,
      context,
    };
  };

  const app = routes();
  app.openapi(submit, async (c) => {
    const { person, roles } = c.get('caller');
    const submission = c.req.valid('json');
    const { network, author, capture } = submission;
    const at = now();
    const postedAt = instant(new Date(submission.postedAt));
    const handle = readHandle(network, author, guard);
    if (handle.kind === 'refused') throw fault('author', 'is not a handle or the address of a profile');
    const address = addressOf(submission);
    if (postedAt > at) throw fault('postedAt', 'is in the future');
    const claimed = capture === undefined ? null : await claimUpload(deps)(person.id, capture, 'capture');
    const settings = await agency.read();
    if (settings === null) throw new ProblemError('not-found');

    const account = await accountBy(network, handle.handle);
    const isHolder = account?.holder === person.id;
    if (!isHolder && !roles.includes('analyst')) throw new ProblemError('not-allowed');
    if (!isHolder && address === null) throw fault('url', 'is needed from whoever is not the holder');
    await record.append({ kind: 'act', at, person: person.id, act: 'post-submitted' });
    const { contests } = await packs.active();
    const permission =
      account === null
        ? null
        : SubmissionPermit.request({ agency: settings, contests, account, at }, networks);
    const taken = account !== null && permission?.kind === 'granted' && permission.permit.reaches(postedAt);
    if (taken) {
      const bundle = bundleOf(permission.permit, {
        posts: [await postOf(submission, { account, address, at, postedAt })],
        deleted: [],
        submittedBy: person.id,
        capture:
          claimed === null
            ? null
            : await waiting(claimed, { at, by: person.id, as: isHolder ? 'holder' : 'analyst' }),
      });
      await posts.send([bundle]);
    }
    // Used or not: what nothing is made of is forgotten.
    if (claimed !== null) await files.remove(claimed.key);
    if (!taken && isHolder)
      throw new ProblemError('not-now', {
        detail: whyNot(permission === null || permission.kind === 'granted' ? null : permission),
      });
    return c.json({ received: true as const }, 202);
  });
  return app;
};
