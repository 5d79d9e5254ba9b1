import { sha256 } from '../ids.js';
import type { LanguagePack } from './packs.js';
import type { CodePack } from './code-pack.js';
import type { ContestPack } from './rules.js';
import type { PackRef } from './verdict.js';

const canonical = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([key, inner]) => [key, canonical(inner)]),
  );
};

/** How a finding names the pack that made it. The hash is of the content, whatever the order of its keys. */
export const packRef = (pack: CodePack | LanguagePack | ContestPack): PackRef => ({
  id: pack.id,
  version: pack.version,
  hash: sha256(JSON.stringify(canonical(pack))),
});
