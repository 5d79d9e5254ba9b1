import type * as z from 'zod';
import type { FetchPermit } from '../../domain/registry/permit.js';
import type { Instant } from '../../domain/time.js';
import type { ConnectorTools } from '../connector.js';
import { answerOf, type Answer } from './mastodon-answer.js';

/** On this machine there is no certificate; the guarded fetch lets no such name pass in a deployment. */
const LOOPBACK = /^(?:127\.0\.0\.1|\[::1\]|localhost)(?::|$)/;

export const originOf = (host: string): string => `${LOOPBACK.test(host) ? 'http' : 'https'}://${host}`;

export type Ask = <Schema extends z.ZodType>(
  permit: FetchPermit,
  url: string,
  schema: Schema,
) => Promise<Answer<z.output<Schema>>>;

export const asking =
  (
    { fetch }: Pick<ConnectorTools, 'fetch'>,
    { throttlesBefore, at }: { readonly throttlesBefore: number; readonly at: Instant },
  ): Ask =>
  async (permit, url, schema) =>
    answerOf(await fetch(permit, { url, headers: { accept: 'application/json' } }), {
      schema,
      throttlesBefore,
      at,
    });
