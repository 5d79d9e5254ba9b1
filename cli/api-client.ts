import * as z from 'zod';
import { CliError } from './cli-error.js';

const Problem = z.object({
  type: z.string(),
  title: z.string(),
  detail: z.string().optional(),
  errors: z.array(z.object({ at: z.string(), detail: z.string() })).default([]),
  changes: z.array(z.object({ at: z.string(), act: z.string(), by: z.string() })).default([]),
});

const NEXT = new Map([
  [
    'not-signed-in',
    'A token ends, often after an hour: copy a new one in the console (/open/mine, “Untuk perintah netral”) and give it with --token or NETRAL_TOKEN.',
  ],
  [
    'not-on-record',
    'Ask your administrator whether you are on record with the address that you sign in with.',
  ],
  ['not-allowed', 'Sign in as somebody who has the role; on the local stack, choose with --as.'],
  [
    'not-found',
    'List what there is, and mind that nobody sees a finding on themself or their own staff there.',
  ],
  ['stale', 'Look again and decide on what you see then.'],
  ['changed-meanwhile', 'Try again.'],
  ['internal', 'Try again; if it stays so, tell the operators when it happened.'],
]);

const parsedJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
};

const refusal = (url: string, status: number, body: unknown): CliError => {
  const problem = Problem.safeParse(body);
  if (!problem.success)
    return new CliError(
      `${url} answered ${status}, and not as Netral does.`,
      'Check the address given with --url.',
    );
  const { type, title, detail, errors, changes } = problem.data;
  return new CliError(
    detail === undefined ? `${title}.` : `${title}: ${detail}`,
    NEXT.get(type.split(':').at(-1) ?? '') ?? null,
    [
      ...errors.map((error) => `${error.at}: ${error.detail}`),
      ...changes.map(({ at, act, by }) => `${at} ${act} by ${by}`),
    ],
  );
};

interface Target {
  readonly url: string;
  /** The bearer token, asked for once. */
  readonly token: () => Promise<string>;
  readonly fetch: typeof fetch;
}

interface Seen {
  readonly content: unknown;
  /** Its version, from `ETag`. */
  readonly tag: string | null;
}

/** The API as a signed-in person calls it. What it refuses becomes an error in words. */
export const apiClient = ({ url, token, fetch: call }: Target) => {
  const request = async (
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    body?: unknown,
    version: string | null = null,
  ): Promise<Seen> => {
    const authorization = `Bearer ${await token()}`;
    let answer: Response;
    let text: string;
    try {
      answer = await call(`${url}${path}`, {
        method,
        headers: {
          authorization,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(version === null ? {} : { 'if-match': version }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      text = await answer.text();
    } catch (cause) {
      throw unreachable(url, cause);
    }
    const tag = answer.headers.get('etag');
    if (answer.status === 204) return { content: null, tag };
    const content = parsedJson(text);
    if (!answer.ok || content === undefined) throw refusal(url, answer.status, content);
    return { content, tag };
  };
  const contentOf = async (answer: Promise<Seen>): Promise<unknown> => (await answer).content;
  return {
    get: (path: string) => contentOf(request('GET', path)),
    /** With the version of what is there, for a change that rests on it. */
    seen: (path: string) => request('GET', path),
    post: (path: string, body: unknown) => contentOf(request('POST', path, body)),
    patch: (path: string, body: unknown, version?: string | null) =>
      contentOf(request('PATCH', path, body, version)),
    put: (path: string, body?: unknown, version?: string | null) =>
      contentOf(request('PUT', path, body, version)),
    delete: (path: string) => contentOf(request('DELETE', path)),
  };
};
export type ApiClient = ReturnType<typeof apiClient>;

/** Node's fetch says TypeError of whatever keeps it from getting an answer. */
export const unreachable = (url: string, cause: unknown): unknown =>
  cause instanceof TypeError
    ? new CliError(
        `Nothing answers at ${url}.`,
        'Start the local stack with npm start, or name a deployed one with --url.',
      )
    : cause;
