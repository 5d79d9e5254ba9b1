import { createRoute } from '@hono/zod-openapi';
import * as z from 'zod';
import { sha256 } from '../../shared/domain/ids.js';
import { allowedUrl } from '../../shared/domain/registry/host-grammar.js';
import { ScanPermit } from '../../shared/domain/registry/permit.js';
import { identityPlace, placeId } from '../../shared/domain/registry/place.js';
import { readHandle } from '../../shared/domain/registry/read-handle.js';
import type { Account } from '../../shared/domain/registry/account.js';
import type { PostBundle } from '../../shared/domain/scanning/messages.js';
import { instant } from '../../shared/domain/time.js';
import { NETWORK_IDS } from '../../shared/networks.js';
import { json, jsonBody, problems, routes, type ApiDeps } from './api.js';
import { ProblemError } from './problem.js';

const Submission = z.strictObject({
  network: z.enum(NETWORK_IDS),
  /** Whose post it is: a handle, or the address of the profile. */
  author: z.string().trim().min(1).max(2048),
  url: z.url().max(2048),
  text: z.string().trim().min(1).max(20_000),
  postedAt: z.iso.datetime({ offset: true }),
});

const submit = createRoute({
  method: 'post',
  path: '/submissions',
  summary:
    'Give in a post of a registered account by its address and its words; it is screened like any other',
  description:
    'The address is not opened. A post of an account that may not be looked at now is forgotten at once. Only the holder is told ' +
    'so: whoever else gives a post in gets the same answer either way, since it must not tell who is registered.',
  request: { body: jsonBody(Submission) },
  responses: { 202: json(z.strictObject({ received: z.literal(true) }), 'It was taken'), ...problems },
});

const NOT_IN_FORCE =
  'This account may not be looked at now, or not at a post of that time; GET /me says why.';

type SubmissionDeps = Pick<
  ApiDeps,
  'agency' | 'packs' | 'accounts' | 'people' | 'record' | 'posts' | 'guard' | 'now'
>;

export const submissionRoutes = (deps: SubmissionDeps) => {
  const { agency, packs, accounts, record, posts, guard, now } = deps;

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

  const fault = (at: string, detail: string): ProblemError =>
    new ProblemError('bad-request', { errors: [{ at: `json.${at}`, detail }] });

  const app = routes();
  app.openapi(submit, async (c) => {
    const { person, roles } = c.get('caller');
    const { network, author, url, text, postedAt: written } = c.req.valid('json');
    const at = now();
    const postedAt = instant(new Date(written));
    const handle = readHandle(network, author, guard);
    if (handle.kind === 'refused') throw fault('author', 'is not a handle or the address of a profile');
    if (allowedUrl(url, guard) === null) throw fault('url', 'is not an address at a public name');
    if (postedAt > at) throw fault('postedAt', 'is in the future');
    const settings = await agency.read();
    if (settings === null) throw new ProblemError('not-found');

    const account = await accountBy(network, handle.handle);
    const isHolder = account?.holder === person.id;
    if (!isHolder && !roles.includes('analyst')) throw new ProblemError('not-allowed');
    await record.append({ kind: 'act', at, person: person.id, act: 'post-submitted' });
    const { contests } = await packs.active();
    const permission =
      account === null ? null : ScanPermit.request({ agency: settings, contests, account, at });
    if (permission?.kind === 'granted' && permission.permit.reaches(postedAt)) {
      const { permit } = permission;
      const bundle: PostBundle = {
        kind: 'posts',
        version: 2,
        network,
        account: permit.account,
        epoch: permit.epoch,
        contests: [...permit.contests],
        posts: [
          {
            uri: url,
            url,
            version: sha256(text),
            edited: false,
            kind: 'post',
            postedAt,
            capturedAt: at,
            parts: [{ field: 'body', text }],
            context: null,
          },
        ],
        deleted: [],
        submittedBy: person.id,
      };
      await posts.send([bundle]);
    } else if (isHolder) throw new ProblemError('not-now', { detail: NOT_IN_FORCE });
    return c.json({ received: true as const }, 202);
  });
  return app;
};
