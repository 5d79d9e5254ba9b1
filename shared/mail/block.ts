import { linesOf, oneLine, unlinked } from './plain-text.js';

/**
 * What a mail is made of. The HTML and the text part are two renderings of the same blocks, so they cannot tell
 * different things.
 */
export type Block =
  | { readonly kind: 'heading'; readonly text: string }
  /** Our own words, or the agency's. */
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'facts'; readonly rows: readonly (readonly [label: string, value: string])[] }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  /** Words of a post: shown as they are, and not to be taken for ours. */
  | { readonly kind: 'quote'; readonly text: string }
  | { readonly kind: 'link'; readonly label: string; readonly href: string };

/** The same block with every text in it safe to place: no control characters, one line where there is one. */
export const cleaned = (block: Block): Block => {
  switch (block.kind) {
    case 'heading':
      return { ...block, text: oneLine(block.text) };
    case 'text':
      return { ...block, text: linesOf(block.text).join('\n') };
    case 'facts':
      return { ...block, rows: block.rows.map(([label, value]) => [label, oneLine(value)]) };
    case 'list':
      return { ...block, items: block.items.map(oneLine) };
    case 'quote':
      return { ...block, text: linesOf(unlinked(block.text)).join('\n') };
    case 'link':
      return { ...block, label: oneLine(block.label), href: oneLine(block.href) };
  }
};

/** A cleaned block as plain text. */
export const textOf = (block: Block): string => {
  switch (block.kind) {
    case 'heading':
      return `== ${block.text} ==`;
    case 'text':
      return block.text;
    case 'facts':
      return block.rows.map(([label, value]) => `${label}: ${value}`).join('\n');
    case 'list':
      return block.items.map((item) => `- ${item}`).join('\n');
    case 'quote':
      // Every line is marked: no post can write a line that reads as ours.
      return block.text.replace(/^/gm, '> ');
    case 'link':
      return `${block.label}:\n${block.href}`;
  }
};
