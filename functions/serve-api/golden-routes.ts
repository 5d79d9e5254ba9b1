import { createRoute } from '@hono/zod-openapi';
import * as z from 'zod';
import { ANSWER } from '../../shared/domain/limits.js';
import { ContestId } from '../../shared/domain/ids.js';
import { GoldenItem, GoldenItems, type GoldenSet } from '../../shared/domain/review/golden.js';
import type { Packs } from '../../shared/domain/screening/packs.js';
import type { ContestPack } from '../../shared/domain/screening/rules.js';
import { screenerOf } from '../../shared/domain/screening/screen.js';
import { plus, startOfDay, type Instant } from '../../shared/domain/time.js';
import { json, jsonBody, requiredRevision, routes, staleOver, versionTag, type ApiDeps } from './api.js';
import { compiledOf } from './compiled-packs.js';
import { ProblemError } from './problem.js';

const GoldenView = z.strictObject({
  items: z.array(GoldenItem).max(ANSWER),
  /** The contests in use; an item of another is shown to nobody. */
  contests: z.array(ContestId).max(ANSWER),
});

const show = createRoute({
  method: 'get',
  path: '/golden',
  summary: 'The invented items with known answers that analysts get among real ones; no analyst reads this',
  responses: { 200: json(GoldenView, 'The items; their version is the ETag') },
});

const replace = createRoute({
  method: 'put',
  path: '/golden',
  summary: 'Replace the invented items with known answers',
  description:
    'Each text has to be one that the screening indicates in its contest, or no analyst could get it. `If-Match` carries ' +
    'the version that this replaces, "0" for none.',
  request: { body: jsonBody(z.strictObject({ items: GoldenItems })) },
  responses: { 200: json(GoldenView, 'The items as they are now') },
});

type GoldenDeps = Pick<ApiDeps, 'golden' | 'packs' | 'record' | 'now'>;

const versionOf = (set: GoldenSet | null): number => (set === null ? 0 : set.revision + 1);
const tagOf = (set: GoldenSet | null) => versionTag(versionOf(set));

/** A moment in each stage of a contest, and now: what is indicated at none of them never comes. */
const momentsOf = ({ stages, timeZone }: ContestPack, now: Instant): Instant[] => [
  now,
  ...stages.map(({ from }) => plus(startOfDay(from, timeZone), { hours: 12 })),
];

const faultsOf = (items: readonly GoldenItem[], packs: Packs, now: Instant) => {
  const screen = screenerOf(compiledOf(packs));
  return items.flatMap(({ contest, text }, index) => {
    const pack = packs.contests.find(({ id }) => id === contest);
    if (pack === undefined) return [{ at: `json.items.${index}.contest`, detail: 'is in no pack in use' }];
    const isIndicated = momentsOf(pack, now).some(
      (postedAt) =>
        screen({ parts: [{ field: 'body', text }], context: null, postedAt, contests: [contest] }).kind ===
        'indicated',
    );
    return isIndicated
      ? []
      : [{ at: `json.items.${index}.text`, detail: 'is nothing that the screening indicates in any stage' }];
  });
};

export const goldenRoutes = ({ golden, packs, record, now }: GoldenDeps) => {
  const viewOf = async (set: GoldenSet | null) =>
    GoldenView.parse({
      items: set?.items ?? [],
      contests: (await packs.active()).contests.map(({ id }) => id),
    });
  const app = routes();

  app.openapi(show, async (c) => {
    const set = await golden.set();
    return c.json(await viewOf(set), 200, tagOf(set));
  });

  app.openapi(replace, async (c) => {
    const { items } = c.req.valid('json');
    const before = await golden.set();
    if (requiredRevision(c) !== versionOf(before)) throw staleOver({ items: before?.items.length ?? 0 });
    const errors = faultsOf(items, await packs.whole(), now());
    if (errors.length > 0) throw new ProblemError('bad-request', { errors });
    const by = c.get('caller').person.id;
    const set: GoldenSet = { items, at: now(), by, revision: versionOf(before) };
    await record.append({ kind: 'act', at: now(), person: by, act: 'golden-changed' });
    if ((await golden.saveSet(set)) === 'stale') throw new ProblemError('changed-meanwhile');
    return c.json(await viewOf(set), 200, tagOf(set));
  });

  return app;
};
