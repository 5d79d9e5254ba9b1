import { emptyDraft, foldInto, type Draft } from './draft.js';
import { textOf, widthAt } from './letters.js';
import { STAGES, stagesDue } from './stages.js';

/** A text as the screening reads it, with the way back: UTF-16 offsets into the original, per code unit. */
export interface Normal {
  readonly text: string;
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
}

/** Adds the normal form of a part to a draft. Takes time linear in the length; any string is good. */
export const normaliseInto = (draft: Draft, original: string): void => {
  foldInto(draft, original);
  let due = stagesDue(draft);
  for (let stage = 0; due >> stage !== 0; stage += 1) {
    if (((due >> stage) & 1) === 0) continue;
    STAGES[stage]?.(draft);
    due = stagesDue(draft);
  }
};

/** `normalise` writes here, and leaves nothing that is read again. */
const scratch = emptyDraft();

/**
 * The normal form of a text: lower-case letters without marks, look-alikes, links, leetspeak or stretching.
 * Takes time linear in the length; any string is good, lone surrogates included. Idempotent.
 */
export const normalise = (original: string): Normal => {
  scratch.length = 0;
  normaliseInto(scratch, original);
  const starts = scratch.starts.slice(scratch.from, scratch.length);
  return {
    text: textOf(scratch.codes, scratch.from, scratch.length),
    starts,
    ends: starts.map((start) => start + widthAt(original, start)),
  };
};
