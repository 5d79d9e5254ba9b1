import type { TextPart } from '../../domain/scanning/post.js';
import { htmlText, plainText, withinBytes } from '../html-text.js';
import type { Words } from './status.js';

const BODY_BYTES = 100_000;
const OTHER_BYTES = 2000;
const ALT_TEXTS = 20;

/** A status's words by the place where they stand; custom emoji stay the shortcodes that people typed. */
export const partsOf = (words: Words): TextPart[] => {
  const { text, altTexts } = htmlText(words.content ?? '');
  const described = (words.media_attachments ?? []).map(({ description }) => plainText(description ?? ''));
  const choices = (words.poll?.options ?? []).map(({ title }) => plainText(title ?? ''));
  const card = [words.card?.title, words.card?.description].map((line) => plainText(line ?? ''));
  const parts: TextPart[] = [
    { field: 'content-warning', text: plainText(words.spoiler_text ?? '') },
    { field: 'body', text: withinBytes(text, BODY_BYTES) },
    { field: 'body', text: lines(choices) },
    ...[...described, ...altTexts]
      .slice(0, ALT_TEXTS)
      .map((alt): TextPart => ({ field: 'alt-text', text: alt })),
    { field: 'link-card', text: lines(card) },
  ];
  return parts
    .map(({ field, text: words }) => ({
      field,
      text: withinBytes(words, field === 'body' ? BODY_BYTES : OTHER_BYTES),
    }))
    .filter((part) => part.text !== '');
};

/** The words of what a status points to, as its reader sees them under one another. */
export const wordsOf = (words: Words): string =>
  withinBytes(lines(partsOf(words).map(({ text }) => text)), BODY_BYTES);

const lines = (texts: readonly string[]): string => texts.filter((text) => text !== '').join('\n');
