import { describe, expect, it } from 'vitest';
import { linesOf, oneLine, unlinked } from '../../../shared/mail/plain-text.js';

describe('text in a mail', () => {
  it.each(['\n', '\r\n', '\r', '\v', '\f', '\u0085', '\u2028', '\u2029'])(
    'breaks into lines at %j, once',
    (end) => {
      expect(linesOf(`satu${end}dua`)).toEqual(['satu', 'dua']);
      expect(oneLine(`satu${end}dua`)).toBe('satu dua');
    },
  );

  it('keeps no control character, and reads on where one stood', () => {
    expect(linesOf('satu\tdua\u0000tiga')).toEqual(['satu dua tiga']);
  });

  it.each(['\u061c', '\u200e', '\u200f', '\u202a', '\u202e', '\u2066', '\u2069'])(
    'keeps no %j, which turns round what is near it',
    (mark) => {
      expect(linesOf(`sa${mark}tu ${mark}dua`)).toEqual(['satu dua']);
    },
  );

  it('has no half of a character', () => {
    expect(linesOf('a\ud83d')).toEqual(['a\ufffd']);
  });

  it('is one line without space around it or twice in it', () => {
    expect(oneLine('  satu \t\n  dua ')).toBe('satu dua');
    expect(oneLine('satu')).toBe('satu');
  });
});

describe('somebody else’s text', () => {
  it('has nothing to click on', () => {
    expect(unlinked('https://a.example dan budi@b.example')).toBe(
      'https:\u2060//a.\u2060example dan budi@\u2060b.\u2060example',
    );
  });

  it('is not touched at the end of a word', () => {
    expect(unlinked('Selesai. Ya: @budi pulang .')).toBe('Selesai. Ya: @budi pulang .');
  });
});
