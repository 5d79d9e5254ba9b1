import type { AccountId } from '../domain/ids.js';
import { Account, isToBeEnrolled } from '../domain/registry/account.js';
import { lookupDueAt } from '../domain/registry/identify.js';
import { PlaceClaim, placesOf } from '../domain/registry/place.js';
import { nextInvitation } from '../domain/registry/invite.js';
import type { AccountStore } from '../ports.js';
import { by } from './by.js';
import { invitationOrder } from './invitation-order.js';
import { withdrawnOrder } from './withdrawn-order.js';
import { memoryRows, promised, saveRow } from './memory-rows.js';
import { accountCursor } from './page-cursor.js';

/** Accounts for one process. */
export const memoryAccountStore = (): AccountStore => {
  const accounts = memoryRows(Account);
  const places = memoryRows(PlaceClaim);
  const byIds = (ids: readonly AccountId[]) =>
    promised(() => accounts.all().filter(({ id }) => ids.includes(id)));
  return {
    byIds,
    inCohort: (_, ids) => byIds(ids),
    save: (account) => promised(() => saveRow(accounts, account.id, account)),
    ofHolder: (holder) => promised(() => accounts.all().filter((account) => account.holder === holder)),
    list: ({ limit, cursor }) =>
      promised(() => {
        const after = cursor === null ? '' : accountCursor.read(cursor).id;
        const rest = accounts
          .all()
          .filter(({ id }) => id > after)
          .sort(by(({ id }) => id));
        const items = rest.slice(0, limit);
        const last = items.at(-1);
        const more = rest.length > limit && last !== undefined;
        return { items, next: more ? accountCursor.write({ id: last.id }) : null };
      }),
    uninvited: ({ notice, at }, limit, after) =>
      promised(() =>
        accounts
          .all()
          .filter((account) => nextInvitation(account, notice, at).kind !== 'wait')
          .filter((account) => after === undefined || invitationOrder(account) > invitationOrder(after))
          .sort(by(invitationOrder))
          .slice(0, limit),
      ),
    lookupsDue: (at, limit) =>
      promised(() =>
        accounts
          .all()
          .filter((account) => (lookupDueAt(account) ?? '~') <= at)
          .sort(by((account) => lookupDueAt(account) ?? at))
          .slice(0, limit),
      ),
    unenrolled: (limit) => promised(() => accounts.all().filter(isToBeEnrolled).slice(0, limit)),
    withdrawnBy: (at, limit) =>
      promised(() =>
        accounts
          .all()
          .filter((account) => (withdrawnOrder(account) ?? '~') <= `${at}~`)
          .sort(by((account) => withdrawnOrder(account) ?? ''))
          .slice(0, limit),
      ),
    remove: (account) =>
      promised(() => {
        for (const place of placesOf(account))
          if (places.get(place)?.account === account.id) places.delete(place);
        accounts.delete(account.id);
      }),
    placeOwner: (place) => promised(() => places.get(place)),
    claimPlace: (place, claim, before) =>
      promised(() => {
        const now = places.get(place);
        if (now?.account !== before?.account || now?.claimedAt !== before?.claimedAt) return 'taken';
        places.set(place, claim);
        return 'claimed';
      }),
  };
};
