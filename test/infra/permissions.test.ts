import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { nameOf, resourcesOf, synthesised } from './template.js';

const many = z.union([z.string().transform((one) => [one]), z.array(z.string())]);
const Policy = z.object({
  PolicyDocument: z.object({
    Statement: z.array(
      z.object({
        Effect: z.string(),
        Action: many,
        Resource: z.unknown(),
        Condition: z.unknown().optional(),
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
const written = (value: unknown): string => {
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

const HEAD = `# Who may do what

All IAM statements of a deployment, written from its template by the tests (\`npx vitest run --project infra -u\` renews
it); do not edit it. A role belongs to one function, and resources are called by their place in the stacks.
`;

const permissions = (): string => {
  const rows = resourcesOf(synthesised(), 'AWS::IAM::Policy', Policy)
    .flatMap(([, { Roles, PolicyDocument }]) =>
      PolicyDocument.Statement.map(({ Effect, Action, Resource, Condition }) => [
        Roles.map(written).join(', '),
        `${Effect === 'Deny' ? '**Deny** ' : ''}${[...Action].sort().join('<br>')}`,
        written(Resource),
        Condition === undefined ? '' : written(Condition),
      ]),
    )
    .map(
      (cells) =>
        `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('*', '\\*').replaceAll('\\*\\*', '**')).join(' | ')} |`,
    )
    .sort();
  return [HEAD, '| Role | May | On | If |', '| --- | --- | --- | --- |', ...rows, ''].join('\n');
};

describe('docs/permissions.md', () => {
  it('is what the template says', async () => {
    await expect(permissions()).toMatchFileSnapshot('../../docs/permissions.md');
  });
});
