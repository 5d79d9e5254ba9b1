import * as z from 'zod';
import { SAMPLE_SIGN_IN } from './issuer.js';
import type { Addresses } from './functions.js';

const Token = z.object({ access_token: z.string() });

/** The API did not do what the local stack relies on. */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    readonly status: number,
    request: string,
    answer: string,
  ) {
    super(`${request} answered ${status}: ${answer}`);
  }
}

/** Calls the public API as one of the sample people, with a fresh token of the local issuer each time. */
export const apiClient = ({ api, issuer }: Pick<Addresses, 'api' | 'issuer'>) => {
  const tokenOf = async (username: string): Promise<string> => {
    const response = await fetch(`${issuer}/token`, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: SAMPLE_SIGN_IN, username, client_id: 'netral' }),
    });
    return Token.parse(await response.json()).access_token;
  };

  const call = async (
    username: string,
    method: string,
    path: string,
    body?: unknown,
    version: number | null = null,
  ): Promise<unknown> => {
    const response = await fetch(`${api}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${await tokenOf(username)}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(version === null ? {} : { 'if-match': `"${version}"` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new ApiError(response.status, `${method} ${path}`, text);
    return text === '' ? null : JSON.parse(text);
  };

  return {
    get: (username: string, path: string) => call(username, 'GET', path),
    post: (username: string, path: string, body?: unknown) => call(username, 'POST', path, body),
    /** On a version that was seen. */
    put: (username: string, path: string, body: unknown, version: number) =>
      call(username, 'PUT', path, body, version),
    patch: (username: string, path: string, body: unknown) => call(username, 'PATCH', path, body),
  };
};

export type ApiClient = ReturnType<typeof apiClient>;
