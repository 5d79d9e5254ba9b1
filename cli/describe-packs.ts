import * as z from 'zod';
import { LanguagePack } from '../shared/domain/screening/packs.js';
import { CodePack } from '../shared/domain/screening/code-pack.js';
import { ContestPack } from '../shared/domain/screening/rules.js';
import { VALUES, WORDS } from './pack-words.js';

/** What a JSON schema of a pack may hold. Another keyword changes nothing that is written here. */
const Node = z.object({
  type: z.string().optional(),
  enum: z.array(z.string()).optional(),
  const: z.string().optional(),
  format: z.string().optional(),
  pattern: z.string().optional(),
  minLength: z.number().optional(),
  maxLength: z.number().optional(),
  minItems: z.number().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  get anyOf() {
    return z.array(Node).optional();
  },
  get items() {
    return Node.optional();
  },
  get propertyNames() {
    return Node.optional();
  },
  get properties() {
    return z.record(z.string(), Node).optional();
  },
  get additionalProperties() {
    return z.union([z.boolean(), Node]).optional();
  },
});
type Node = z.infer<typeof Node>;

const code = (text: string | number): string => `\`${text}\``;

const bilingual = ({ properties = {} }: Node): boolean => Object.keys(properties).join() === 'id,en';

const valuesOf = ({ enum: values = [] }: Node): string => {
  const [name] =
    Object.entries(VALUES).find(([, words]) => Object.keys(words).join() === values.join()) ?? [];
  return name === undefined
    ? `one of ${values.map(code).join(', ')}`
    : `one of [${name}](#${name.toLowerCase()})`;
};

const textOf = ({ format, pattern, minLength, maxLength }: Node): string => {
  if (format === 'date') return 'a day, `2029-11-27`';
  if (pattern !== undefined) return `text like ${code(pattern)}`;
  if (maxLength !== undefined) return `text of ${minLength ?? 0} to ${maxLength} letters`;
  return 'text';
};

/** What stands at a place, in words. */
const kindOf = (node: Node): string => {
  if (node.anyOf !== undefined) return node.anyOf.map(kindOf).join(', or ');
  if (node.const !== undefined) return code(node.const);
  if (node.enum !== undefined) return valuesOf(node);
  switch (node.type) {
    case 'string':
      return textOf(node);
    case 'integer':
      return `a whole number from ${node.minimum ?? 0} to ${node.maximum ?? 'any'}`;
    case 'boolean':
      return '`true` or `false`';
    case 'null':
      return '`null`';
    case 'array':
      return `a list${(node.minItems ?? 0) > 0 ? ', not empty,' : ''} of ${node.items === undefined ? 'anything' : kindOf(node.items)}`;
    case 'object': {
      if (bilingual(node)) return 'text in Indonesian (`id`) and in English (`en`)';
      const { propertyNames, additionalProperties: values } = node;
      if (propertyNames === undefined || values === undefined || typeof values === 'boolean')
        return 'keys as below';
      return `by ${kindOf(propertyNames)}: ${kindOf(values)}`;
    }
    case undefined:
    default:
      throw new Error(`A pack’s schema holds ${JSON.stringify(node)}, which has no words here`);
  }
};

const wordsAt = (path: string): string => {
  const words = WORDS[path];
  if (words === undefined) throw new Error(`${path} of a pack has no words in cli/pack-words.ts`);
  return words;
};

/** The keys that stand under a place, each with its path. */
const keysUnder = (node: Node, path: string): (readonly [path: string, node: Node])[] => {
  if (bilingual(node)) return [];
  const { properties = {}, items, anyOf = [], additionalProperties: values } = node;
  return [
    ...Object.entries(properties).flatMap(([key, inner]) => {
      const at = `${path}.${key}`;
      return [[at, inner] as const, ...keysUnder(inner, at)];
    }),
    ...(items === undefined ? [] : keysUnder(items, `${path}[]`)),
    ...anyOf.flatMap((one) => keysUnder(one, path)),
    ...(values === undefined || typeof values === 'boolean' ? [] : keysUnder(values, `${path}.*`)),
  ];
};

const PACKS = [
  { name: 'code', title: 'The code', folder: 'codes/', schema: CodePack },
  { name: 'language', title: 'A language', folder: 'language/', schema: LanguagePack },
  { name: 'contest', title: 'A contest', folder: 'contests/', schema: ContestPack },
] as const;

const HEAD = `# What stands in a pack

Written from the schemas by \`netral pack schema\`; do not edit it. How to make a pack says [packs/README.md](../packs/README.md).
Unknown keys are refused. Where nothing else is said, every key is required and a list may be empty.
`;

/** The documentation of the packs' schemas, in Markdown. */
export const describePacks = (): string => {
  const sections = PACKS.map(({ name, title, folder, schema }) => {
    const keys = keysUnder(Node.parse(z.toJSONSchema(schema, { io: 'input' })), name);
    const lines = keys.map(([path, node]) => {
      const depth = path.replaceAll('.*', '').split('.').length - 2;
      return `${'  '.repeat(depth)}- ${code(path.slice(name.length + 1))}: ${kindOf(node)}. ${wordsAt(path)}`;
    });
    return {
      paths: keys.map(([path]) => path),
      text: `## ${title} (${code(folder)})\n\n${lines.join('\n')}\n`,
    };
  });
  const known = new Set(sections.flatMap(({ paths }) => paths));
  const lost = Object.keys(WORDS).filter((path) => !known.has(path));
  if (lost.length > 0) throw new Error(`No pack has ${lost.join(', ')} of cli/pack-words.ts`);

  const text = sections.map((section) => section.text).join('\n');
  const values = Object.entries(VALUES).map(([name, words]) => {
    if (!text.includes(`(#${name.toLowerCase()})`))
      throw new Error(`The values of ${name} in cli/pack-words.ts are not those of any key`);
    const lines = Object.entries(words).map(([value, meaning]) => `- ${code(value)}: ${meaning}`);
    return `## ${name}\n\n${lines.join('\n')}\n`;
  });
  return [HEAD, text, ...values].join('\n');
};
