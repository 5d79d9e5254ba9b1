import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { Count } from '../domain/fields.js';
import { AccountId, CohortId } from '../domain/ids.js';
import type { Account } from '../domain/registry/account.js';
import { REGISTRY_KEYS } from '../tables.js';
import { dynamoDocs } from './dynamo-docs.js';

const key = {
  home: (id: AccountId) => ({ pk: `${REGISTRY_KEYS.account}${id}`, sk: 'HOME' }),
  announced: (home: CohortId, id: AccountId) => ({ pk: `${REGISTRY_KEYS.home}${home}`, sk: id }),
};

/** The first cohort that an account was ever in, for good: what is listed by it never moves, so no list holds a former place. */
const Home = z.strictObject({ cohort: CohortId });

/** The last revision that somebody set out to save. */
const Announced = z.strictObject({ account: AccountId, revision: Count });

/**
 * By which cohort accounts are listed in the index `home`, and how a reader knows which entries are still true. An index may be
 * behind for any time. So the revision that is about to be saved stands beside the list before it is: an entry of exactly
 * the announced revision is the account as of now, and any other entry may not be.
 */
export const accountHomes = (client: DynamoDBDocumentClient, table: string) => {
  const homes = dynamoDocs(client, table, Home);
  const announced = dynamoDocs(client, table, Announced);

  const known = async (id: AccountId): Promise<CohortId | null> =>
    (await homes.read(key.home(id)))?.cohort ?? null;

  const homeOf = async ({ id, cohort, revision, state }: Account): Promise<CohortId | null> => {
    // Who is new was in no cohort yet: what may stand there is of a life that just ends.
    if (revision === 0 && cohort === null) return null;
    const home = await known(id);
    // Who is withdrawn stands in no list, so needs no home; and as only such accounts are deleted, none is made that outlives its account.
    if (home !== null || cohort === null || state === 'withdrawn') return home;
    return (await homes.create(key.home(id), { cohort })) ? cohort : known(id);
  };

  return {
    /** Comes before the account is saved; the home that it is to be listed by, `null` while it never had a cohort. */
    announce: async (account: Account): Promise<CohortId | null> => {
      const { id, revision } = account;
      const home = await homeOf(account);
      if (home !== null)
        // A slow writer must not take back what another has announced since.
        await announced.put(
          key.announced(home, id),
          { account: id, revision },
          {},
          {
            condition: 'attribute_not_exists(pk) OR doc.revision < :revision',
            values: { ':revision': revision },
          },
        );
      return home;
    },
    known,
    /** Of an account that ended before it could be saved. */
    takeBack: (id: AccountId, home: CohortId): Promise<void> => announced.remove(key.announced(home, id)),
    /** Of an account that ends: no entry of it is true any more. */
    forget: async (id: AccountId, home: CohortId): Promise<void> => {
      await announced.remove(key.announced(home, id));
      await homes.remove(key.home(id));
    },
    /** As of now. */
    announcedAt: async (home: CohortId): Promise<ReadonlyMap<AccountId, number>> => {
      const all = await announced.query({
        KeyConditionExpression: 'pk = :home',
        ExpressionAttributeValues: { ':home': `${REGISTRY_KEYS.home}${home}` },
        ConsistentRead: true,
      });
      return new Map(all.map(({ account, revision }) => [account, revision]));
    },
  };
};
