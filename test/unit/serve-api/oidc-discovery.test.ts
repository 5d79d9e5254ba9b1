import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK } from 'jose';
import { afterEach, describe, expect, it } from 'vitest';
import { oidcIssuer } from '../../../shared/adapters/oidc-issuer.js';
import { oidcTokens } from '../../../shared/adapters/oidc-tokens.js';
import { NOW } from '../../fixtures/registry.js';
import { aToken, AUDIENCE, verifyingKey } from './world.js';

const running: ReturnType<typeof createServer>[] = [];
afterEach(() => {
  for (const server of running.splice(0)) server.close();
});

/** An issuer on loopback; `answers` says what its addresses answer, and counts how often they are asked. */
const anIssuer = async (changes: { readonly issuer?: string; failures?: number } = {}) => {
  const asked: string[] = [];
  const jwk = { ...(await exportJWK(verifyingKey)), kid: 'a', alg: 'RS256' };
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    if ((changes.failures ?? 0) >= asked.length) {
      response.writeHead(503).end('busy');
      return;
    }
    const discovery = {
      issuer: changes.issuer ?? address(),
      jwks_uri: `${address()}/keys`,
      authorization_endpoint: `${address()}/authorize`,
      token_endpoint: `${address()}/token`,
    };
    response
      .setHeader('content-type', 'application/json')
      .end(JSON.stringify(request.url === '/keys' ? { keys: [jwk] } : discovery));
  });
  const address = (): string => {
    const bound: AddressInfo | string | null = server.address();
    return typeof bound === 'object' && bound !== null ? `http://127.0.0.1:${bound.port}` : '';
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  running.push(server);
  const rules = { issuer: address(), audience: AUDIENCE, rolesClaim: 'roles', now: () => NOW };
  const read = oidcTokens(rules, oidcIssuer(address()));
  return { read, asked, token: await aToken({ sub: 'sari', iss: address() }) };
};

describe('an issuer', () => {
  it('is asked for its keys once, at the first token', async () => {
    const { read, asked, token } = await anIssuer();
    expect(asked).toEqual([]);
    expect((await read(token))?.subject).toBe('sari');
    expect((await read(token))?.subject).toBe('sari');
    expect(asked).toEqual(['/.well-known/openid-configuration', '/keys']);
  });

  it('that was down for a moment is asked again', async () => {
    const { read, token } = await anIssuer({ failures: 1 });
    await expect(read(token)).rejects.toThrow();
    expect((await read(token))?.subject).toBe('sari');
  });

  it('whose keys cannot be had makes nobody’s token bad', async () => {
    const { read, asked, token } = await anIssuer({ failures: 9 });
    await expect(read(token)).rejects.toThrow();
    expect(asked).not.toEqual([]);
  });

  it('that calls itself by another name is not believed', async () => {
    const { read, token } = await anIssuer({ issuer: 'https://lain.example' });
    await expect(read(token)).rejects.toThrow('another name');
  });
});
