import { createRoute } from '@hono/zod-openapi';
import * as z from 'zod';
import { changeAccount, type Account } from '../../shared/domain/registry/account.js';
import type { Agency, Notice } from '../../shared/domain/registry/agency.js';
import { readConfirmToken } from '../../shared/domain/registry/confirm-link.js';
import { html, routes, type ApiDeps } from './api.js';
import { invitationEnd, invitationPage } from './invitation-page.js';
import { ProblemError } from './problem.js';

const ByToken = z.strictObject({ token: z.string().min(1).max(1024) });

const show = createRoute({
  method: 'get',
  path: '/invitations/{token}',
  summary: 'The page of an invitation: what is registered, and the notice',
  request: { params: ByToken },
  responses: { 200: html('The page; it confirms nothing') },
});

const confirm = createRoute({
  method: 'post',
  path: '/invitations/{token}',
  summary: 'Confirm the registration under the notice that was shown',
  request: {
    params: ByToken,
    body: {
      required: true,
      content: {
        'application/x-www-form-urlencoded': {
          schema: z.strictObject({ noticeVersion: z.string().min(1).max(100) }),
        },
      },
    },
  },
  responses: { 200: html('The registration is confirmed') },
});

type Invitation =
  | { readonly kind: 'unknown' | 'expired' | 'confirmed' }
  | {
      readonly kind: 'open';
      readonly agency: Agency;
      readonly account: Account;
      readonly notice: Notice;
    };

export const invitationRoutes = ({ agency, accounts, now }: Pick<ApiDeps, 'agency' | 'accounts' | 'now'>) => {
  const invitationOf = async (token: string): Promise<Invitation> => {
    const link = readConfirmToken(await agency.hashKey(), token, now());
    if (link.kind === 'forged') return { kind: 'unknown' };
    if (link.kind === 'expired') return { kind: 'expired' };
    const settings = await agency.read();
    const [account] = await accounts.byIds([link.account]);
    const notice = settings?.gates.notice ?? null;
    if (settings === null || notice === null || account === undefined) return { kind: 'unknown' };
    // An invitation is for one registration under one notice; whoever is to agree to another gets another.
    if (account.epoch !== link.epoch || notice.version !== link.noticeVersion) return { kind: 'expired' };
    if (account.state !== 'invited') return { kind: account.state === 'withdrawn' ? 'expired' : 'confirmed' };
    return { kind: 'open', agency: settings, account, notice };
  };

  const app = routes();

  app.openapi(show, async (c) => {
    const invitation = await invitationOf(c.req.valid('param').token);
    return invitation.kind === 'open' ? invitationPage(invitation) : invitationEnd(invitation.kind);
  });

  app.openapi(confirm, async (c) => {
    const invitation = await invitationOf(c.req.valid('param').token);
    if (invitation.kind !== 'open') return invitationEnd(invitation.kind);
    const { noticeVersion } = c.req.valid('form');
    if (noticeVersion !== invitation.notice.version) return invitationEnd('expired');
    const outcome = changeAccount(invitation.account, { kind: 'confirm', noticeVersion }, now());
    if (outcome.kind === 'changed' && (await accounts.save(outcome.account)) === 'stale')
      throw new ProblemError('changed-meanwhile');
    return invitationEnd('confirmed');
  });

  return app;
};
