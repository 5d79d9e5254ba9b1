import { idOf, Template } from './template.js';

export type Patch = Readonly<Record<string, unknown>>;

export const withResource = (
  template: Template,
  id: string,
  resource: { readonly Type: string } & Patch,
): Template => Template.parse({ Resources: { ...template.Resources, [id]: resource } });

/** The template with other properties of one resource; `undefined` takes one away. */
export const changed = (template: Template, name: string, patch: Patch): Template => {
  const id = idOf(template, name);
  const { Properties, ...rest } = template.Resources[id]!;
  return withResource(template, id, { ...rest, Properties: { ...Properties, ...patch } });
};

export const without = (template: Template, name: string): Template => {
  const id = idOf(template, name);
  return { Resources: Object.fromEntries(Object.entries(template.Resources).filter(([one]) => one !== id)) };
};

/** The template with one more statement for the role of a construct. */
export const allowed = (template: Template, name: string, role: string, statement: Patch): Template =>
  withResource(template, `${name}00000000`, {
    Type: 'AWS::IAM::Policy',
    Properties: {
      PolicyName: name,
      PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] },
      Roles: [{ Ref: idOf(template, role) }],
    },
  });

export const arnOf = (template: Template, name: string) => ({ 'Fn::GetAtt': [idOf(template, name), 'Arn'] });

export const dead = (template: Template, name: string, maxReceiveCount: number): Patch => ({
  RedrivePolicy: { deadLetterTargetArn: arnOf(template, name), maxReceiveCount },
});
