import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { dynamoDocs } from '../../shared/adapters/dynamo-docs.js';
import { SHARDS } from '../../shared/adapters/shards.js';
import { Cohort } from '../../shared/domain/scanning/cohort.js';
import type { CohortId } from '../../shared/domain/ids.js';
import type { Instant } from '../../shared/domain/time.js';

const key = (id: CohortId) => ({ pk: `COHORT#${id}`, sk: id });

/** What the version before turns had rows of their own does with cohorts; it works beside this one during a deployment. */
export const earlierCohortStore = (client: DynamoDBDocumentClient, table: string) => {
  const cohorts = dynamoDocs(client, table, Cohort);
  return {
    byId: (id: CohortId) => cohorts.read(key(id)),
    dueBy: async (at: Instant): Promise<readonly Cohort[]> => {
      const shards = SHARDS.map((shard) =>
        cohorts.query({
          IndexName: 'due',
          KeyConditionExpression: 'dueShard = :shard AND dueAt <= :at',
          ExpressionAttributeValues: { ':shard': `DUE#${shard}`, ':at': at },
        }),
      );
      return (await Promise.all(shards)).flat();
    },
    lease: ({ id, dueAt }: Cohort, lease: Instant, until: Instant): Promise<boolean> =>
      cohorts.update(key(id), {
        set: 'doc.lease = :lease, doc.dueAt = :until, dueAt = :until',
        condition: 'doc.dueAt = :seen',
        values: { ':lease': lease, ':until': until, ':seen': dueAt },
      }),
    finish: (id: CohortId, lease: Instant, due: Instant): Promise<boolean> =>
      cohorts.update(key(id), {
        set: 'doc.lease = :free, doc.dueAt = :due, dueAt = :due, doc.lastRunAt = :due, doc.emptyRuns = :none, doc.failedRuns = :none',
        condition: 'doc.lease = :lease',
        values: { ':lease': lease, ':free': null, ':due': due, ':none': 0 },
      }),
  };
};
