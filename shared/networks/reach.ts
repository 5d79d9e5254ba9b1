import type { FetchPermit } from '../domain/registry/permit.js';

/** Addresses that a connector may ask for; the guarded fetch refuses every other. */
export interface Reach {
  /** The kind of permit that opens it. */
  readonly with: FetchPermit['kind'];
  /** The host of the permit, `any` public one, or one origin that never changes, like a directory's. */
  readonly host: 'of-permit' | 'any' | { readonly origin: string };
  /** Segments as they stand in the address; `*` is any one segment, `**` at the end any rest. */
  readonly path: `/${string}`;
}

const fitsPath = (pattern: string, path: string): boolean => {
  const wanted = pattern.split('/');
  const given = path.split('/');
  const open = wanted.at(-1) === '**';
  const fixed = open ? wanted.slice(0, -1) : wanted;
  return (
    (open ? given.length >= wanted.length : given.length === wanted.length) &&
    fixed.every((segment, index) => segment === '*' || segment === given[index])
  );
};

const fitsHost = (host: Reach['host'], url: URL, permit: FetchPermit): boolean => {
  if (host === 'any') return true;
  return host === 'of-permit' ? url.host === permit.host : url.origin === host.origin;
};

/** Whether a connector's list lets this permit ask for this address. */
export const isWithinReach = (list: readonly Reach[], permit: FetchPermit, url: URL): boolean =>
  list.some(
    (reach) =>
      reach.with === permit.kind && fitsHost(reach.host, url, permit) && fitsPath(reach.path, url.pathname),
  );
