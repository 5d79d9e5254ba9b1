import { createRoute } from '@hono/zod-openapi';
import * as z from 'zod';
import type { Account } from '../../shared/domain/registry/account.js';
import type { Notice } from '../../shared/domain/registry/agency.js';
import { checkRow } from '../../shared/domain/registry/check-row.js';
import { accountId } from '../../shared/domain/registry/imported.js';
import { askForProof } from '../../shared/domain/registry/proof.js';
import { LocalDate, localDate } from '../../shared/domain/time.js';
import { ACCOUNT_NETWORKS } from '../../shared/networks.js';
import { json, jsonBody, routes, type ApiDeps } from './api.js';
import { PROVED_ON_PAPER } from './account-routes.js';
import { ownership } from './check-rows.js';
import { register } from './import-rows.js';
import { OwnAccount, ownAccounts } from './own-account.js';
import { ProblemError } from './problem.js';
import { standingsOf } from './standings.js';

const declare = createRoute({
  method: 'post',
  path: '/me/accounts',
  summary: 'Register an account of yours under the notice that you have read, as GET /me has it',
  description:
    'This agrees to the notice. Nothing is read before you have shown that the account is yours: the answer has the code ' +
    'for that. The same again changes nothing.',
  request: {
    body: jsonBody(
      z.strictObject({
        network: z.enum(ACCOUNT_NETWORKS),
        handle: z.string().trim().min(1).max(2048),
        /** From today on unless it says otherwise. */
        effectiveFrom: LocalDate.optional(),
        effectiveTo: LocalDate.optional(),
        noticeVersion: z.string().min(1).max(100),
      }),
    ),
  },
  responses: { 200: json(OwnAccount, 'The account, with how to prove that it is yours') },
});

type OwnRegistrationDeps = Pick<
  ApiDeps,
  'agency' | 'accounts' | 'scans' | 'cohorts' | 'guard' | 'networks' | 'publicUrl' | 'now'
>;

/** Each costs look-ups at its network, before anybody has proved anything. */
const MOST_ACCOUNTS = 20;

/** Whoever agrees, agrees to the text that is in force. */
const agreed = (notice: Notice | null, version: string): void => {
  if (notice === null)
    throw new ProblemError('not-now', { detail: 'There is no notice yet that you could agree to.' });
  if (notice.version !== version)
    throw new ProblemError('not-now', {
      detail: `The notice in force is version ${notice.version}; read it and send that.`,
    });
};

const faulty = (faults: readonly { readonly column: string; readonly reason: string }[]): ProblemError =>
  new ProblemError('bad-request', {
    errors: faults.map(({ column, reason }) => ({ at: `json.${column}`, detail: reason })),
  });

/** Registration by the holder: the same checks as for a row of the registry, with the holder's own agreement. */
export const ownRegistrationRoutes = (deps: OwnRegistrationDeps) => {
  const { accounts, guard, networks } = deps;
  /** Asked for at once; a step of its own, since a repeat of the request does it if it is missing. */
  const asked = async (account: Account): Promise<Account> => {
    const { state, confirmation, proof } = account;
    if (state !== 'active' || confirmation?.kind !== 'self' || proof?.kind === 'proved') return account;
    const asking = askForProof(account, deps.now());
    if (asking !== account && (await accounts.save(asking)) === 'stale')
      throw new ProblemError('changed-meanwhile');
    return asking;
  };

  const app = routes();
  app.openapi(declare, async (c) => {
    const { person } = c.get('caller');
    const { network, handle, effectiveFrom = '', effectiveTo = '', noticeVersion } = c.req.valid('json');
    const settings = await deps.agency.read();
    if (settings === null) throw new ProblemError('not-found');
    agreed(settings.gates.notice, noticeVersion);
    if (!networks.some((read) => read === network))
      throw new ProblemError('not-now', { detail: PROVED_ON_PAPER });

    const at = deps.now();
    const today = localDate(at, settings.timeZone);
    const { name, employeeNumber, employmentType, unit, area } = person;
    const cells = {
      ...{ employeeNumber, employmentType, name, email: person.email ?? '', unit, area },
      ...{ supervisorEmployeeNumber: '', declarationRef: '', declaredOn: '', noticeVersion: '' },
      ...{ network, handle, effectiveFrom, effectiveTo },
    };
    const checked = checkRow(cells, { guard, today, settings: settings.networks });
    if (checked.kind === 'bad') throw faulty(checked.faults);
    if (checked.place === null) throw new Error('A row with a handle has a place');
    const change = {
      row: { ...checked.row, network },
      place: checked.place,
      holder: person.id,
      id: accountId(await deps.agency.hashKey(), network, checked.place.handle, person.id),
      confirmation: { kind: 'self' as const, at, noticeVersion },
      at,
      timeZone: settings.timeZone,
    };
    const own = await accounts.ofHolder(person.id);
    if (own.filter(({ id, state }) => id !== change.id && state !== 'withdrawn').length >= MOST_ACCOUNTS)
      throw new ProblemError('not-now', {
        detail: `You have ${MOST_ACCOUNTS} accounts here; withdraw one, or have it registered by declaration.`,
      });
    const { faults, accounts: declared } = await ownership([{ at: 1, change }], { accounts, at });
    const [one] = declared;
    if (faults.length > 0 || one === undefined) throw faulty(faults);
    const { item } = await register(one, accounts);
    const [shown] = await ownAccounts(deps)(await standingsOf(deps)([await asked(item)]));
    if (shown === undefined) throw new Error('Every account has a standing');
    return c.json(shown, 200);
  });
  return app;
};
