import * as z from 'zod';

/** Bare, so that it can be compared and have a path put behind it. */
const Origin = z.url().refine((text) => URL.parse(text)?.origin === text, 'is not an origin');

/** Variables that say where the fixed hosts of networks stand; in tests they are this machine's own. */
export const FixedHosts = z.object({
  PLC_DIRECTORY_ORIGIN: Origin.default('https://plc.directory'),
  BLUESKY_APPVIEW_ORIGIN: Origin.default('https://public.api.bsky.app'),
  YOUTUBE_API_ORIGIN: Origin.default('https://www.googleapis.com'),
});
export type FixedHosts = z.infer<typeof FixedHosts>;
