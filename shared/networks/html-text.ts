import { Parser } from 'htmlparser2';

/** What a reader of a post sees: its words with their line breaks, and the descriptions of its pictures. */
export interface ReadableText {
  readonly text: string;
  readonly altTexts: readonly string[];
}

const BLOCKS = new Set(
  (
    'address article aside blockquote br caption dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 ' +
    'header hr li main nav ol p pre section summary table tr ul'
  ).split(' '),
);
const UNREAD = new Set(['script', 'style', 'template', 'noscript', 'head', 'iframe', 'object', 'svg']);
/** Mastodon hides parts of long links by these. */
const HIDDEN_CLASS = /(?:^|\s)(?:invisible|ellipsis)(?:\s|$)/;
/** A picture that stands for an emoji is part of the line. */
const EMOJI = /^[\p{Extended_Pictographic}\p{Emoji_Component}\p{Emoji_Presentation}]+$/u;

/** HTML as text. Links keep their text, not their address. Never throws. */
export const htmlText = (html: string): ReadableText => {
  let text = '';
  const altTexts: string[] = [];
  const open: string[] = [];
  /** How many elements were open when the outermost unread one began. */
  let unreadFrom: number | null = null;
  let preformatted = 0;
  const parser = new Parser({
    onopentag: (name, attributes) => {
      open.push(name);
      if (unreadFrom !== null) return;
      if (UNREAD.has(name) || (name === 'span' && HIDDEN_CLASS.test(attributes['class'] ?? ''))) {
        unreadFrom = open.length;
        return;
      }
      if (name === 'pre') preformatted += 1;
      if (BLOCKS.has(name)) text += '\n';
      if (name === 'td' || name === 'th') text += ' ';
      const alt = name === 'img' ? plainText(attributes['alt'] ?? '') : '';
      if (EMOJI.test(alt)) text += alt;
      else if (alt !== '') altTexts.push(alt);
    },
    onclosetag: (name) => {
      if (unreadFrom === null) {
        if (name === 'pre') preformatted -= 1;
        if (BLOCKS.has(name) && name !== 'br') text += '\n';
      } else if (open.length === unreadFrom) unreadFrom = null;
      open.pop();
    },
    ontext: (data) => {
      if (unreadFrom === null) text += preformatted > 0 ? data : data.replace(/\s+/g, ' ');
    },
  });
  parser.end(html);
  return { text: plainText(text), altTexts };
};

/** Characters that no queue takes and no reader sees. */
const UNSENDABLE = /[\u0000-\u0008\u000b-\u001f\u007f\ufffe\uffff]/g;

/** Text with even spaces and at most one empty line between lines, that every queue takes. */
export const plainText = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(UNSENDABLE, '')
    .toWellFormed()
    .replace(/[^\S\n]+/gu, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();

/** The longest beginning of a text that fits into so many bytes of UTF-8. */
export const withinBytes = (text: string, bytes: number): string =>
  text.length * 3 <= bytes
    ? text
    : text.slice(0, new TextEncoder().encodeInto(text, new Uint8Array(bytes)).read);
