import type { Indication } from './verdict.js';

const PACK = 'language-';
/** Its rules bear no name of a language. */
const INDONESIAN = 'id';

/**
 * The language whose words led to an indication. Rules of every other language than Indonesian end with its name: those of
 * `mly-east` with `-east`, those of `jv` with `-jv`. A text may mix several; what counts is the act that was read in it.
 */
export const languageOf = ({ spans, packs }: Pick<Indication, 'spans' | 'packs'>): string => {
  const others = packs
    .filter(({ id }) => id.startsWith(PACK) && id !== `${PACK}${INDONESIAN}`)
    .map(({ id }) => id.slice(PACK.length));
  const isOf = (language: string): boolean =>
    spans.some(({ rule }) => rule.endsWith(`-${language.split('-').at(-1) ?? language}`));
  return others.find(isOf) ?? INDONESIAN;
};
