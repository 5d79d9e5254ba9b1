import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { htmlText, plainText, withinBytes } from '../../../shared/networks/html-text.js';

describe('HTML as text', () => {
  it.each([
    ['keeps line breaks', '<p>Satu<br>dua</p><p>tiga</p>', 'Satu\ndua\n\ntiga'],
    ['keeps the lines of a list', '<ul><li>satu</li><li>dua</li></ul>', 'satu\n\ndua'],
    ['keeps the text of a link', 'lihat <a href="https://x.example/">di sini</a>', 'lihat di sini'],
    ['decodes entities', '&lt;b&gt; &amp;amp; &#39;x&#x27; &eacute;', "<b> &amp; 'x' é"],
    ['drops scripts and styles', 'a<script>b<b>c</script><style>d{}</style>e', 'ae'],
    ['drops comments', 'a<!-- b -->c', 'ac'],
    [
      "drops what Mastodon's links hide",
      '<a href="https://x.example/y"><span class="invisible">https://</span><span class="ellipsis">x.ex</span></a> ya',
      'ya',
    ],
    [
      'drops what is inside of what is hidden',
      '<span class="a invisible"><b>x<span>y</span></b></span>z',
      'z',
    ],
    ['keeps other spans', '<span class="invisible-not">x</span>', 'x'],
    ['takes white space for one space', 'a \n\t b', 'a b'],
    ['keeps the lines of preformatted text', '<pre>a\n  b</pre>', 'a\nb'],
    ['parts the cells of a table', '<table><tr><td>a</td><td>b</td></tr></table>', 'a b'],
    ['reads pictures of emoji', 'halo <img class="emoji" alt="😀">', 'halo 😀'],
    ['takes a lone less-than sign for text', '1 < 2', '1 < 2'],
    ['copes with what is left open', '<div><p>a<b>b', 'ab'],
  ])('%s', (_, html, text) => {
    expect(htmlText(html).text).toBe(text);
  });

  it('lists what pictures show', () => {
    expect(htmlText('<img alt="Rapat pleno"><img><img alt="">')).toEqual({
      text: '',
      altTexts: ['Rapat pleno'],
    });
  });

  it('never throws, and leaves nothing that a queue refuses', () => {
    const markup = fc.constantFrom(
      '<p>',
      '</p>',
      '<span class="invisible">',
      '</span>',
      '<script>',
      '<!--',
      '&#0;',
      '&#xffff;',
      '<img alt="',
      '\ud800',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(markup, fc.string({ unit: 'binary' }))), (pieces) => {
        const { text } = htmlText(pieces.join(''));
        expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f\ufffe\uffff]/);
        expect(text.isWellFormed()).toBe(true);
        expect(plainText(text)).toBe(text);
      }),
    );
  });
});

describe('a text within so many bytes', () => {
  it('is its longest beginning that fits, and whole in its last character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(40), (text, bytes) => {
        const cut = withinBytes(text, bytes);
        expect(text.startsWith(cut)).toBe(true);
        expect(cut.isWellFormed()).toBe(true);
        expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(bytes);
        const [next = ''] = text.slice(cut.length);
        expect(next === '' || Buffer.byteLength(cut + next) > bytes).toBe(true);
      }),
    );
  });
});
