import * as z from 'zod';
import { allowedUrl, type HostGuard } from '../../domain/registry/host-grammar.js';
import { isDid } from './at-uri.js';

/** Where the connector's fixed hosts stand, and whether hosts are public ones. */
export interface BlueskySettings {
  readonly guard: HostGuard;
  /** The directory of `did:plc` identities: an origin. */
  readonly plcDirectory: string;
  /** Who knows the handles that name no site of their own: an origin. */
  readonly appView: string;
}

/** The address of a host that a permit names. */
export const originOf = (host: string, guard: HostGuard): string =>
  `${guard === 'public' ? 'https' : 'http'}://${host}`;

/** Where the document of an identity stands; `null` for what is no DID. */
export const documentAddress = (did: string, { guard, plcDirectory }: BlueskySettings): string | null => {
  if (!isDid(did)) return null;
  return did.startsWith('did:web:')
    ? `${originOf(did.slice('did:web:'.length), guard)}/.well-known/did.json`
    : `${plcDirectory}/${did}`;
};

const Service = z.object({ id: z.string(), serviceEndpoint: z.string() });

export const DidDocument = z.object({
  id: z.string(),
  alsoKnownAs: z.array(z.string()).max(100).catch([]),
  service: z
    .array(z.unknown())
    .max(100)
    .catch([])
    .transform((services) => services.flatMap((service) => Service.safeParse(service).data ?? [])),
});
export type DidDocument = z.infer<typeof DidDocument>;

/** The server that holds the repository: an origin that may be called, else `null`. */
export const serverIn = ({ id, service }: DidDocument, guard: HostGuard): URL | null => {
  const named = service.find((one) => one.id === '#atproto_pds' || one.id === `${id}#atproto_pds`);
  const url = named === undefined ? null : allowedUrl(named.serviceEndpoint, guard);
  return url?.pathname === '/' && url.search === '' && url.hash === '' ? url : null;
};

/** The handle that the identity claims, in lower case; the handle's site has to say the same. */
export const handleIn = ({ alsoKnownAs }: DidDocument): string | null => {
  const claimed = alsoKnownAs.find((name) => name.startsWith('at://'));
  return claimed === undefined ? null : claimed.slice('at://'.length).toLowerCase();
};
