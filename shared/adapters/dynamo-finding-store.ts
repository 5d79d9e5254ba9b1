import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { AccountId, FindingId } from '../domain/ids.js';
import { Finding, OpenState } from '../domain/review/finding.js';
import { ConcludedState, termEndOf } from '../domain/review/retention.js';
import { epochSeconds, plus } from '../domain/time.js';
import { KEEP_GONE_DAYS, type Clock, type FindingQuery, type FindingStore } from '../ports.js';
import { dynamoAgencyStore } from './dynamo-agency-store.js';
import { dynamoDocs, saveRevision } from './dynamo-docs.js';
import { dynamoPackSets } from './dynamo-pack-sets.js';
import { dense, DenseFinding, undense } from './dense-finding.js';
import { lastingFindings } from './lasting-findings.js';
import { findingCursor } from './page-cursor.js';

/** As it is written, and as it was until 0.2.0. */
const Stored = z.union([DenseFinding, Finding]);
type Stored = z.infer<typeof Stored>;

const key = (id: FindingId) => ({ pk: `FINDING#${id}`, sk: id });
const LISTING = 'FINDINGS';
const UNTOLD = { holder: 'untoldHolder', supervisor: 'untoldSupervisor' } as const;
const OPEN = 'OPEN';
/** Beside a finding that is about to be deleted. It is no part of the finding, which earlier versions have to read. */
const LOCK = 'locked';

const foundOrder = ({ foundAt, id }: Pick<Finding, 'foundAt' | 'id'>) => `${foundAt}#${id}`;

const stateOrder = ({ stateSince, id }: Pick<Finding, 'stateSince' | 'id'>) => `${stateSince}#${id}`;

const capturedOrder = ({ capturedAt, id }: Pick<Finding, 'capturedAt' | 'id'>) => `${capturedAt}#${id}`;

/**
 * The most days that any agency's rules keep a finding in a state, and a month for the job to have done it. What follows
 * an agency's archive schedule ends by the job alone: an expiry that was written before the schedule was lengthened would
 * come too early.
 */
const LATEST_DAYS = { dismissed: 14 + 30, withdrawn: 30 + 30 } as const;

const expiry = ({ state, stateSince, legalHold }: Finding) => {
  if (legalHold !== null || (state !== 'dismissed' && state !== 'withdrawn')) return {};
  return { expiresAt: epochSeconds(plus(stateSince, { days: LATEST_DAYS[state] })) };
};

const attributes = (finding: Finding) => ({
  listing: LISTING,
  foundOrder: foundOrder(finding),
  account: finding.account,
  stateOrder: stateOrder(finding),
  ...(OpenState.safeParse(finding.state).success ? { openState: finding.state } : {}),
  ...(ConcludedState.safeParse(finding.state).success ? { concludedState: finding.state } : {}),
  ...expiry(finding),
  ...(termEndOf(finding) === null ? {} : { lentBy: finding.network, capturedOrder: capturedOrder(finding) }),
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

const ofAccount = (account: AccountId) => ({
  IndexName: 'account',
  KeyConditionExpression: 'account = :account',
  ExpressionAttributeValues: { ':account': account },
  ScanIndexForward: false,
});

/** Below and above every instant. */
const [EARLIEST, LATEST] = ['0', '~'] as const;

/** The rows of the table `findings`, also those whose time is over: for whoever writes or deletes them. */
export const dynamoFindingRows = (client: DynamoDBDocumentClient, table: string): FindingStore => {
  const rows = dynamoDocs(client, table, Stored);
  const { packed, whole } = dynamoPackSets(client, table);
  /** Where a finding was deleted nothing of it is left but its id. */
  const places = dynamoDocs(client, table, Stored.nullable());
  const findingIn = (stored: Stored): Promise<Finding> => whole('rest' in stored ? undense(stored) : stored);
  const storedFrom = async (finding: Finding): Promise<DenseFinding> => dense(await packed(finding));

  const query = async (...asked: Parameters<typeof rows.query>): Promise<Finding[]> =>
    Promise.all((await rows.query(...asked)).map(findingIn));

  const longestWaiting = (
    { index, attribute, value }: Readonly<Record<'index' | 'attribute' | 'value', string>>,
    limit: number,
    after: Finding | undefined,
  ) =>
    query(
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
      (await rows.create(key(finding.id), await storedFrom(finding), attributes(finding)))
        ? 'created'
        : 'duplicate',
    byId: async (id) => {
      const place = await places.read(key(id));
      return place === null ? null : findingIn(place);
    },
    save: async (finding) =>
      saveRevision(rows, key(finding.id), await storedFrom(finding), attributes(finding), LOCK),
    list: async (asked) => {
      const { limit, cursor, from, to } = asked;
      const after = cursor === null ? null : findingCursor.read(cursor);
      const ends = [after === null ? LATEST : foundOrder(after), to ?? LATEST].sort();
      const [lower, upper] = [from ?? EARLIEST, ends[0] ?? LATEST];
      if (asked.states?.length === 0 || lower > upper) return { items: [], next: null };
      const { values, ...filter } = filterOf(asked);
      // `foundOrder` is longer than an instant, so `to` itself lies outside; the place of the cursor lies inside.
      const found = await query(
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
    ofAccount: (account) => query(ofAccount(account)),
    untold: (audience, limit, after) => {
      const index = UNTOLD[audience];
      return longestWaiting({ index, attribute: index, value: audience.toUpperCase() }, limit, after);
    },
    inState: (state, limit, after) =>
      longestWaiting({ index: 'open', attribute: 'openState', value: state }, limit, after),
    told: async (id, audience, telling) => {
      await rows.update(key(id), {
        set: 'doc.untold.#audience = :nothing',
        remove: UNTOLD[audience],
        condition: 'doc.untold.#audience = :telling',
        names: { '#audience': audience },
        values: { ':nothing': null, ':telling': telling },
      });
    },
    concludedBy: (state, at, limit, after) =>
      query(
        {
          IndexName: 'concluded',
          KeyConditionExpression: 'concludedState = :state AND stateOrder BETWEEN :after AND :at',
          ExpressionAttributeValues: {
            ':state': state,
            // One letter more than the last one's order lies directly behind it.
            ':after': after === undefined ? EARLIEST : `${stateOrder(after)}~`,
            ':at': `${at}~`,
          },
        },
        limit,
      ),
    lentBy: (network, at, limit, after) =>
      query(
        {
          IndexName: 'lent',
          KeyConditionExpression: 'lentBy = :network AND capturedOrder BETWEEN :after AND :at',
          ExpressionAttributeValues: {
            ':network': network,
            ':after': after === undefined ? EARLIEST : `${capturedOrder(after)}~`,
            ':at': `${at}~`,
          },
        },
        limit,
      ),
    lock: async (finding) => {
      const locked = await rows.put(
        key(finding.id),
        await storedFrom(finding),
        { ...attributes(finding), [LOCK]: true },
        { condition: 'doc.revision = :seen', values: { ':seen': finding.revision } },
      );
      return locked ? 'locked' : 'stale';
    },
    lockedOf: (account) => query({ ...ofAccount(account), FilterExpression: `attribute_exists(${LOCK})` }),
    remove: async (finding, at) => {
      const gone = { expiresAt: epochSeconds(plus(at, { days: KEEP_GONE_DAYS })) };
      const removed = await places.put(key(finding.id), null, gone, {
        condition: 'doc.revision = :seen',
        values: { ':seen': finding.revision },
      });
      return removed ? 'removed' : 'stale';
    },
    noteGone: async (id, at) => {
      await rows.note(key(id), {
        set: 'doc.goneAt = :at, doc.revision = doc.revision + :one',
        condition:
          'attribute_exists(doc.revision) AND (attribute_not_exists(doc.goneAt) OR doc.goneAt = :nothing)',
        values: { ':at': at, ':one': 1, ':nothing': null },
      });
    },
    windowEndedBy: (at, limit) =>
      query(
        {
          IndexName: 'openWindow',
          KeyConditionExpression: 'openWindow = :open AND replyBy <= :at',
          ExpressionAttributeValues: { ':open': OPEN, ':at': at },
        },
        limit,
      ),
  };
};

/** Findings as everybody reads them: without those that have ended. */
export const dynamoFindingStore = (
  client: DynamoDBDocumentClient,
  tables: { readonly findings: string; readonly registry: string },
  now: Clock,
): FindingStore =>
  lastingFindings(dynamoFindingRows(client, tables.findings), {
    agency: dynamoAgencyStore(client, tables.registry),
    now,
  });
