import { UNFILTERED } from '../../shared/ports.js';
import { createRoute } from '@hono/zod-openapi';
import * as z from 'zod';
import { FindingId, type PersonId } from '../../shared/domain/ids.js';
import { words } from '../../shared/domain/review/acts.js';
import type { Finding } from '../../shared/domain/review/finding.js';
import { FirstVerdict } from '../../shared/domain/review/first-verdict.js';
import { peopleWhoAnswered } from '../../shared/domain/review/golden.js';
import { peopleIn } from '../../shared/domain/review/people-in-text.js';
import {
  ENDED,
  isSampled,
  secondLook,
  SecondLookView,
  secondLookRefusal,
} from '../../shared/domain/review/second-look.js';
import type { Caller } from '../../shared/domain/registry/supervision.js';
import type { Sighting } from '../../shared/domain/review/views.js';
import { goldenOf, Quality, qualityOf } from '../../shared/domain/statistics/quality.js';
import { Instant } from '../../shared/domain/time.js';
import { circumstancesOf, refusal, type ActDeps } from './act-on-finding.js';
import { json, jsonBody, routes } from './api.js';
import { countActs } from './count-acts.js';
import { countedRows, Period, PERIOD } from './counted-rows.js';
import { ProblemError } from './problem.js';
import { standingsTo } from './sightings.js';

const next = createRoute({
  method: 'get',
  path: '/review/second-look',
  summary: 'An ended matter of the sample to look at a second time, without what the first saw in it',
  description:
    'Which matters are in the sample is a keyed hash of their ids, so that nobody can choose. The look is put on record.',
  responses: {
    200: json(z.strictObject({ finding: SecondLookView.nullable() }), 'The matter; `null` when none waits'),
  },
});

const look = createRoute({
  method: 'post',
  path: '/findings/{id}/second-look',
  summary: 'Say what one would have done at the first look; it is counted and changes nothing for the holder',
  request: {
    params: z.strictObject({ id: FindingId }),
    body: jsonBody(z.strictObject({ verdict: FirstVerdict, words })),
  },
  responses: { 204: { description: 'It is counted' } },
});

const quality = createRoute({
  method: 'get',
  path: '/quality',
  summary:
    'How often second looks differed, how far analysts agree beyond chance, and how invented items were answered',
  description: PERIOD,
  request: { query: Period },
  responses: { 200: json(Quality, 'The quality of first looks') },
});

const PAGE = 100;
const MOST_PAGES = 50;

export const qualityRoutes = (deps: ActDeps) => {
  const waiting = async (caller: Caller): Promise<Sighting | null> => {
    const { settings } = await circumstancesOf(deps);
    const hashKey = await deps.agency.hashKey();
    const isDue = (finding: Finding): boolean => isSampled(hashKey, finding.id, settings.secondLookPercent);
    let cursor: string | null = null;
    for (let pages = 0; pages < MOST_PAGES; pages += 1) {
      const query = { ...UNFILTERED, states: ENDED };
      const page = await deps.findings.list({ ...query, limit: PAGE, cursor });
      const standings = await standingsTo(deps)(caller, page.items.filter(isDue));
      const due = standings.find(({ finding, party }) => secondLookRefusal(finding, party) === null);
      if (due !== undefined) return due;
      if (page.next === null) return null;
      cursor = page.next;
    }
    return null;
  };
  const putOnRecord = (person: PersonId, finding: FindingId): Promise<void> =>
    deps.record.append({ kind: 'read', at: deps.now(), person, finding });

  const app = routes();

  app.openapi(next, async (c) => {
    const caller = c.get('caller');
    const due = await waiting(caller);
    if (due === null) return c.json({ finding: null }, 200);
    const { finding, contestants } = due;
    await putOnRecord(caller.person.id, finding.id);
    const { id, postedAt, parts, context, indication } = finding;
    const people = peopleIn(finding, contestants);
    const view = SecondLookView.parse({ id, postedAt, parts, context, indication, people });
    return c.json({ finding: view }, 200);
  });

  app.openapi(look, async (c) => {
    const { verdict, words: why } = c.req.valid('json');
    const around = await circumstancesOf(deps);
    const finding = await deps.findings.byId(c.req.valid('param').id);
    const [standing] = finding === null ? [] : await standingsTo(deps)(c.get('caller'), [finding]);
    // What has not ended is not in the sample either; told apart, an invented item would be known by its answer.
    if (
      standing === undefined ||
      !ENDED.includes(standing.finding.state) ||
      !isSampled(await deps.agency.hashKey(), standing.finding.id, around.settings.secondLookPercent)
    )
      throw new ProblemError('not-found');
    const outcome = secondLook(standing.finding, { verdict, words: why }, standing.party, around);
    if (outcome.kind === 'refused') throw refusal(outcome.reason);
    if ((await deps.findings.save(outcome.finding)) === 'stale') throw new ProblemError('changed-meanwhile');
    await countActs(deps)(standing, outcome.finding);
    return c.body(null, 204);
  });

  app.openapi(quality, async (c) => {
    const { rows, period } = await countedRows(deps)(c.req.valid('query'));
    // In months that somebody chose there could be one person's answers alone.
    const year = await countedRows(deps)({});
    const since = Instant.parse(`${year.period.from}-01T00:00:00.000Z`);
    const people = peopleWhoAnswered(await deps.golden.everyDrills(), since);
    return c.json(Quality.parse(qualityOf(rows, period, goldenOf(year.rows, people))), 200);
  });

  return app;
};
