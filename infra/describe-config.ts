import * as z from 'zod';
import { StageConfig } from './stage-config.js';

/** What a JSON schema of the configuration may hold, as far as it is told. */
const Node = z.object({
  description: z.string().optional(),
  enum: z.array(z.string()).optional(),
  const: z.string().optional(),
  get oneOf() {
    return z.array(Node).optional();
  },
  get anyOf() {
    return z.array(Node).optional();
  },
  get properties() {
    return z.record(z.string(), Node).optional();
  },
});
type Node = z.infer<typeof Node>;

const sentence = ({ description = '', enum: values, const: only }: Node): string => {
  const choices = [...(values ?? []), ...(only === undefined ? [] : [only])].map((value) => `\`${value}\``);
  return [choices.length === 0 ? '' : `${choices.join(' or ')}.`, description].filter(Boolean).join(' ');
};

const lines = (node: Node, depth: number): string[] => [
  ...Object.entries(node.properties ?? {}).flatMap(([key, inner]) => [
    `${'  '.repeat(depth)}- \`${key}\`: ${sentence(inner)}`,
    ...lines(inner, depth + 1),
  ]),
  ...[...(node.oneOf ?? []), ...(node.anyOf ?? [])].flatMap((choice) => lines(choice, depth)),
];

/** The documentation of `config/<stage>.yaml`, in Markdown. */
export const describeConfig = (): string =>
  [
    '# The configuration of a deployment',
    '',
    'Written from the schema in `infra/stage-config.ts` by `npm run describe-config`; do not edit it. One file for each',
    'deployment, `config/<stage>.yaml`; `config/sample.yaml` is one. Unknown keys are refused.',
    '',
    ...lines(Node.parse(z.toJSONSchema(StageConfig, { io: 'input' })), 0),
    '',
  ].join('\n');
