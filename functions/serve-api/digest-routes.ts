import { createRoute } from '@hono/zod-openapi';
import * as z from 'zod';
import { ANSWER, PASSAGE } from '../../shared/domain/limits.js';
import { superiorOf } from '../../shared/domain/digest/recipient.js';
import { isVoid } from '../../shared/domain/registry/account.js';
import type { Person } from '../../shared/domain/registry/person.js';
import type { Finding } from '../../shared/domain/review/finding.js';
import { localDate } from '../../shared/domain/time.js';
import { inParallel } from '../../shared/in-parallel.js';
import { digest, type DigestItem } from '../../shared/mail/digest.js';
import { json, routes, type ApiDeps } from './api.js';
import { ProblemError } from './problem.js';

/** As many findings as are looked through for one superior; the morning's run empties the list. */
const MOST_WAITING = 500;

const Preview = z.strictObject({
  /** How many findings wait to be told. */
  waiting: z.int().nonnegative(),
  /** The mail as it would be sent now; `null` when nothing waits. */
  letter: z.strictObject({ subject: z.string().max(PASSAGE), text: z.string().max(ANSWER) }).nullable(),
});

const preview = createRoute({
  method: 'get',
  path: '/me/digest',
  summary: 'The digest that the caller would get now as a superior; nothing is sent',
  responses: { 200: json(Preview, 'What waits') },
});

type DigestDeps = Pick<
  ApiDeps,
  'agency' | 'packs' | 'findings' | 'accounts' | 'people' | 'record' | 'now' | 'publicUrl'
>;

export const digestRoutes = (deps: DigestDeps) => {
  const { accounts, people } = deps;

  const itemFor = async (supervisor: Person, finding: Finding): Promise<DigestItem | null> => {
    const telling = finding.untold.supervisor;
    if (telling === null || telling === 'clarification' || telling === 'dismissed') return null;
    const [account] = await accounts.byIds([finding.account]);
    if (account === undefined || isVoid(account, finding)) return null;
    const holder = await people.byId(account.holder);
    if (holder === null) return null;
    const told = await superiorOf(holder, people.byId);
    return told.kind === 'superior' && told.person.id === supervisor.id ? { finding, telling, holder } : null;
  };

  const app = routes();
  app.openapi(preview, async (c) => {
    const { person } = c.get('caller');
    const agency = await deps.agency.read();
    if (agency === null) throw new ProblemError('not-found');
    const untold = await deps.findings.untold('supervisor', MOST_WAITING);
    const found = await inParallel(untold, (finding) => itemFor(person, finding));
    const items = found.filter((item) => item !== null);
    if (items.length === 0) return c.json({ waiting: 0, letter: null }, 200);
    // A preview names people, so it is a look like any other.
    for (const { finding } of items)
      await deps.record.append({ kind: 'read', at: deps.now(), person: person.id, finding: finding.id });
    const { subject, text } = digest({
      agency,
      code: (await deps.packs.active()).code,
      publicUrl: deps.publicUrl,
      supervisor: person,
      period: localDate(deps.now(), agency.timeZone),
      items,
    });
    return c.json(Preview.parse({ waiting: items.length, letter: { subject, text } }), 200);
  });
  return app;
};
