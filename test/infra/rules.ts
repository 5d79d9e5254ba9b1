import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { HOLIDAYS_IMPACT } from '../../infra/stacks/review-stack.js';
import { BREAK_GLASS_IMPACT } from '../../infra/constructs/break-glass.js';
import { FUNCTIONS, type FunctionName } from '../../shared/functions.js';
import { REGISTRY_KEYS } from '../../shared/tables.js';
import { resourcesOf, type Template } from './template.js';

const Ref = z.object({ Ref: z.string() }).transform(({ Ref }) => Ref);
const Arn = z
  .object({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) })
  .transform((arn) => arn['Fn::GetAtt'][0]);
const many = <Schema extends z.ZodType>(schema: Schema) =>
  z.union([schema.transform((one) => [one]), z.array(schema)]);

const Queue = z.object({
  RedrivePolicy: z.object({ deadLetterTargetArn: Arn }).optional(),
});
const EventSource = z.object({
  EventSourceArn: Arn,
});
const Lambda = z.object({
  Role: Arn,
  Environment: z.object({ Variables: z.record(z.string(), z.unknown()) }).default({ Variables: {} }),
  Tags: z.array(z.object({ Key: z.string(), Value: z.string() })).default([]),
});
const Schedule = z.object({
  Target: z.object({ Arn: Arn, DeadLetterConfig: z.object({ Arn: Arn }).optional() }),
});
const Alarm = z.object({
  AlarmDescription: z.string().default(''),
  AlarmActions: z.array(z.unknown()).default([]),
  // One that is computed of several has none.
  MetricName: z.string().optional(),
  TreatMissingData: z.string().default('missing'),
  Dimensions: z.array(z.object({ Name: z.string(), Value: z.unknown() })).default([]),
});
const Statement = z.object({
  Effect: z.string(),
  Action: many(z.string()),
  Resource: many(z.unknown()).default([]),
  Condition: z.unknown().optional(),
});
const Policy = z.object({
  PolicyDocument: z.object({ Statement: z.array(Statement) }),
  Roles: z.array(Ref).default([]),
});
const QueuePolicy = z.object({
  Queues: z.array(Ref),
  PolicyDocument: z.object({ Statement: z.array(Statement) }),
});

const IMPACTS = [
  ...Object.values(FUNCTIONS).map(({ impact }) => impact),
  BREAK_GLASS_IMPACT,
  HOLIDAYS_IMPACT,
];

/** What whoever is woken wants to know, in this order. */
const RUNBOOK_PARTS = /\*\*What people notice\.\*\*.*\*\*See it\.\*\*.*\*\*Do\.\*\*.*\*\*Over when\*\*/s;

/** Headings with all that an alarm's has, as links to them are written. */
const RUNBOOK_HEADINGS = readFileSync(join(import.meta.dirname, '../../docs/runbook.md'), 'utf8')
  .split(/^## /m)
  .filter((section) => RUNBOOK_PARTS.test(section))
  .map((section) => section.slice(0, section.indexOf('\n')).toLowerCase());

const queues = (template: Template) => resourcesOf(template, 'AWS::SQS::Queue', Queue);
const functions = (template: Template) => resourcesOf(template, 'AWS::Lambda::Function', Lambda);
const alarms = (template: Template) => resourcesOf(template, 'AWS::CloudWatch::Alarm', Alarm);
const schedules = (template: Template) => resourcesOf(template, 'AWS::Scheduler::Schedule', Schedule);

const jobOf = ({ Tags }: z.output<typeof Lambda>): string | undefined =>
  Tags.find(({ Key }) => Key === 'Job')?.Value;

/** Each queue that starts a function, with that function and the queue's dead letters. */
const workers = (template: Template) =>
  resourcesOf(template, 'AWS::Lambda::EventSourceMapping', EventSource).map(([, source]) => {
    const [, queue] = queues(template).find(([id]) => id === source.EventSourceArn)!;
    const parked = queue.RedrivePolicy?.deadLetterTargetArn;
    const deadLetters = queues(template).find(([id]) => id === parked)?.[1];
    return { id: source.EventSourceArn, parked, deadLetters };
  });

/** Alarms on a metric of one resource, which its dimensions name by `Ref` or by its name. */
const alarmsOn = (template: Template, metric: string, id: string) =>
  alarms(template).filter(
    ([, { MetricName, Dimensions }]) =>
      MetricName === metric && JSON.stringify(Dimensions).includes(`"${id}"`),
  );

/** What each job's function may do: its role's statements that allow something. */
const permissions = (template: Template) => {
  const policies = resourcesOf(template, 'AWS::IAM::Policy', Policy);
  return functions(template).map(([, lambda]) => ({
    job: jobOf(lambda),
    statements: policies
      .filter(([, { Roles }]) => Roles.includes(lambda.Role))
      .flatMap(([, { PolicyDocument }]) => PolicyDocument.Statement)
      .filter(({ Effect }) => Effect === 'Allow'),
  }));
};

const names = (statement: z.output<typeof Statement>, resource: string): boolean =>
  JSON.stringify(statement.Resource).includes(`"${resource}`);

/** Files that somebody gave in and that nothing rests on yet; whoever puts them where they belong takes them away there. */
const isOfWhatWaits = ({ Resource }: z.output<typeof Statement>): boolean =>
  [Resource].flat().every((resource) => /\/(uploads|submissions)\/\*"/.test(JSON.stringify(resource)));

/** What was announced of an account that ended before it was saved; whoever announced it takes it back (ADR 26). */
const isOfAnnouncements = ({ Condition }: z.output<typeof Statement>): boolean =>
  JSON.stringify(Condition ?? null).includes(`"dynamodb:LeadingKeys":["${REGISTRY_KEYS.home}*"]`);

const MAILERS: readonly FunctionName[] = ['notify-holders', 'send-digests'];
const isMailer = (job: string | undefined): boolean => MAILERS.some((mailer) => mailer === job);

/** Each rule of a deployment: the resources that break it. */
export const RULES = {
  'what is given up is parked': (template) =>
    workers(template)
      .filter(({ deadLetters }) => deadLetters === undefined)
      .map(({ id }) => id),

  'queues are reached over TLS only': (template) => {
    const guarded = resourcesOf(template, 'AWS::SQS::QueuePolicy', QueuePolicy)
      .filter(([, { PolicyDocument }]) =>
        PolicyDocument.Statement.some(
          ({ Effect, Condition }) =>
            Effect === 'Deny' && JSON.stringify(Condition).includes('"aws:SecureTransport":"false"'),
        ),
      )
      .flatMap(([, { Queues }]) => Queues);
    return queues(template)
      .map(([id]) => id)
      .filter((id) => !guarded.includes(id));
  },

  'parked messages raise an alarm': (template) => {
    const parking = [
      ...workers(template).map(({ parked }) => parked),
      ...schedules(template).map(([, { Target }]) => Target.DeadLetterConfig?.Arn),
    ];
    return parking
      .filter((id) => id !== undefined)
      .filter((id) => alarmsOn(template, 'ApproximateNumberOfMessagesVisible', id).length === 0);
  },

  'a message that waits long raises an alarm': (template) =>
    workers(template)
      .map(({ id }) => id)
      .filter((id) => alarmsOn(template, 'ApproximateAgeOfOldestMessage', id).length === 0),

  'every alarm reaches somebody and says what people notice': (template) =>
    alarms(template)
      .filter(
        ([, { AlarmActions, AlarmDescription }]) =>
          AlarmActions.length === 0 || !IMPACTS.some((impact) => AlarmDescription.startsWith(impact)),
      )
      .map(([id]) => id),

  'every alarm leads to what to do in the runbook, and when it is over': (template) =>
    alarms(template)
      .filter(([, { AlarmDescription }]) => {
        const heading = /docs\/runbook\.md#(\w+)$/.exec(AlarmDescription)?.[1];
        return heading === undefined || !RUNBOOK_HEADINGS.includes(heading);
      })
      .map(([id]) => id),

  'a job that fails or does not run raises an alarm': (template) =>
    schedules(template)
      .filter(
        ([, { Target }]) =>
          alarmsOn(template, 'Errors', Target.Arn).length === 0 ||
          !alarmsOn(template, 'Invocations', Target.Arn).some(
            ([, { TreatMissingData }]) => TreatMissingData === 'breaching',
          ),
      )
      .map(([id]) => id),

  'no function may reach this machine’s own network': (template) =>
    functions(template)
      .filter(([, { Environment }]) => (Environment.Variables['NETWORK_GUARD'] ?? 'public') !== 'public')
      .map(([id]) => id),

  'the record is only added to': (template) =>
    permissions(template)
      .filter(({ statements }) =>
        statements.some(
          (statement) =>
            names(statement, 'TablesRecord') &&
            statement.Action.some((action) => /dynamodb:.*(Delete|Update|BatchWrite)/.test(action)),
        ),
      )
      .map(({ job }) => String(job)),

  'only the keeper of time deletes what is kept': (template) =>
    permissions(template)
      .filter(
        ({ job, statements }) =>
          job !== 'keep-time' &&
          statements.some(
            (statement) =>
              statement.Action.some((action) => /:.*Delete(Item|Object)/.test(action)) &&
              !isOfWhatWaits(statement) &&
              !isOfAnnouncements(statement),
          ),
      )
      .map(({ job }) => String(job)),

  'nobody deletes a seal or a pack': (template) =>
    permissions(template)
      .filter(({ statements }) =>
        statements.some(
          (statement) =>
            (names(statement, 'BucketsSeals') || names(statement, 'BucketsPacks')) &&
            statement.Action.some((action) => action.startsWith('s3:Delete')),
        ),
      )
      .map(({ job }) => String(job)),

  'only the mailers send mail, and they do': (template) =>
    permissions(template)
      .filter(
        ({ job, statements }) =>
          statements.some(({ Action }) => Action.some((action) => action.startsWith('ses:'))) !==
          isMailer(job),
      )
      .map(({ job }) => String(job)),

  'the classifier sees no registry': (template) =>
    permissions(template)
      .filter(
        ({ job, statements }) =>
          job === 'classify-posts' && statements.some((statement) => names(statement, 'TablesRegistry')),
      )
      .map(({ job }) => String(job)),
} satisfies Record<string, (template: Template) => readonly string[]>;

export type RuleName = keyof typeof RULES;
