import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { Env as ClassifyPosts } from '../../functions/classify-posts/env.js';
import { Env as CollectPosts } from '../../functions/collect-posts/env.js';
import { Env as IdentifyAccounts } from '../../functions/identify-accounts/env.js';
import { Env as KeepTime } from '../../functions/keep-time/env.js';
import { Env as NoteDeliveries } from '../../functions/note-deliveries/env.js';
import { Env as NotifyHolders } from '../../functions/notify-holders/env.js';
import { Env as PlanScans } from '../../functions/plan-scans/env.js';
import { Env as SendDigests } from '../../functions/send-digests/env.js';
import { Env as ServeApi } from '../../functions/serve-api/env.js';
import { type FunctionName, FUNCTIONS } from '../../shared/functions.js';
import { USUAL_NETWORKS } from '../../shared/networks.js';
import { nameOf, resourcesOf, synthesised } from './template.js';

const SCHEMAS = {
  'plan-scans': PlanScans,
  'identify-accounts': IdentifyAccounts,
  'collect-posts': CollectPosts,
  'classify-posts': ClassifyPosts,
  'serve-api': ServeApi,
  'notify-holders': NotifyHolders,
  'note-deliveries': NoteDeliveries,
  'send-digests': SendDigests,
  'keep-time': KeepTime,
} satisfies Record<FunctionName, z.ZodObject>;

const Lambda = z.object({
  Environment: z.object({ Variables: z.record(z.string(), z.unknown()) }),
  Tags: z.array(z.object({ Key: z.string(), Value: z.string() })),
});
const Ref = z.strictObject({ Ref: z.string() }).transform(({ Ref }) => Ref);
const Join = z
  .strictObject({ 'Fn::Join': z.tuple([z.string(), z.array(z.unknown())]) })
  .transform((join) => join['Fn::Join']);

/** A variable as its function may find it: a queue's reference is its address, any other is a name. */
const deployed = (value: unknown): string => {
  const ref = Ref.safeParse(value);
  if (ref.success)
    return /Queue$|DeadLetters$/.test(nameOf(ref.data))
      ? `https://sqs.test/${nameOf(ref.data)}`
      : nameOf(ref.data);
  const join = Join.safeParse(value);
  if (join.success) return join.data[1].map(deployed).join(join.data[0]);
  return z.string().parse(value);
};

const functions = resourcesOf(synthesised(), 'AWS::Lambda::Function', Lambda).map(([, lambda]) => ({
  job: lambda.Tags.find(({ Key }) => Key === 'Job')?.Value,
  variables: Object.fromEntries(
    Object.entries(lambda.Environment.Variables).map(([key, value]) => [key, deployed(value)]),
  ),
}));

const environmentOf = (job: string): Readonly<Record<string, string>> =>
  functions.find((one) => one.job === job)!.variables;

/** What a function finds wrong with its environment; a key it does not know is as wrong as one it lacks. */
const faults = (schema: z.ZodObject, variables: Readonly<Record<string, string>>): readonly string[] => {
  const parsed = schema.strict().safeParse(variables);
  return parsed.success
    ? []
    : parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
};

const needed = (schema: z.ZodObject): readonly string[] =>
  Object.entries(schema.shape)
    .filter(([, field]) => !z.safeParse(field, undefined).success)
    .map(([key]) => key);

const QUEUE = 'https://sqs.test';

describe('what a deployment tells its functions', () => {
  it('deploys every function that is known, and no other', () => {
    expect(new Set(functions.map(({ job }) => job))).toEqual(new Set(Object.keys(FUNCTIONS)));
    expect(functions).toHaveLength(Object.keys(FUNCTIONS).length - 1 + USUAL_NETWORKS.length);
  });

  it.each(Object.entries(SCHEMAS))('tells %s all that it needs and nothing else', (job, schema) => {
    expect(faults(schema, environmentOf(job))).toEqual([]);
  });

  it.each(
    Object.entries(SCHEMAS).flatMap(([job, schema]) => needed(schema).map((key) => ({ job, schema, key }))),
  )('would notice if $job were not told $key', ({ job, schema, key }) => {
    const { [key]: value, ...others } = environmentOf(job);
    expect(value).toBeDefined();
    expect(faults(schema, others)).toEqual([expect.stringContaining(key)]);
  });

  it('would notice a variable that no function reads', () => {
    const misspelt = { ...environmentOf('keep-time'), FINDING_TABLE: 'TablesFindings' };
    expect(faults(KeepTime, misspelt)).toEqual([expect.stringContaining('FINDING_TABLE')]);
  });

  it('sends each post and each order to the queue it is meant for', () => {
    for (const network of USUAL_NETWORKS)
      expect(environmentOf('plan-scans')[`SCANS_QUEUE_URL_${network.toUpperCase()}`]).toBe(
        `${QUEUE}/CollectPosts${network}Queue`,
      );
    const collectors = functions.filter(({ job }) => job === 'collect-posts');
    expect(
      collectors.map(({ variables }) => [variables['POSTS_QUEUE_URL'], variables['DEAD_LETTERS_URL']]),
    ).toEqual(
      USUAL_NETWORKS.map((network) => [
        `${QUEUE}/ClassifyPostsQueue`,
        `${QUEUE}/CollectPosts${network}DeadLetters`,
      ]),
    );
    expect(environmentOf('classify-posts')).toMatchObject({
      POSTS_QUEUE_URL: `${QUEUE}/ClassifyPostsQueue`,
      DEAD_LETTERS_URL: `${QUEUE}/ClassifyPostsDeadLetters`,
    });
  });

  it.each([
    ['REGISTRY_TABLE', 'TablesRegistry'],
    ['SCANS_TABLE', 'TablesScans'],
    ['FINDINGS_TABLE', 'TablesFindings'],
    ['MAILINGS_TABLE', 'TablesMailings'],
    ['RECORD_TABLE', 'TablesRecord'],
    ['PACKS_BUCKET', 'BucketsPacks'],
    ['FILES_BUCKET', 'BucketsFiles'],
    ['SEALS_BUCKET', 'BucketsSeals'],
  ])('means the same by %s everywhere', (key, resource) => {
    const values = functions.flatMap(({ variables }) => variables[key] ?? []);
    expect(new Set(values)).toEqual(new Set([resource]));
  });
});
