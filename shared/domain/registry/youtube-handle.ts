import type { ReadHandle } from './handle.js';

const CHANNEL = /^UC[\w-]{22}$/;
/** 3 to 30 letters, digits, `_`, `-`, `.` and `·`, in any script. */
const HANDLE = /^@[\p{L}\p{M}\p{N}_.·-]{3,30}$/u;
const ADDRESS = /^https:\/\/(?:www\.|m\.)?youtube\.com\/(?:channel\/)?([^/?#]+)/i;

/** A channel's id `UC…`, its `@handle`, or its address; all channels are served by one host. */
export const youtubeHandle = (text: string): ReadHandle => {
  const encoded = ADDRESS.exec(text)?.[1] ?? text;
  const name = decoded(encoded);
  if (CHANNEL.test(name)) return { kind: 'accepted', handle: name, host: null, identity: null };
  return HANDLE.test(name)
    ? { kind: 'accepted', handle: name.toLowerCase(), host: null, identity: null }
    : { kind: 'refused', reason: 'not-a-handle' };
};

/** Browsers escape letters beyond ASCII. */
const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return text;
    throw error;
  }
};
