import * as z from 'zod';

/** Another way to find terms in a text that is already in lower case. */
export interface Rival {
  readonly name: string;
  /** Of the posts it is measured on, so that none takes minutes. */
  readonly share: number;
  readonly build: (terms: readonly string[]) => (text: string) => unknown;
}

const escaped = (term: string): string => term.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

const BUILT_IN: readonly Rival[] = [
  {
    name: 'one regular expression',
    share: 0.1,
    build: (terms) => {
      const pattern = new RegExp(`(?<!\\p{L})(?:${terms.map(escaped).join('|')})(?!\\p{L})`, 'gu');
      return (text) => Array.from(text.matchAll(pattern), ({ index }) => index);
    },
  },
  {
    name: 'a loop over the terms',
    share: 0.01,
    build: (terms) => (text) => terms.filter((term) => text.includes(term)),
  },
];

type Finder<Method extends string> = new (
  terms: string[],
) => Readonly<Record<Method, (text: string) => unknown>>;
const isClass = (value: unknown): boolean => typeof value === 'function';
const Modern = z.object({ default: z.custom<Finder<'search'>>(isClass) });
const Monyone = z.object({ AhoCorasick: z.custom<Finder<'matchInText'>>(isClass) });

/** A package that is not a dependency of the project, and how to use it. */
const PACKAGES: readonly {
  readonly name: string;
  readonly use: (module: unknown) => Rival['build'];
}[] = [
  {
    name: 'modern-ahocorasick/fast',
    use: (module) => (terms) => {
      const finder = new (Modern.parse(module).default)([...terms]);
      return (text) => finder.search(text);
    },
  },
  ...['@monyone/aho-corasick', '@monyone/aho-corasick/fast'].map((name) => ({
    name,
    use: (module: unknown) => (terms: readonly string[]) => {
      const finder = new (Monyone.parse(module).AhoCorasick)([...terms]);
      return (text: string) => finder.matchInText(text);
    },
  })),
];

/** All rivals that are there, and the names of the packages that are not installed. */
export const findRivals = async (): Promise<{
  readonly rivals: readonly Rival[];
  readonly absent: readonly string[];
}> => {
  const rivals = [...BUILT_IN];
  const absent: string[] = [];
  for (const { name, use } of PACKAGES)
    try {
      const module: unknown = await import(name);
      rivals.push({ name, share: 1, build: use(module) });
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND')) throw error;
      absent.push(name);
    }
  return { rivals, absent };
};
