import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { program } from '../../../cli/main.js';

const ROOT = join(import.meta.dirname, '../../..');
const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')));
const netral = program({
  out: () => undefined,
  err: () => undefined,
  env: {},
  folder: ROOT,
  fetch: () => Promise.reject(new TypeError('nobody is asked')),
  colours: false,
});

interface Written {
  readonly words: readonly string[];
  /** Stands in a block to be typed as it is, not in a sentence that names it. */
  readonly typed: boolean;
}

const wordsOf = (text: string): string[] => text.match(/"[^"]*"|<[^>]*>|\S+/g) ?? [];

/** What of a document is code: the lines of its blocks without their comments, and the spans within sentences. */
const codeIn = (markdown: string): readonly Written[] => {
  const found: Written[] = [];
  const prose = markdown.replace(/^```.*\n([\s\S]*?)^```$/gm, (_block, inside: string) => {
    for (const line of inside.replace(/\\\n/g, ' ').split('\n'))
      found.push({ words: wordsOf(line.replace(/(^|\s)#.*$/, '')), typed: true });
    return '';
  });
  for (const [, span = ''] of prose.matchAll(/`([^`]+)`/g))
    found.push({ words: wordsOf(span), typed: false });
  return found;
};

const hasOption = (command: Command | null, name: string): boolean =>
  command !== null &&
  (command.options.some(({ long, short }) => long === name || short === name) ||
    hasOption(command.parent, name));

/** What is wrong with the words behind `netral`; `null` where nothing is. */
const faultOfNetral = (words: readonly string[], typed: boolean): string | null => {
  let at = netral;
  let given = 0;
  for (let next = 0; next < words.length; next += 1) {
    const word = words[next] ?? '';
    if (/^(&&|\||>|;)$/.test(word)) break;
    if (word.startsWith('-')) {
      const [name = ''] = word.split('=');
      if (name !== '--help' && !hasOption(at, name)) return `${at.name()} has no option ${name}`;
      const option = [...at.options, ...netral.options].find(({ long }) => long === name);
      if (option?.required === true && !word.includes('=')) next += 1;
      continue;
    }
    const below = at.commands.find((command) => command.name() === word);
    if (below !== undefined) at = below;
    else if (at.registeredArguments.length === 0) return `${at.name()} knows no "${word}"`;
    else given += 1;
  }
  const needed = at.registeredArguments.filter(({ required }) => required).length;
  const missing = typed && !words.includes('--help') && (given < needed || at.commands.length > 0);
  return missing ? `${at.name()} cannot be typed so: something is missing` : null;
};

const faultOfNpm = (words: readonly string[]): string | null => {
  const [first, ...rest] = words.filter((word) => word !== '-s');
  const script = first === 'run' ? rest[0] : first === 'test' || first === 'start' ? first : null;
  return script === null || (script !== undefined && script in scripts)
    ? null
    : `there is no npm script "${script ?? ''}"`;
};

const faultsIn = (markdown: string): string[] =>
  codeIn(markdown).flatMap(({ words, typed }) =>
    words.flatMap((word, index) => {
      const behind = words.slice(index + 1);
      const begins = index === 0 || /^(npx|&&|\||;)$/.test(words[index - 1] ?? '');
      if (!begins) return [];
      const fault =
        word === 'netral' && behind.length > 0
          ? faultOfNetral(behind, typed)
          : word === 'npm'
            ? faultOfNpm(behind)
            : null;
      return fault === null ? [] : [`${words.slice(index).join(' ')}: ${fault}`];
    }),
  );

const documents = globSync('**/*.md', {
  cwd: ROOT,
  exclude: (name) => /(^|\/)(node_modules|cdk\.out)$/.test(name),
});

describe('the commands that documents name', () => {
  it.each(documents)('exist: %s', (file) => {
    expect(faultsIn(readFileSync(join(ROOT, file), 'utf8'))).toEqual([]);
  });

  it('are many', () => {
    const named = documents.flatMap((file) =>
      codeIn(readFileSync(join(ROOT, file), 'utf8')).filter(({ words }) =>
        words.some((word) => word === 'netral' || word === 'npm'),
      ),
    );
    expect(named.length).toBeGreaterThan(60);
  });

  it.each([
    ['Ask `netral netwrks status`.', 'netral knows no "netwrks"'],
    ['Ask `npx netral networks state`.', 'networks knows no "state"'],
    ['`netral pack publish packs --buckets NAME`', 'publish has no option --buckets'],
    ['`npm run bnech -- cost`', 'there is no npm script "bnech"'],
    ['`npm ci && npm run sbmo`', 'there is no npm script "sbmo"'],
    ['```sh\nnpx netral pack new   # a contest\n```', 'new cannot be typed so: something is missing'],
    ['```sh\nnpx netral --url <a b> networks\n```', 'networks cannot be typed so: something is missing'],
  ])('are found wrong where they are: %s', (text, fault) => {
    expect(faultsIn(text)).toEqual([expect.stringContaining(fault)]);
  });

  it.each([
    'Run `netral`, `netral --help`, or `netral networks`.',
    '`netral --url <ApiUrl> people roles <number> <role…>`',
    '```sh\nnpx netral --url <ApiUrl> networks status # each host\nnpm run -s sbom\n```',
  ])('are found right where they are: %s', (text) => {
    expect(faultsIn(text)).toEqual([]);
  });
});
