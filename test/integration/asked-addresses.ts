import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { ClientRequest } from 'node:http';
import * as z from 'zod';

const GUARDED = 'http.client.request.created';
const FETCH = 'undici:request:create';
const Created = z.object({ request: z.instanceof(ClientRequest) });
const Fetched = z.object({
  request: z.object({ origin: z.union([z.string(), z.instanceof(URL)]), path: z.string() }),
});

/**
 * Notes every address that this process asks by `fetch`, or by the guarded fetch of the collectors, from the moment it is
 * called: before DNS, and whether or not anybody answers. What the SDK asks of AWS is left out.
 */
export const askedAddresses = () => {
  const asked = new Set<string>();
  const noteFetch = (message: unknown): void => {
    const { origin, path } = Fetched.parse(message).request;
    asked.add(new URL(path, origin).href);
  };
  const noteGuarded = (message: unknown): void => {
    const { request } = Created.parse(message);
    const host = request.getHeader('host');
    if (String(request.getHeader('user-agent')).startsWith('Netral/'))
      asked.add(new URL(request.path, `${request.protocol}//${String(host)}`).href);
  };
  subscribe(FETCH, noteFetch);
  subscribe(GUARDED, noteGuarded);
  return {
    /** All but those that begin with one of these. */
    except: (origins: readonly string[]): readonly string[] =>
      [...asked].filter((address) => !origins.some((origin) => address.startsWith(`${origin}/`))).sort(),
    stop: () => {
      unsubscribe(FETCH, noteFetch);
      unsubscribe(GUARDED, noteGuarded);
    },
  };
};
