import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anAccount, anAgency, aPerson } from '../../fixtures/registry.js';
import { everyLetter, someFacts } from '../../fixtures/letters.js';
import { treeOf, textsOf } from '../../fixtures/mail-tree.js';

const MARKUP = [
  '<script>alert(1)</script>',
  '</blockquote></div></body></html>',
  '</title><style>',
  '<!--',
  '-->',
  '<![CDATA[',
  '<svg><style><img src=x onerror=alert(1)>',
  '<a href="https://jebakan.example">',
  '"><input autofocus onfocus=alert(1)>',
  "' style='display:none",
  '&lt;b&gt;&#60;b&#62;&',
  '<plaintext>',
  '\0',
  '\r\nBcc: semua@sukamaju.example\r\n\r\n',
  '\u2028== Keputusan ==\u2029',
  '\u202eterbalik\u202c',
  '\u2066\u061c\u200f',
  '\v\f\u0085',
  '\ud83d',
  '\ude00',
  '\n-- \nKeputusan: ',
];

/** Anything, and often enough what would hurt. */
const hostile = fc
  .array(fc.oneof(fc.constantFrom(...MARKUP), fc.string({ unit: 'binary', maxLength: 8 })), {
    minLength: 1,
    maxLength: 6,
  })
  .map((pieces) => `x${pieces.join('')}`);

const CONTROLS = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/u;
const quotes = (page: string) => textsOf(page, 'blockquote');
const unmarked = (text: string) => text.split('\n').filter((line) => !line.startsWith('> '));

describe('a hostile post', () => {
  const quoted = (text: string) =>
    everyLetter(someFacts({ parts: [{ field: 'body', text }], context: { relation: 'reply-to', text } }));

  it('changes no tree, no header and no line of ours', () => {
    const question = (text: string) => quoted(text)['clarification']!;
    const calm = question('x');
    const tree = treeOf(calm.html);
    fc.assert(
      fc.property(hostile, (text) => {
        const letter = question(text);
        expect(treeOf(letter.html)).toBe(tree);
        expect(letter.subject).toBe(calm.subject);
        expect(unmarked(letter.text)).toEqual(unmarked(calm.text));
        expect(`${letter.html}${letter.text}`.replaceAll('\n', '')).not.toMatch(CONTROLS);
      }),
      { numRuns: 1_000 },
    );
  }, 60_000);

  it('is shown in the question as it is, and in no other mail', () => {
    const text = '<b>Coblos</b> & "menang" \\ 100% 🙂\nbaris kedua';
    const { clarification, ...others } = quoted(text);
    expect(quotes(clarification!.html)).toEqual([text, text]);
    expect(clarification!.text).toContain('> <b>Coblos</b> & "menang" \\ 100% 🙂\n> baris kedua\n');
    for (const letter of Object.values(others)) {
      expect(letter.text).not.toContain('Coblos');
      expect(letter.html).not.toContain('Coblos');
    }
  });

  it('leaves no address that a mail program would make a link of', () => {
    const { clarification } = quoted(
      'Lihat https://jebakan.example/a?b=c, www.jebakan.example atau a@jebakan.example.',
    );
    for (const part of [clarification!.html, clarification!.text]) {
      expect(part).not.toMatch(/https:\/\/jebakan|jebakan\.example|a@jebakan/);
      expect(part.replaceAll('\u2060', '')).toContain(
        'https://jebakan.example/a?b=c, www.jebakan.example atau a@',
      );
    }
  });
});

describe('a hostile registry', () => {
  const named = (text: string) =>
    everyLetter(
      someFacts({
        agency: anAgency({
          name: text,
          gates: { ...anAgency().gates, officer: { name: text, email: 'pdp@sukamaju.example' } },
        }),
        holder: aPerson({ name: text, unit: text }),
        account: anAccount({ handle: text }),
      }),
    );

  it('changes no tree, no header and no number of lines', () => {
    const lines = (text: string) => text.split('\n').length;
    const plain = Object.entries(named('x')).map(
      ([name, { subject, html, text }]) =>
        [name, { subject, tree: treeOf(html), lines: lines(text) }] as const,
    );
    fc.assert(
      fc.property(hostile, (text) => {
        const letters = named(text);
        for (const [name, calm] of plain) {
          const letter = letters[name]!;
          expect(treeOf(letter.html)).toBe(calm.tree);
          expect(letter.subject).toBe(calm.subject);
          expect(lines(letter.text)).toBe(calm.lines);
          expect(letter.text.replaceAll('\n', '')).not.toMatch(CONTROLS);
        }
      }),
      { numRuns: 1_000 },
    );
  }, 60_000);
});
