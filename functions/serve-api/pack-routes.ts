import { UNFILTERED } from '../../shared/ports.js';
import { createRoute } from '@hono/zod-openapi';
import type { Finding } from '../../shared/domain/review/finding.js';
import { PackHealth, rulesHealth, wholeSince } from '../../shared/domain/review/rule-health.js';
import { CodePack } from '../../shared/domain/screening/code-pack.js';
import { packRefs, totalOf, trialOf } from '../../shared/domain/screening/shadow.js';
import { countsOf, ShadowStatus } from '../../shared/domain/screening/shadow-status.js';
import { json, routes, type ApiDeps } from './api.js';

/** The neutrality code as people read it; what a machine makes of it is left out. */
const Code = CodePack.omit({ acts: true });

const code = createRoute({
  method: 'get',
  path: '/packs/code',
  summary: 'The provisions that findings name, with their source and its reservation',
  responses: { 200: json(Code, 'The code in use') },
});

const shadow = createRoute({
  method: 'get',
  path: '/packs/shadow',
  summary: 'How the candidate packs differ from those in use on live traffic; counts alone',
  responses: { 200: json(ShadowStatus, 'The trial of the candidate') },
});

const health = createRoute({
  method: 'get',
  path: '/packs/health',
  summary: 'Of each rule, how many of its findings people dismissed and referred; counts alone',
  responses: { 200: json(PackHealth, 'The health of the rules, those that ail first') },
});

const PAGE = 500;
/** Keeps the answer within the time of a request; indications are rare and the dismissed ones are soon deleted. */
const MOST_FINDINGS = 10_000;

const newestFindings = async (
  findings: ApiDeps['findings'],
): Promise<{ readonly items: readonly Finding[]; readonly truncated: boolean }> => {
  const items: Finding[] = [];
  let cursor: string | null = null;
  do {
    const page = await findings.list({ ...UNFILTERED, limit: PAGE, cursor });
    items.push(...page.items);
    cursor = page.next;
  } while (cursor !== null && items.length < MOST_FINDINGS);
  return { items, truncated: cursor !== null };
};

export const packRoutes = (deps: Pick<ApiDeps, 'packs' | 'shadow' | 'findings' | 'agency' | 'now'>) => {
  const { packs } = deps;
  const app = routes();

  app.openapi(code, async (c) => {
    const { id, version, title, sources, reservation, provisions } = (await packs.active()).code;
    return c.json(Code.parse({ id, version, title, sources, reservation, provisions }), 200);
  });

  app.openapi(shadow, async (c) => {
    const [active, candidate] = await Promise.all([packs.whole(), packs.candidate()]);
    const days =
      candidate === null ? [] : await deps.shadow.days(trialOf(packRefs(active), packRefs(candidate)));
    const status = {
      active: packRefs(active),
      candidate: candidate === null ? null : packRefs(candidate),
      since: days[0]?.day ?? null,
      counts: countsOf(totalOf(days.map(({ tally }) => tally))),
    };
    return c.json(ShadowStatus.parse(status), 200);
  });

  app.openapi(health, async (c) => {
    const retention = (await deps.agency.read())?.gates.retention ?? null;
    const since = wholeSince(retention, deps.now());
    const { items, truncated } = await newestFindings(deps.findings);
    return c.json(PackHealth.parse({ since, truncated, rules: rulesHealth(items, since) }), 200);
  });

  return app;
};
