import * as z from 'zod';
import { Text } from '../domain/fields.js';
import { millisecondsBetween, type Instant } from '../domain/time.js';
import { NETWORKS, type NetworkId } from '../networks.js';
import type { Clock } from '../ports.js';
import type { ReadSecret } from './secret-reader.js';

/** The header by which a host of a network knows us; none where we have no token for it. */
export type Credential = (network: NetworkId, host: string) => Promise<Readonly<Record<string, string>>>;

/** A secret’s text: the token for each host. `*` stands for every host of the network. */
const Tokens = z.record(Text, z.string().regex(/^[\u0021-\u007e]{1,512}$/));
type Tokens = z.infer<typeof Tokens>;

/** A token that was put in or taken back is known everywhere after this time. */
const REREAD_AFTER_MILLISECONDS = 5 * 60_000;

const NO_TOKENS: Tokens = {};

const headersWith = (network: NetworkId, token: string): Readonly<Record<string, string>> => {
  const { tokenHeader } = NETWORKS[network];
  switch (tokenHeader) {
    case null:
      return {};
    case 'authorization':
      return { authorization: `Bearer ${token}` };
    case 'x-goog-api-key':
      return { [tokenHeader]: token };
  }
};

/** Whatever is wrong with a secret, nothing of it is repeated. */
const parsedSecret = (text: string, secret: string): Tokens => {
  const broken = new Error(`The secret ${secret} is not a JSON object of host and token`);
  try {
    const tokens = Tokens.safeParse(JSON.parse(text));
    if (tokens.success) return tokens.data;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw broken;
};

/**
 * Tokens: one secret for each network that may need them, by its ARN. A network without a secret, and
 * a secret without a value, have none.
 */
export const networkTokens = (
  readSecret: ReadSecret,
  secrets: Readonly<Partial<Record<NetworkId, string | undefined>>>,
  now: Clock,
): Credential => {
  const cached = new Map<string, { readonly readAt: Instant; readonly tokens: Promise<Tokens> }>();

  const read = async (secret: string): Promise<Tokens> => {
    const text = await readSecret(secret);
    return text === null ? NO_TOKENS : parsedSecret(text, secret);
  };

  const tokensIn = (secret: string): Promise<Tokens> => {
    const at = now();
    const before = cached.get(secret);
    if (before !== undefined && millisecondsBetween(before.readAt, at) < REREAD_AFTER_MILLISECONDS)
      return before.tokens;
    const tokens = read(secret);
    cached.set(secret, { readAt: at, tokens });
    // A failure is not kept.
    tokens.catch(() => cached.delete(secret));
    return tokens;
  };

  return async (network, host) => {
    const secret = secrets[network];
    if (secret === undefined) return {};
    const tokens = await tokensIn(secret);
    const token = tokens[host] ?? tokens['*'];
    return token === undefined ? {} : headersWith(network, token);
  };
};
