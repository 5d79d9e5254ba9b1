import { Id, Status, type StatusList } from './status.js';
import type * as z from 'zod';

const LIMIT = 40;

/** One page of an account's statuses. */
export interface StatusPage {
  readonly statuses: readonly Status[];
  /** Some of the page could not be read. */
  readonly damaged: boolean;
  /** The status below which the next page begins; `null` behind an empty page. */
  readonly next: string | null;
}

/** Where the statuses of an account are listed, newest first. */
export const pageAddress = (origin: string, account: string, below: string | null): string =>
  `${origin}/api/v1/accounts/${account}/statuses?limit=${LIMIT}${below === null ? '' : `&max_id=${below}`}`;

/**
 * `Link: rel=next` names what follows, where there is one. Of it only the id is taken: where to ask, and for whom, is not for
 * the server to say. Without one the last status of the page is what the next one begins below.
 */
export const pageOf = (list: z.infer<typeof StatusList>, headers: Headers): StatusPage => {
  const read = list.map((item) => Status.safeParse(item));
  const statuses = read.flatMap(({ data }) => (data === undefined ? [] : [data]));
  return {
    statuses,
    damaged: statuses.length < list.length,
    next: statuses.length === 0 ? null : (linkedNext(headers.get('link')) ?? statuses.at(-1)?.id ?? null),
  };
};

const NEXT = /<([^<>]*)>\s*;[^<>]*\brel="?next"?/i;

const linkedNext = (link: string | null): string | null => {
  const address = link === null ? undefined : NEXT.exec(link)?.[1];
  const url = address === undefined ? null : URL.parse(address, 'https://server.example');
  return Id.safeParse(url?.searchParams.get('max_id')).data ?? null;
};
