import type { Command } from 'commander';
import * as z from 'zod';
import type { Role } from '../shared/domain/registry/person.js';
import { apiClient, type ApiClient } from './api-client.js';
import { CliError } from './cli-error.js';
import { findStack, samplePersonWith, sampleToken } from './stack.js';

/** Everything of the outer world that a command uses. */
export interface Surroundings {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly folder: string;
  readonly fetch: typeof fetch;
  /** Asks whoever sits at the terminal; not there where nobody does. */
  readonly ask?: (question: string) => Promise<string>;
  /** Whether `out` is a terminal that shows colours. */
  readonly colours: boolean;
}

const Options = z.object({
  url: z.string().optional(),
  token: z.string().optional(),
  as: z.string().optional(),
  json: z.boolean().default(false),
});

/** Prints an answer: as JSON with `--json`, else as these lines. */
type Show = (answer: unknown, lines: () => readonly string[]) => void;

/** What a command works with: the API as somebody, and a way to show what it says. */
export interface Session {
  readonly api: ApiClient;
  /** Where it is. */
  readonly url: string;
  /** Whether the API is this machine's own. */
  readonly isLocal: boolean;
  readonly show: Show;
}

/** How a command shows its answer, also one that asks no API. */
export const showing = (command: Command, { out }: Pick<Surroundings, 'out'>): Show => {
  const { json } = Options.parse(command.optsWithGlobals());
  return (answer, lines) => {
    out(json ? `${JSON.stringify(answer, null, 2)}\n` : `${lines().join('\n')}\n`);
  };
};

const isLoopback = (url: string): boolean =>
  ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname);

const addressOf = (written: string): string => {
  const url = URL.parse(written);
  if (url === null || !/^https?:$/.test(url.protocol))
    throw new CliError(`--url ${written} is not an address.`, 'Write it whole, https://…');
  if (url.protocol === 'http:' && !isLoopback(written))
    throw new CliError('A token is not sent over plain http.', 'Use the https address.');
  return written.replace(/\/$/, '');
};

interface Who {
  /** Which of the sample people with the role, from 0. */
  readonly nth?: number;
  /** The variable that holds this person's token for a deployed API. */
  readonly tokenFrom?: string;
}

/** Opens a session from the global options. On the local stack it signs in as `role` unless told who. */
export const sessionOf = (
  command: Command,
  role: Role,
  around: Surroundings,
  { nth = 0, tokenFrom = 'NETRAL_TOKEN' }: Who = {},
): Session => {
  const { env, folder, fetch } = around;
  const options = Options.parse(command.optsWithGlobals());
  const kept = env[tokenFrom];
  // What is set for a deployed API is not shown to whatever answers for a folder, and its holder meant no local stack.
  if (kept !== undefined && [options.url, options.token, options.as].every((one) => one === undefined))
    throw new CliError(
      `${tokenFrom} is set, but no deployment is named.`,
      `Name it with --url; for the local stack unset ${tokenFrom}, or say who you are there with --as.`,
    );
  const stack = options.url === undefined ? findStack(folder) : null;
  const url = options.url === undefined ? stack?.api : addressOf(options.url);
  if (url === undefined)
    throw new CliError(
      'There is no local stack in this folder or above it.',
      'Start one with npm start, or name a deployed one with --url.',
    );
  const given = options.token ?? kept;
  const signIn = async (): Promise<string> => {
    if (given !== undefined && options.as === undefined) return given;
    if (stack === null)
      throw new CliError(
        `Nobody is signed in at ${url}.`,
        `Sign in to the console (/open/mine), copy the token there under “Untuk perintah netral”, and give it with --token or ${tokenFrom}.`,
      );
    return sampleToken(stack.issuer, options.as ?? samplePersonWith(role, nth), fetch);
  };
  let token: Promise<string> | null = null;
  return {
    api: apiClient({ url, fetch, token: () => (token ??= signIn()) }),
    url,
    isLocal: isLoopback(url),
    show: showing(command, around),
  };
};
