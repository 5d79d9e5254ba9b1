import * as z from 'zod';
import { millisecondsBetween, type Instant } from '../domain/time.js';
import { BadPackError } from '../errors.js';
import { once } from '../once.js';
import type { Clock, PublishedPacks } from '../ports.js';
import { hashOf, keyOf, LISTS, PackList, type PackFile } from './published-packs.js';
import type { ReadObject } from './s3-reader.js';

const textOf = (content: Uint8Array): string => Buffer.from(content).toString();

/** A published change is in use everywhere after this time. */
const REREAD_AFTER_MILLISECONDS = 60_000;

const listFrom = (name: string, text: string): PackList => {
  try {
    return PackList.parse(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError) throw new BadPackError([`${name}: ${error.message}`]);
    if (error instanceof z.ZodError) throw new BadPackError([`${name}: ${z.prettifyError(error)}`]);
    throw error;
  }
};

interface PublishedSet<Rules> extends PublishedPacks {
  readonly rules: () => Promise<Rules>;
}

/**
 * The sets that were published to a bucket; the very same values until others are. What is to be known of the rules is for
 * the schema to say: most ask for their calendars alone.
 */
export const publishedSets = <Rules>(read: ReadObject, now: Clock, schema: z.ZodType<Rules>) => {
  const readPublished = async (file: PackFile): Promise<Uint8Array> => {
    const content = await read(keyOf(file));
    if (content === null) throw new BadPackError([`${keyOf(file)}: not in the bucket of packs`]);
    if (hashOf(content) !== file.sha256)
      throw new BadPackError([`${file.name}: not the content that was published`]);
    return content;
  };

  const setFrom = ({ files, compiled, rules }: PackList): PublishedSet<Rules> => {
    const packs = once(async () => {
      const texts = files.map(async (file) => ({ name: file.name, text: textOf(await readPublished(file)) }));
      // Few ask for them as people wrote them, and only those wait for what reads YAML.
      const { parsePackFiles } = await import('./pack-files.js');
      return parsePackFiles(await Promise.all(texts));
    });
    return {
      packs,
      compiled: once(async () => (compiled === null ? null : await readPublished(compiled))),
      rules: once(async () => {
        if (rules !== null) return schema.parse(JSON.parse(textOf(await readPublished(rules))));
        const { code, contests } = await packs();
        return schema.parse({ code, contests });
      }),
    };
  };

  const isFresh = (checkedAt: Instant, at: Instant): boolean => {
    const age = millisecondsBetween(checkedAt, at);
    return age >= 0 && age < REREAD_AFTER_MILLISECONDS;
  };

  /** The set that a list names, asked for again after a minute, once for all who ask meanwhile; `null` without a list. */
  const setOf = (name: string): (() => Promise<PublishedSet<Rules> | null>) => {
    let cached: {
      readonly checkedAt: Instant;
      readonly list: string | null;
      readonly set: PublishedSet<Rules> | null;
    } | null = null;
    let reading: Promise<PublishedSet<Rules> | null> | null = null;
    const reread = async (): Promise<PublishedSet<Rules> | null> => {
      const checkedAt = now();
      const content = await read(name);
      const list = content === null ? null : textOf(content);
      const set = cached?.list === list ? cached.set : list === null ? null : setFrom(listFrom(name, list));
      cached = { checkedAt, list, set };
      return set;
    };
    return async () => {
      if (cached !== null && isFresh(cached.checkedAt, now())) return cached.set;
      reading ??= reread().finally(() => {
        reading = null;
      });
      return reading;
    };
  };

  const active = setOf(LISTS.active);
  return {
    active,
    candidate: setOf(LISTS.candidate),
    /** The active one, without which there is nothing to go by. */
    inUse: async (): Promise<PublishedSet<Rules>> => {
      const set = await active();
      if (set === null) throw new BadPackError([`${LISTS.active}: not in the bucket of packs`]);
      return set;
    },
  };
};
