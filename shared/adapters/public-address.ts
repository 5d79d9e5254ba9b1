import ipaddr from 'ipaddr.js';
import type { LookupFunction } from 'node:net';
import { lookup as systemLookup } from 'node:dns';
import type { HostGuard } from '../domain/registry/host-grammar.js';

/** A name that leads to where the guard does not let us go. */
export class ForbiddenAddressError extends Error {
  override readonly name = 'ForbiddenAddressError';
}

/** All of IPv6 that is handed out for use on the internet; the rest is refused without a list to keep. */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');

/** Azure's host agent answers virtual machines on an address that looks public. */
const HOST_AGENT = '168.63.129.16';

/**
 * Whether an address is one of the open internet. Loopback, private, link-local (metadata), shared, multicast, reserved and
 * documentation ranges are not, nor any IPv6 address that stands for an IPv4 one (mapped, compatible, NAT64, 6to4, Teredo).
 */
export const isPublicAddress = (text: string): boolean => {
  if (!ipaddr.isValid(text) || text === HOST_AGENT) return false;
  const address = ipaddr.parse(text);
  if (address.range() !== 'unicast') return false;
  return address instanceof ipaddr.IPv4 || address.match(GLOBAL_UNICAST);
};

export const isLoopbackAddress = (text: string): boolean =>
  ipaddr.isValid(text) && ipaddr.parse(text).range() === 'loopback';

/** The part of `dns.lookup` that is used: every address of a name. */
export type Resolve = (
  host: string,
  options: { readonly all: true; readonly family: number },
  done: (
    error: NodeJS.ErrnoException | null,
    addresses: readonly { address: string; family: number }[],
  ) => void,
) => void;

const FAMILY = { IPv4: 4, IPv6: 6 } as const;

/**
 * A look-up for sockets that runs as they connect, so that no second answer of a rebinding name server can differ from the
 * one that was checked. One address that is refused refuses the name.
 */
export const guardedLookup =
  (guard: HostGuard, resolve: Resolve = systemLookup): LookupFunction =>
  (host, options, done) => {
    const family = typeof options.family === 'string' ? FAMILY[options.family] : (options.family ?? 0);
    resolve(host, { all: true, family }, (error, addresses) => {
      if (error !== null) {
        done(error, '');
        return;
      }
      const allowed = guard === 'public' ? isPublicAddress : isLoopbackAddress;
      const [first] = addresses;
      if (first === undefined || !addresses.every(({ address }) => allowed(address)))
        done(new ForbiddenAddressError(`${guard} guard`), '');
      else if (options.all === true) done(null, [...addresses]);
      else done(null, first.address, first.family);
    });
  };
