import { createRoute } from '@hono/zod-openapi';
import * as z from 'zod';
import { LINE } from '../../shared/domain/limits.js';
import { SelfCheck, selfCheckerOf } from '../../shared/domain/screening/self-check.js';
import type { Packs } from '../../shared/domain/screening/packs.js';
import { instant } from '../../shared/domain/time.js';
import { html, json, jsonBody, routes, type ApiDeps } from './api.js';
import { callLimit } from './call-limit.js';
import { ProblemError } from './problem.js';
import { LONGEST_DRAFT, selfCheckPage } from './self-check-page.js';

const text = z.string().trim().min(1).max(LONGEST_DRAFT);

const Asked = z.strictObject({
  text,
  /** When it is to be posted; now, unless it says otherwise. */
  postedAt: z.iso.datetime({ offset: true }).max(LINE).optional(),
});

const check = createRoute({
  method: 'post',
  path: '/me/self-check',
  summary: 'What the screening would say of a draft, and why, before it is posted',
  description:
    'For the contests of the caller’s own area. Nothing is kept or logged: not the draft, not the answer, not that anybody asked.',
  request: { body: jsonBody(Asked) },
  responses: { 200: json(SelfCheck, 'What the screening would say') },
});

const form = createRoute({
  method: 'get',
  path: '/open/self-check',
  summary: 'The page on which anybody may check a draft before posting it',
  responses: { 200: html('The page') },
});

const submit = createRoute({
  method: 'post',
  path: '/open/self-check',
  summary: 'The page with what the screening would say of the draft; nothing is kept or logged',
  request: {
    body: {
      required: true,
      content: { 'application/x-www-form-urlencoded': { schema: z.strictObject({ text }) } },
    },
  },
  responses: { 200: html('The page') },
});

/** What one process bears of self-checks, whoever asks. */
const LIMIT = { burst: 20, perSecond: 2 };

/** It is given neither stores nor the record nor a way to report: what it cannot reach, it cannot keep. */
export const selfCheckRoutes = ({ packs, now }: Pick<ApiDeps, 'packs' | 'now'>) => {
  let ready: { readonly packs: Packs; readonly check: ReturnType<typeof selfCheckerOf> } | null = null;
  const checker = async () => {
    const active = await packs.whole();
    if (ready?.packs !== active) ready = { packs: active, check: selfCheckerOf(active) };
    return ready.check;
  };
  const goesOn = callLimit(LIMIT, now);
  const limited = (): void => {
    if (!goesOn()) throw new ProblemError('too-many');
  };

  const app = routes();

  app.openapi(check, async (c) => {
    limited();
    const { text: draft, postedAt } = c.req.valid('json');
    const checked = (await checker())({
      text: draft,
      postedAt: postedAt === undefined ? now() : instant(new Date(postedAt)),
      area: c.get('caller').person.area,
    });
    return c.json(SelfCheck.parse(checked), 200);
  });

  app.openapi(form, () => selfCheckPage(null));

  app.openapi(submit, async (c) => {
    limited();
    const { text: draft } = c.req.valid('form');
    const checked = (await checker())({ text: draft, postedAt: now(), area: null });
    return selfCheckPage({ draft, checked });
  });

  return app;
};
