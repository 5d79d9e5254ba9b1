import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { FindingId } from '../domain/ids.js';
import { Finding, OpenState } from '../domain/review/finding.js';
import type { FindingQuery, FindingStore } from '../ports.js';
import { dynamoDocs, saveRevision } from './dynamo-docs.js';
import { findingCursor } from './page-cursor.js';

const key = (id: FindingId) => ({ pk: `FINDING#${id}`, sk: id });
const LISTING = 'FINDINGS';
const UNTOLD = { holder: 'untoldHolder', supervisor: 'untoldSupervisor' } as const;
const OPEN = 'OPEN';

const foundOrder = ({ foundAt, id }: Pick<Finding, 'foundAt' | 'id'>) => `${foundAt}#${id}`;

const stateOrder = ({ stateSince, id }: Pick<Finding, 'stateSince' | 'id'>) => `${stateSince}#${id}`;

const attributes = (finding: Finding) => ({
  listing: LISTING,
  foundOrder: foundOrder(finding),
  account: finding.account,
  stateOrder: stateOrder(finding),
  ...(OpenState.safeParse(finding.state).success ? { openState: finding.state } : {}),
  ...(finding.untold.holder === null ? {} : { [UNTOLD.holder]: 'HOLDER' }),
  ...(finding.untold.supervisor === null ? {} : { [UNTOLD.supervisor]: 'SUPERVISOR' }),
  ...(finding.state === 'clarifying' && finding.replyBy !== null
    ? { openWindow: OPEN, replyBy: finding.replyBy }
    : {}),
});

const filterOf = ({ states, provision, network }: FindingQuery) => {
  const values = (states ?? []).map((state, index) => [`:state${index}`, state] as const);
  const filters = [
    ...(states === null ? [] : [`doc.#state IN (${values.map(([name]) => name).join(', ')})`]),
    ...(provision === null ? [] : ['contains(doc.indication.provisions, :provision)']),
    ...(network === null ? [] : ['doc.network = :network']),
  ];
  return {
    ...(filters.length === 0 ? {} : { FilterExpression: filters.join(' AND ') }),
    ...(states === null ? {} : { ExpressionAttributeNames: { '#state': 'state' } }),
    values: {
      ...Object.fromEntries(values),
      ...(provision === null ? {} : { ':provision': provision }),
      ...(network === null ? {} : { ':network': network }),
    },
  };
};

/** Below and above every instant. */
const [EARLIEST, LATEST] = ['0', '~'] as const;

/** Findings in the table `findings`. */
export const dynamoFindingStore = (client: DynamoDBDocumentClient, table: string): FindingStore => {
  const findings = dynamoDocs(client, table, Finding);

  const longestWaiting = (
    { index, attribute, value }: Readonly<Record<'index' | 'attribute' | 'value', string>>,
    limit: number,
    after: Finding | undefined,
  ) =>
    findings.query(
      {
        IndexName: index,
        KeyConditionExpression: '#attribute = :value AND stateOrder > :after',
        ExpressionAttributeNames: { '#attribute': attribute },
        ExpressionAttributeValues: {
          ':value': value,
          ':after': after === undefined ? EARLIEST : stateOrder(after),
        },
      },
      limit,
    );

  return {
    create: async (finding) =>
      (await findings.create(key(finding.id), finding, attributes(finding))) ? 'created' : 'duplicate',
    byId: (id) => findings.read(key(id)),
    save: (finding) => saveRevision(findings, key(finding.id), finding, attributes(finding)),
    list: async (query) => {
      const { limit, cursor, from, to } = query;
      const after = cursor === null ? null : findingCursor.read(cursor);
      const ends = [after === null ? LATEST : foundOrder(after), to ?? LATEST].sort();
      const [lower, upper] = [from ?? EARLIEST, ends[0] ?? LATEST];
      if (query.states?.length === 0 || lower > upper) return { items: [], next: null };
      const { values, ...filter } = filterOf(query);
      // `foundOrder` is longer than an instant, so `to` itself lies outside; the place of the cursor lies inside.
      const found = await findings.query(
        {
          IndexName: 'listing',
          KeyConditionExpression: 'listing = :listing AND foundOrder BETWEEN :lower AND :upper',
          ExpressionAttributeValues: { ':listing': LISTING, ':lower': lower, ':upper': upper, ...values },
          ScanIndexForward: false,
          ...filter,
        },
        limit + 2,
      );
      const later = found.filter(({ id }) => id !== after?.id);
      const items = later.slice(0, limit);
      const last = items.at(-1);
      const more = later.length > limit && last !== undefined;
      return { items, next: more ? findingCursor.write({ foundAt: last.foundAt, id: last.id }) : null };
    },
    ofAccount: (account) =>
      findings.query({
        IndexName: 'account',
        KeyConditionExpression: 'account = :account',
        ExpressionAttributeValues: { ':account': account },
        ScanIndexForward: false,
      }),
    untold: (audience, limit, after) => {
      const index = UNTOLD[audience];
      return longestWaiting({ index, attribute: index, value: audience.toUpperCase() }, limit, after);
    },
    inState: (state, limit, after) =>
      longestWaiting({ index: 'open', attribute: 'openState', value: state }, limit, after),
    told: async (id, audience, telling) => {
      await findings.update(key(id), {
        set: 'doc.untold.#audience = :nothing',
        remove: UNTOLD[audience],
        condition: 'doc.untold.#audience = :telling',
        names: { '#audience': audience },
        values: { ':nothing': null, ':telling': telling },
      });
    },
    windowEndedBy: (at, limit) =>
      findings.query(
        {
          IndexName: 'openWindow',
          KeyConditionExpression: 'openWindow = :open AND replyBy <= :at',
          ExpressionAttributeValues: { ':open': OPEN, ':at': at },
        },
        limit,
      ),
  };
};
