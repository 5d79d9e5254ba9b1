import * as z from 'zod';
import type { Services } from '../../local/services.js';
import { TABLE_PREFIX } from '../../local/services.js';
import type { Statement } from '../infra/statements.js';
import type { Recorded } from './recorder.js';

/** Something that a function did or had done for it, in the words of its policy. */
export interface Call {
  readonly role: string;
  readonly action: string;
  readonly resource: string;
  /** What conditions of a policy may ask about. */
  readonly about: Readonly<Record<string, readonly string[]>>;
}

const capitalised = (name: string): string => `${name[0]?.toUpperCase() ?? ''}${name.slice(1)}`;
const Value = z.object({ S: z.string() });
const Key = z.looseObject({ pk: Value });
const Request = z.looseObject({
  TableName: z.string().optional(),
  IndexName: z.string().optional(),
  Key: Key.optional(),
  Item: Key.optional(),
  KeyConditionExpression: z.string().optional(),
  ExpressionAttributeValues: z.record(z.string(), z.unknown()).default({}),
  RequestItems: z.record(z.string(), z.object({ Keys: z.array(Key) })).optional(),
  QueueUrl: z.string().optional(),
  FromEmailAddress: z.string().optional(),
  SecretId: z.string().optional(),
});
type Request = z.infer<typeof Request>;

const tableOf = (name: string): string => `Tables${capitalised(name.slice(TABLE_PREFIX.length + 1))}`;

/** The partition that a query is about: of the values it compares with, the one that `=` stands before first. */
const partitionOf = ({
  KeyConditionExpression: condition = '',
  ExpressionAttributeValues: values,
}: Request) => {
  const name = /=\s*(:\w+)/.exec(condition)?.[1] ?? '';
  return Value.safeParse(values[name]).data?.S;
};

const dynamoCalls = (request: Request, operation: string): readonly Omit<Call, 'role'>[] => {
  const action = `dynamodb:${operation}`;
  const { RequestItems: items, TableName: table = '', IndexName: index } = request;
  if (items !== undefined)
    return Object.entries(items).map(([name, { Keys: keys }]) => ({
      action,
      resource: tableOf(name),
      about: { 'dynamodb:LeadingKeys': [...new Set(keys.map(({ pk }) => beginning(pk.S)))] },
    }));
  const key = request.Key?.pk.S ?? request.Item?.pk.S ?? partitionOf(request);
  return [
    {
      action,
      resource: index === undefined ? tableOf(table) : `${tableOf(table)}/index/${index}`,
      about: { 'dynamodb:LeadingKeys': key === undefined ? [] : [beginning(key)] },
    },
  ];
};

const queueName = (url: string, { scans, posts, deliveries }: Services): string => {
  const path = new URL(url).pathname;
  const queues = {
    ...Object.fromEntries(Object.entries(scans).map(([network, queue]) => [`CollectPosts${network}`, queue])),
    ClassifyPosts: posts,
    NoteDeliveries: deliveries,
  };
  for (const [name, { url: own, deadLettersUrl }] of Object.entries(queues)) {
    if (new URL(own).pathname === path) return `${name}Queue`;
    if (new URL(deadLettersUrl).pathname === path) return `${name}DeadLetters`;
  }
  throw new Error(`No queue stands at ${path}`);
};

const S3_ACTIONS: Readonly<Record<string, string>> = {
  GET: 's3:GetObject',
  PUT: 's3:PutObject',
  DELETE: 's3:DeleteObject',
};

const s3Calls = ({ method, path, copied, status }: Recorded): readonly Omit<Call, 'role'>[] => {
  const { pathname, searchParams } = new URL(path, 'http://s3');
  const [, bucket = '', ...key] = decodeURIComponent(pathname).split('/');
  const name = `Buckets${capitalised(bucket.slice(TABLE_PREFIX.length + 1))}`;
  const prefix = searchParams.get('prefix') ?? key.join('/');
  const list = { action: 's3:ListBucket', resource: name, about: { 's3:prefix': [prefix] } };
  if (searchParams.has('list-type')) return [list];
  const object = { action: S3_ACTIONS[method] ?? method, resource: `${name}/${key.join('/')}`, about: {} };
  if (copied !== '') {
    const [, ...from] = decodeURIComponent(copied).replace(/^\//, '').split('/');
    return [{ action: 's3:GetObject', resource: `${name}/${from.join('/')}`, about: {} }, object];
  }
  // Without leave to list, S3 says of what is not there that it is forbidden.
  return status === 404 ? [object, list] : [object];
};

/** Conditions ask only how a partition key begins. */
const beginning = (key: string): string => `${key.split('#')[0] ?? ''}#`;

/** What a request to AWS needs leave for. */
export const callsOf = (recorded: Recorded, services: Services): readonly Call[] => {
  const { caller: role, service, target, sent } = recorded;
  const request = Request.safeParse(
    sent.length === 0 ? {} : service === 's3' ? {} : JSON.parse(sent.toString()),
  );
  const body = request.data ?? Request.parse({});
  const needs = (): readonly Omit<Call, 'role'>[] => {
    switch (service) {
      case 'dynamodb':
        return dynamoCalls(body, target);
      case 'sqs':
        return [
          {
            action: `sqs:${target.replace(/Batch$/, '')}`,
            resource: queueName(body.QueueUrl ?? '', services),
            about: {},
          },
        ];
      case 's3':
        return s3Calls(recorded);
      case 'ses':
        return ['identity/MailIdentity', 'configuration-set/MailConfiguration'].map((name) => ({
          action: 'ses:SendEmail',
          resource: `arn:aws:ses:ap-southeast-3:<AccountId>:${name}`,
          about: { 'ses:FromAddress': [body.FromEmailAddress ?? ''] },
        }));
      case 'secrets':
        return [{ action: `secretsmanager:${target}`, resource: body.SecretId ?? '', about: {} }];
    }
  };
  return needs().map((call) => ({ role, ...call }));
};

const through = (service: string) => ({ 'kms:ViaService': [`${service}.ap-southeast-3.amazonaws.com`] });
const WRITES = /^dynamodb:(Put|Update|Delete)Item$/;

/** The uses of a key that AWS makes of a caller's leave when it serves this call on encrypted data. */
const keyUses = ({ role, action, resource }: Call): readonly Call[] => {
  const uses = (key: string, service: string, actions: readonly string[]): readonly Call[] =>
    actions.map((name) => ({ role, action: `kms:${name}`, resource: key, about: through(service) }));
  if (action.startsWith('dynamodb:'))
    return uses('RecordsKey', 'dynamodb', [
      'Decrypt',
      'DescribeKey',
      ...(WRITES.test(action) ? ['Encrypt', 'GenerateDataKey'] : []),
    ]);
  if (action === 'sqs:SendMessage') return uses('TransitKey', 'sqs', ['GenerateDataKey', 'Decrypt']);
  if (action === 's3:GetObject') return uses('RecordsKey', 's3', ['Decrypt']);
  if (action === 's3:PutObject') return uses('RecordsKey', 's3', ['GenerateDataKey']);
  if (action === 'secretsmanager:GetSecretValue' && resource !== '')
    return uses('TransitKey', 'secretsmanager', ['Decrypt']);
  return [];
};

/** What Lambda does by the role of a function without its code: logs, traces, taking messages, giving up a run. */
export const byLambda = (role: string): readonly Call[] => {
  const name = role.replace(/Role$/, '');
  const calls = (actions: readonly string[], resource: string): readonly Call[] =>
    actions.map((action) => ({ role, action, resource, about: {} }));
  const queue = /^(.*)Worker$/.exec(name)?.[1];
  const job = /^(.*)Job$/.exec(name)?.[1];
  return [
    ...calls(['logs:CreateLogStream', 'logs:PutLogEvents'], `${name}Log`),
    ...calls(['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], '*'),
    // The three that an event source mapping needs, and the key of the queue.
    ...(queue === undefined
      ? []
      : [
          ...calls(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], `${queue}Queue`),
          { role, action: 'kms:Decrypt', resource: 'TransitKey', about: through('sqs') },
        ]),
    ...(job === undefined ? [] : calls(['sqs:SendMessage'], `${job}Missed`)),
  ];
};

const fits = (pattern: string, text: string): boolean => {
  const [head = '', ...tails] = pattern.split('*');
  if (tails.length === 0) return head === text;
  let at = head.length;
  if (!text.startsWith(head)) return false;
  for (const [index, part] of tails.entries()) {
    const found = index === tails.length - 1 ? text.length - part.length : text.indexOf(part, at);
    if (found < at || !text.endsWith(index === tails.length - 1 ? part : '')) return false;
    at = found + part.length;
  }
  return true;
};

const OPERATORS: Readonly<Record<string, (asked: readonly string[], allowed: readonly string[]) => boolean>> =
  {
    StringLike: (asked, allowed) => asked.some((value) => allowed.some((pattern) => fits(pattern, value))),
    StringEquals: (asked, allowed) => asked.some((value) => allowed.includes(value)),
    'ForAllValues:StringLike': (asked, allowed) =>
      asked.every((value) => allowed.some((pattern) => fits(pattern, value))),
  };

const Allowed = z.union([z.string().transform((one) => [one]), z.array(z.string())]);

const meets = ({ condition }: Statement, { about }: Call): boolean =>
  Object.entries(condition).every(([operator, keys]) => {
    const holds = OPERATORS[operator];
    if (holds === undefined) throw new Error(`No test knows what ${operator} asks`);
    return Object.entries(keys).every(([key, allowed]) => holds(about[key] ?? [], Allowed.parse(allowed)));
  });

/** What the functions did and may not, and what they may and never did. */
export const compare = (statements: readonly Statement[], calls: readonly Call[]) => {
  const roles = new Set(calls.map(({ role }) => role));
  const grants = statements
    .filter(({ role, effect }) => roles.has(role) && effect === 'Allow')
    .flatMap((statement) =>
      statement.actions.flatMap((action) =>
        statement.resources.map((resource) => ({ statement, action, resource })),
      ),
    );
  const used = new Set<(typeof grants)[number]>();
  const missing = new Set<string>();
  for (const call of calls.flatMap((one) => [one, ...keyUses(one)])) {
    const allowing = grants.filter(
      ({ statement, action, resource }) =>
        statement.role === call.role &&
        action === call.action &&
        fits(resource, call.resource) &&
        meets(statement, call),
    );
    for (const grant of allowing) used.add(grant);
    if (allowing.length === 0) missing.add(`${call.role} ${call.action} ${call.resource}`);
  }
  const unused = grants
    .filter((grant) => !used.has(grant))
    .map(({ statement, action, resource }) => `${statement.role} ${action} ${resource}`);
  return { missing: [...missing].sort(), unused: [...new Set(unused)].sort() };
};
