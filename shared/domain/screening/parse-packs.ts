import * as z from 'zod';
import { packFaults } from './pack-faults.js';
import { LanguagePack, Packs } from './packs.js';
import { CodePack } from './code-pack.js';
import { ContestPack } from './rules.js';

/** A pack file, parsed as YAML and nothing more. */
export interface PackFile {
  /** What a person calls it when it has to be mended: its path. */
  readonly name: string;
  readonly content: unknown;
}

export type ParsedPacks =
  { readonly kind: 'packs'; readonly packs: Packs } | { readonly kind: 'faults'; readonly faults: string[] };

/** Reads pack files into packs, or says everything that is wrong with them in one go. */
export const parsePacks = (files: {
  readonly code: PackFile;
  readonly languages: readonly PackFile[];
  readonly contests: readonly PackFile[];
}): ParsedPacks => {
  const faults: string[] = [];
  const read = <Pack>(schema: z.ZodType<Pack>, { name, content }: PackFile): Pack[] => {
    const parsed = schema.safeParse(content);
    if (parsed.success) return [parsed.data];
    faults.push(`${name}:\n${z.prettifyError(parsed.error)}`);
    return [];
  };
  const [code] = read(CodePack, files.code);
  const languages = files.languages.flatMap((file) => read(LanguagePack, file));
  const contests = files.contests.flatMap((file) => read(ContestPack, file));
  if (code === undefined || faults.length > 0) return { kind: 'faults', faults };
  const packs = Packs.safeParse({ code, languages, contests });
  if (!packs.success) return { kind: 'faults', faults: [z.prettifyError(packs.error)] };
  const crossing = packFaults(packs.data);
  return crossing.length > 0 ? { kind: 'faults', faults: crossing } : { kind: 'packs', packs: packs.data };
};
