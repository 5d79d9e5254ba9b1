import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template as StackTemplate } from 'aws-cdk-lib/assertions';
import * as z from 'zod';
import { deployment } from '../../infra/deployment.js';
import { readStage } from '../../infra/read-stage.js';
import type { StageConfig } from '../../infra/stage-config.js';

const Properties = z.record(z.string(), z.unknown());
const Resource = z.looseObject({ Type: z.string(), Properties: Properties.default({}) });
const Output = z.object({ Value: z.unknown(), Export: z.object({ Name: z.string() }).optional() });

/** What a deployment makes, all stacks as one: what a stack imports from another stands where it is used. */
export const Template = z.object({ Resources: z.record(z.string(), Resource) });
export type Template = z.infer<typeof Template>;

const StackJson = Template.extend({ Outputs: z.record(z.string(), Output).default({}) });
const Import = z.strictObject({ 'Fn::ImportValue': z.string() });

const imported = (value: unknown, exported: ReadonlyMap<string, unknown>): unknown => {
  if (Array.isArray(value)) return value.map((item) => imported(item, exported));
  const name = Import.safeParse(value);
  if (name.success) return exported.get(name.data['Fn::ImportValue']);
  const object = Properties.safeParse(value);
  if (!object.success) return value;
  return Object.fromEntries(
    Object.entries(object.data).map(([key, part]) => [key, imported(part, exported)]),
  );
};

/** What `cdk.json` tells the app: with it CDK refuses what the region or CloudFormation does not know. */
const CONTEXT = z
  .object({ context: Properties })
  .parse(JSON.parse(readFileSync(join(import.meta.dirname, '../../cdk.json'), 'utf8'))).context;

/** An app as `cdk.json` makes it, but for the bundling of functions. */
export const anApp = (): App => new App({ context: { ...CONTEXT, 'aws:cdk:bundling-stacks': [] } });

/** Synthesises a stage without bundling its functions. */
export const synthesised = (config: StageConfig = readStage().config): Template => {
  const app = anApp();
  const { foundation, scanning, review, budget } = deployment(app, { name: 'sample', config });
  const stacks = [foundation, scanning, review, budget].map((stack) =>
    StackJson.parse(StackTemplate.fromStack(stack).toJSON()),
  );
  const exported = new Map(
    stacks
      .flatMap(({ Outputs }) => Object.values(Outputs))
      .flatMap(({ Value, Export }) => (Export === undefined ? [] : [[Export.Name, Value] as const])),
  );
  return Template.parse({
    Resources: imported(Object.assign({}, ...stacks.map(({ Resources }) => Resources)), exported),
  });
};

/** What a resource is called by its construct's path, as in `ClassifyPostsQueue`; the rest of its id is a hash. */
export const nameOf = (id: string): string => id.slice(0, -8);

/** The one resource of this name. */
export const idOf = (template: Template, name: string): string => {
  const ids = Object.keys(template.Resources).filter((id) => nameOf(id) === name);
  if (ids.length !== 1) throw new Error(`${ids.length} resources are called ${name}`);
  return ids[0]!;
};

/** The resources of a type, their properties read by a schema. */
export const resourcesOf = <Schema extends z.ZodType>(
  template: Template,
  type: string,
  schema: Schema,
): readonly (readonly [id: string, properties: z.output<Schema>])[] =>
  Object.entries(template.Resources)
    .filter(([, resource]) => resource.Type === type)
    .map(([id, resource]) => [id, schema.parse(resource.Properties)]);
