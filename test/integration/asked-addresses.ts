import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import * as z from 'zod';

const CHANNEL = 'undici:request:create';
const Request = z.object({
  request: z.object({ origin: z.union([z.string(), z.instanceof(URL)]), path: z.string() }),
});

/**
 * Notes every address that this process asks by `fetch` or undici, the guarded fetch of the collectors among them, from
 * the moment it is called: before DNS, and whether or not anybody answers.
 */
export const askedAddresses = () => {
  const asked = new Set<string>();
  const note = (message: unknown): void => {
    const { origin, path } = Request.parse(message).request;
    asked.add(new URL(path, origin).href);
  };
  subscribe(CHANNEL, note);
  return {
    /** All but those that begin with one of these. */
    except: (origins: readonly string[]): readonly string[] =>
      [...asked].filter((address) => !origins.some((origin) => address.startsWith(`${origin}/`))).sort(),
    stop: () => {
      unsubscribe(CHANNEL, note);
    },
  };
};
