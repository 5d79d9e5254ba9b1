import { createRoute } from '@hono/zod-openapi';
import * as z from 'zod';
import { FindingId } from '../../shared/domain/ids.js';
import { LegalHold } from '../../shared/domain/review/finding.js';
import { changeHold, type HoldAct, type HoldRefusal } from '../../shared/domain/review/legal-hold.js';
import type { Caller } from '../../shared/domain/registry/supervision.js';
import { addDays, LocalDate, startOfDay } from '../../shared/domain/time.js';
import { json, jsonBody, routes, type ApiDeps } from './api.js';
import { ProblemError } from './problem.js';

const ById = z.strictObject({ id: FindingId });
const words = z.string().trim().min(10).max(5_000);

/** What an officer gets of a finding: whether it is held, and nothing that is in it. */
const HeldFinding = z.strictObject({ finding: FindingId, legalHold: LegalHold.nullable() });

const hold = createRoute({
  method: 'put',
  path: '/findings/{id}/legal-hold',
  summary: 'Keep a finding beyond its end, because a proceeding needs it',
  description:
    '`until` is the last day of the hold. Another one moves its end. The holder reads the reason, and nothing of the finding is shown to the officer.',
  request: { params: ById, body: jsonBody(z.strictObject({ until: LocalDate, words })) },
  responses: { 200: json(HeldFinding, 'The finding is held') },
});

const release = createRoute({
  method: 'post',
  path: '/findings/{id}/legal-hold/end',
  summary: 'End a legal hold; the finding then ends by the rules again',
  request: { params: ById, body: jsonBody(z.strictObject({ words })) },
  responses: { 200: json(HeldFinding, 'The finding is not held any more') },
});

const refusal = (reason: HoldRefusal): ProblemError => {
  switch (reason) {
    case 'role-missing':
      return new ProblemError('not-allowed');
    // Nobody holds a finding on themself, nor learns by trying that there is one.
    case 'own-finding':
      return new ProblemError('not-found');
    case 'not-in-the-future':
      return new ProblemError('bad-request', {
        errors: [{ at: 'json.until', detail: 'must not be over already' }],
      });
    case 'not-held':
      return new ProblemError('not-now', { detail: 'There is no legal hold on this finding.' });
  }
};

const BEGUN = 'The deletion of this finding has begun; nothing of it can be held any more.';

type HoldDeps = Pick<ApiDeps, 'agency' | 'findings' | 'accounts' | 'now' | 'salt'>;

export const legalHoldRoutes = (deps: HoldDeps) => {
  const { agency: agencies, findings, accounts, now, salt } = deps;

  const act = async (caller: Caller, id: FindingId, asked: HoldAct): Promise<z.infer<typeof HeldFinding>> => {
    const finding = await findings.byId(id);
    if (finding === null) throw new ProblemError('not-found');
    const [account] = await accounts.byIds([finding.account]);
    const isHolder = account?.holder === caller.person.id;
    const party = { person: caller.person.id, roles: caller.roles, isHolder };
    const outcome = changeHold(finding, asked, party, { at: now(), salt: salt() });
    if (outcome.kind === 'refused') throw refusal(outcome.reason);
    if ((await findings.save(outcome.finding)) === 'stale') {
      // Nobody has changed it, so it is locked.
      if ((await findings.byId(id))?.revision === finding.revision)
        throw new ProblemError('not-now', { detail: BEGUN });
      throw new ProblemError('changed-meanwhile');
    }
    return HeldFinding.parse({ finding: id, legalHold: outcome.finding.legalHold });
  };

  const app = routes();
  app.openapi(hold, async (c) => {
    const agency = await agencies.read();
    if (agency === null) throw new ProblemError('not-found');
    const { until, words: why } = c.req.valid('json');
    const end = startOfDay(addDays(until, 1), agency.timeZone);
    const asked = { kind: 'legal-hold', until: end, words: why } as const;
    return c.json(await act(c.get('caller'), c.req.valid('param').id, asked), 200);
  });
  app.openapi(release, async (c) => {
    const asked = { kind: 'end-legal-hold', words: c.req.valid('json').words } as const;
    return c.json(await act(c.get('caller'), c.req.valid('param').id, asked), 200);
  });
  return app;
};
