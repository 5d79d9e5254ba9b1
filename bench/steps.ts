import { emptyPage } from '../shared/domain/screening/page.js';
import { readPage } from '../shared/domain/screening/read-page.js';
import type { Tables } from '../shared/domain/screening/tables.js';
import { findTerms } from '../shared/domain/screening/trie.js';

/** Texts that are built to be slow, each repeated until it is long enough. */
export const ADVERSARIAL: Readonly<Record<string, string>> = {
  'one word without end': 'pilih',
  'a term over and over': 'jangan pilih ',
  'letters apart': 'a b ',
  'near misses of a spelt-out word': 'a.b.c ',
  'stretched letters': 'aaaaaaaab',
  leetspeak: 'a0b1',
  links: 'a://b ',
  'half links': 'a:/',
  'a hashtag without end': '#pilih',
  'a hashtag of known words': 'pilihdukung',
  'quotation marks': '"a" ',
  'digits and signs': '1.2,3:',
  'characters that become many': '\ufdfa',
  'mathematical letters': '𝐩𝐢𝐥𝐢𝐡 ',
  emoji: '🔥❤',
  'lone surrogates': '\ud83d',
};

/** An array that counts how often it is read. */
const counted = <Column extends object>(column: Column, count: () => void): Column =>
  new Proxy(column, {
    get: (target, key): unknown => {
      count();
      return Reflect.get(target, key);
    },
  });

/** How often reading a text looks at its units, at the slots of the vocabulary and at the keys of the trie. */
export const stepsOf = (text: string, { vocabulary, trie }: Tables): number => {
  let steps = 0;
  const step = (): void => {
    steps += 1;
  };
  const page = emptyPage();
  page.draft.codes = counted(new Uint16Array(text.length * 20 + 100), step);
  page.draft.starts = new Uint32Array(text.length * 20 + 100);
  readPage(page, [{ text }], { ...vocabulary, slots: counted(vocabulary.slots, step) });
  findTerms(page, { ...trie, keys: counted(trie.keys, step) });
  return steps;
};
