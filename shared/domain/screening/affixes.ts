/** What a prefix makes of a stem, which may be several words if people speak in more than one way. */
type Derive = (stem: string) => readonly string[];

const VOWEL = /^[aeiou]/;
const SYLLABLES = /[aeiou]+/g;

/** A stem as it stands after a nasal: *p, t, s, k* before a vowel give way to it, others follow it. */
const nasal = (stem: string): string => {
  const first = stem[0] ?? '';
  const softens = VOWEL.test(stem.slice(1));
  if ((stem.match(SYLLABLES)?.length ?? 0) === 1) return `nge${stem}`;
  if (VOWEL.test(stem)) return `ng${stem}`;
  if (first === 'p') return softens ? `m${stem.slice(1)}` : `m${stem}`;
  if (first === 't') return softens ? `n${stem.slice(1)}` : `n${stem}`;
  if (first === 's' && softens) return `ny${stem.slice(1)}`;
  if (first === 'k') return softens ? `ng${stem.slice(1)}` : `ng${stem}`;
  if (/^(ny|ng)/.test(stem) || 'lmnrwy'.includes(first)) return stem;
  if ('bfv'.includes(first)) return `m${stem}`;
  if ('dcjzs'.includes(first)) return `n${stem}`;
  return `ng${stem}`;
};

/** The same as people say it without *me-*: *milih, nyoblos, ngedukung*. */
const spoken = (stem: string): readonly string[] => {
  const first = stem[0] ?? '';
  const formal = nasal(stem);
  if (formal.startsWith('nge')) return [formal];
  if (first === 'c') return [`ny${stem.slice(1)}`];
  if (first === 'd') return [`nge${stem}`, formal];
  return 'bfghjlrvwyz'.includes(first) || (!VOWEL.test(first) && !VOWEL.test(stem.slice(1)))
    ? [`nge${stem}`]
    : [formal];
};

/** The prefixes of Indonesian verbs and what they do to a stem. */
export const PREFIXES: Readonly<Record<string, Derive>> = {
  me: (stem) => [...new Set([`me${nasal(stem)}`, ...spoken(stem)])],
  pe: (stem) => [`pe${nasal(stem)}`],
  di: (stem) => [`di${stem}`],
  ku: (stem) => [`ku${stem}`],
};
