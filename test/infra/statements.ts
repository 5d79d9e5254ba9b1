import * as z from 'zod';
import { nameOf, resourcesOf, type Template } from './template.js';

const many = z.union([z.string().transform((one) => [one]), z.array(z.string())]);
const Policy = z.object({
  PolicyDocument: z.object({
    Statement: z.array(
      z.object({
        Effect: z.string(),
        Action: many,
        Resource: z.unknown(),
        Condition: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
      }),
    ),
  }),
  Roles: z.array(z.unknown()).default([]),
});

const Ref = z.object({ Ref: z.string() });
const Arn = z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) });
const Join = z.object({ 'Fn::Join': z.tuple([z.string(), z.array(z.unknown())]) });
const OWN = /^AWS::/;

/** A value of CloudFormation as people read it: resources by their names, the account’s own parts as `<Region>`. */
export const written = (value: unknown): string => {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(written).join('<br>');
  const ref = Ref.safeParse(value);
  if (ref.success) return OWN.test(ref.data.Ref) ? `<${ref.data.Ref.slice(5)}>` : nameOf(ref.data.Ref);
  const arn = Arn.safeParse(value);
  if (arn.success) return nameOf(arn.data['Fn::GetAtt'][0]);
  const join = Join.safeParse(value);
  if (join.success) return join.data['Fn::Join'][1].map(written).join(join.data['Fn::Join'][0]);
  return Object.entries(z.record(z.string(), z.unknown()).parse(value))
    .map(([key, part]) => `${key} ${written(part)}`)
    .join(' ');
};

export interface Statement {
  readonly role: string;
  readonly effect: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly condition: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Every statement of every policy that a deployment gives its roles. */
export const statementsOf = (template: Template): readonly Statement[] =>
  resourcesOf(template, 'AWS::IAM::Policy', Policy).flatMap(([, { Roles, PolicyDocument }]) =>
    PolicyDocument.Statement.map(({ Effect, Action, Resource, Condition = {} }) => ({
      role: Roles.map(written).join(', '),
      effect: Effect,
      actions: Action,
      resources: [Resource].flat().map(written),
      condition: Condition,
    })),
  );
