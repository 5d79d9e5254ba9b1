import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { keyedHash } from '../domain/ids.js';
import { BadCursorError } from '../errors.js';

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

const opened = (key: Buffer, sealed: Buffer): string | null => {
  const nonce = sealed.subarray(0, NONCE_BYTES);
  const tag = sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES);
  if (tag.length < TAG_BYTES) return null;
  const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES }).setAuthTag(tag);
  const text = decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES));
  try {
    return Buffer.concat([text, decipher.final()]).toString();
  } catch {
    // Node says no more of a seal that is broken than that it is.
    return null;
  }
};

/** Texts that say nothing to whoever carries them but their length, sealed under the agency's secret for one purpose. */
export const sealing = (hashKey: string, purpose: string) => {
  const key = Buffer.from(keyedHash(hashKey, purpose), 'hex');
  return {
    seal: (text: string): string => {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
      const sealed = Buffer.concat([cipher.update(text), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url');
    },
    /** `null` for what was not sealed under this secret for this purpose. */
    open: (sealed: string): string | null => opened(key, Buffer.from(sealed, 'base64url')),
  };
};

export const sealedCursors = (hashKey: string) => {
  const { seal, open } = sealing(hashKey, 'sealed-cursor');
  return {
    seal,
    open: (sealed: string): string => {
      const cursor = open(sealed);
      if (cursor === null) throw new BadCursorError('The cursor is none that a page gave.');
      return cursor;
    },
  };
};
