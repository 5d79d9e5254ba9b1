import { createRoute } from '@hono/zod-openapi';
import * as z from 'zod';
import type { Agency } from '../../shared/domain/registry/agency.js';
import { allowedHost } from '../../shared/domain/registry/host-grammar.js';
import { MOST_HOSTS, NetworkSettings } from '../../shared/domain/registry/network-settings.js';
import { NETWORK_IDS } from '../../shared/networks.js';
import { restOn } from './agency-routes.js';
import { json, jsonBody, routes, versionTag, type ApiDeps } from './api.js';
import { ProblemError } from './problem.js';

const NetworksView = NetworkSettings.extend({
  /** The networks that this deployment reads. */
  read: z.array(z.enum(NETWORK_IDS)).max(NETWORK_IDS.length),
});

const Hosts = z.array(z.string().max(253)).max(100).default([]);
const NetworksChange = z.strictObject({
  approve: Hosts,
  disapprove: Hosts,
  respectOptOuts: NetworkSettings.shape.respectOptOuts.optional(),
});

const show = createRoute({
  method: 'get',
  path: '/networks',
  summary: 'Which networks are read, and which Mastodon-compatible hosts are approved',
  responses: { 200: json(NetworksView, 'The networks') },
});

const change = createRoute({
  method: 'patch',
  path: '/networks',
  summary: 'Approve Mastodon-compatible hosts, or set whether wishes to be in no search engine are respected',
  description:
    'Accounts at a host that is no longer approved are no longer looked at. `If-Match` may carry the version.',
  request: { body: jsonBody(NetworksChange) },
  responses: { 200: json(NetworksView, 'The networks as they are now') },
});

export const networkRoutes = ({
  agency,
  record,
  guard,
  networks,
  now,
}: Pick<ApiDeps, 'agency' | 'record' | 'guard' | 'networks' | 'now'>) => {
  const known = async (): Promise<Agency> => {
    const found = await agency.read();
    if (found === null) throw new ProblemError('not-found');
    return found;
  };
  const view = ({ networks: settings }: Agency) => NetworksView.parse({ ...settings, read: [...networks] });

  /** Hosts in the one form in which handles name them. */
  const hosts = (field: 'approve' | 'disapprove', written: readonly string[]): string[] => {
    const read = written.map((host) => allowedHost(host.trim().toLowerCase(), guard));
    const errors = read.flatMap((host, index) =>
      host === null ? [{ at: `json.${field}.${index}`, detail: 'is not the public name of a host' }] : [],
    );
    if (errors.length > 0) throw new ProblemError('bad-request', { errors });
    return read.filter((host) => host !== null);
  };

  const app = routes();
  app.openapi(show, async (c) => {
    const found = await known();
    return c.json(view(found), 200, versionTag(found.revision));
  });
  app.openapi(change, async (c) => {
    const before = await known();
    const asked = c.req.valid('json');
    const isNamed = ([, value]: readonly [string, unknown]): boolean =>
      !Array.isArray(value) || value.length > 0;
    const named = Object.fromEntries(Object.entries(asked).filter(isNamed));
    const approved = before.networks.mastodonHosts;
    restOn(c, before, { approve: approved, disapprove: approved, ...before.networks }, named);
    const { approve, disapprove, respectOptOuts = before.networks.respectOptOuts } = asked;
    const leaving = new Set(hosts('disapprove', disapprove));
    const mastodonHosts = [...new Set([...before.networks.mastodonHosts, ...hosts('approve', approve)])]
      .filter((host) => !leaving.has(host))
      .sort();
    if (mastodonHosts.length > MOST_HOSTS)
      throw new ProblemError('bad-request', {
        errors: [{ at: 'json.approve', detail: `there are at most ${MOST_HOSTS} approved hosts` }],
      });
    const after: Agency = {
      ...before,
      networks: { mastodonHosts, respectOptOuts },
      revision: before.revision + 1,
    };
    await record.append({
      kind: 'act',
      at: now(),
      person: c.get('caller').person.id,
      act: 'networks-changed',
    });
    if ((await agency.save(after)) === 'stale') throw new ProblemError('changed-meanwhile');
    return c.json(view(after), 200, versionTag(after.revision));
  });
  return app;
};
