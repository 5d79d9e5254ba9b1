import {
  CompactSign,
  errors,
  generateKeyPair,
  SignJWT,
  UnsecuredJWT,
  type JWTHeaderParameters,
  type JWTPayload,
} from 'jose';
import { describe, expect, it } from 'vitest';
import { tokenReader } from '../../../shared/adapters/oidc-tokens.js';
import { epochSeconds, minus, plus } from '../../../shared/domain/time.js';
import { NOW } from '../../fixtures/registry.js';
import { aToken, AUDIENCE, ISSUER, readTokens, signingKey } from './world.js';

const read = readTokens();
const seconds = (hours: number): number => epochSeconds(plus(NOW, { hours }));

const whole: JWTPayload = {
  iss: ISSUER,
  aud: AUDIENCE,
  sub: 'sari',
  iat: seconds(0),
  exp: seconds(1),
  roles: ['analyst'],
};

const without = (claim: string): JWTPayload =>
  Object.fromEntries(Object.entries(whole).filter(([name]) => name !== claim));

const signed = (payload: JWTPayload, header: JWTHeaderParameters = { alg: 'RS256', kid: 'a' }) =>
  new SignJWT(payload).setProtectedHeader(header).sign(signingKey);

const reencoded = (token: string, part: 0 | 1, change: (value: string) => string): string =>
  token
    .split('.')
    .map((text, index) =>
      index === part
        ? Buffer.from(change(Buffer.from(text, 'base64url').toString())).toString('base64url')
        : text,
    )
    .join('.');

const stranger = await generateKeyPair('RS256');
const elliptic = await generateKeyPair('ES384');
const good = await signed(whole);
const [head = '', body = '', signature = ''] = good.split('.');

const refused: Record<string, string> = {
  'is empty': '',
  'is no JWT': 'not-a-token',
  'has two parts': `${head}.${body}`,
  'has four parts': `${good}.${signature}`,
  'has no signature': `${head}.${body}.`,
  'has a damaged signature': `${head}.${body}.${signature.split('').reverse().join('')}`,
  'had its claims changed': reencoded(good, 1, (text) => text.replace('analyst', 'officer')),
  'had its header changed': reencoded(good, 0, (text) => text.replace('"a"', '"a","x":1')),
  'is not signed': new UnsecuredJWT(whole).encode(),
  'is signed with another key': await aToken({ sub: 'sari' }, stranger.privateKey),
  'names a key that the issuer has not': await signed(whole, { alg: 'RS256', kid: 'b' }),
  'is signed with a shared secret': await new SignJWT(whole)
    .setProtectedHeader({ alg: 'HS256', kid: 'a' })
    .sign(new TextEncoder().encode('a secret that is longer than 32 bytes')),
  'is signed with an algorithm that is not taken': await new SignJWT(whole)
    .setProtectedHeader({ alg: 'ES384', kid: 'a' })
    .sign(elliptic.privateKey),
  'is of another issuer': await signed({ ...whole, iss: 'https://lain.example' }),
  'is of a longer issuer': await signed({ ...whole, iss: `${ISSUER}.lain.example` }),
  'names no issuer': await signed(without('iss')),
  'is for another audience': await signed({ ...whole, aud: 'lain' }),
  'names no audience': await signed(without('aud')),
  'has expired': await signed({ ...whole, iat: seconds(-2), exp: seconds(-1) }),
  'never expires': await signed(without('exp')),
  'expires at no number': await new CompactSign(Buffer.from(JSON.stringify({ ...whole, exp: 'soon' })))
    .setProtectedHeader({ alg: 'RS256', kid: 'a' })
    .sign(signingKey),
  'has claims that are no object': await new CompactSign(Buffer.from('[]'))
    .setProtectedHeader({ alg: 'RS256', kid: 'a' })
    .sign(signingKey),
  'has critical headers that nobody knows': await new SignJWT(whole)
    .setProtectedHeader({ alg: 'RS256', kid: 'a', crit: ['urgent'], urgent: true })
    .sign(signingKey, { crit: { urgent: true } }),
  'is not valid yet': await signed({ ...whole, nbf: seconds(1) }),
  'was issued in the future': await signed({ ...whole, iat: seconds(1), exp: seconds(2) }),
  'does not say when it was issued': await signed(without('iat')),
  'was issued long ago': await signed({ ...whole, iat: epochSeconds(minus(NOW, { days: 2 })) }),
  'names nobody': await signed(without('sub')),
  'names an empty somebody': await signed({ ...whole, sub: '' }),
  'has roles that are no list': await signed({ ...whole, roles: 'analyst' }),
  'has roles that are no texts': await signed({ ...whole, roles: [{ analyst: true }] }),
  'is larger than a header may be': await signed({ ...whole, filler: 'x'.repeat(9000) }),
};

describe('a token', () => {
  it('is read with its roles and its verified address', async () => {
    const token = await signed({ ...whole, email: 'Sari@Sukamaju.example', email_verified: true });
    expect(await read(token)).toEqual({
      subject: 'sari',
      roles: ['analyst'],
      email: 'sari@sukamaju.example',
    });
  });

  it.each(Object.keys(refused))('that %s is refused', async (name) => {
    expect(await read(refused[name] ?? '')).toBeNull();
  });

  it('loses roles that nobody knows, and keeps the others', async () => {
    expect((await read(await signed({ ...whole, roles: ['emperor', 'auditor'] })))?.roles).toEqual([
      'auditor',
    ]);
    expect((await read(await signed({ ...whole, roles: ['emperor'] })))?.roles).toEqual([]);
  });

  it('without roles gives none', async () => {
    expect((await read(await signed(without('roles'))))?.roles).toEqual([]);
  });

  it.each([undefined, false, 'true', 1])(
    'with an address verified as %s gives no address',
    async (verified) => {
      const token = await signed({ ...whole, email: 'sari@sukamaju.example', email_verified: verified });
      expect((await read(token))?.email).toBeNull();
    },
  );

  it('may be as long as a header, and no longer', async () => {
    const ofLength = async (length: number): Promise<string> => {
      for (const typ of ['', 'J', 'JW', 'JWT'])
        for (let filler = 5_500; filler < 6_000; filler += 1) {
          const header = { alg: 'RS256', kid: 'a', typ };
          const parts = [header, { ...whole, filler: 'x'.repeat(filler) }].map((part) =>
            Buffer.from(JSON.stringify(part)).toString('base64url'),
          );
          if (parts.join('.').length + 1 + signature.length === length)
            return signed({ ...whole, filler: 'x'.repeat(filler) }, header);
        }
      throw new Error('No token has this length');
    };
    const [longest, longer] = [await ofLength(8192), await ofLength(8193)];
    expect([longest.length, longer.length]).toEqual([8192, 8193]);
    expect((await read(longest))?.subject).toBe('sari');
    expect(await read(longer)).toBeNull();
  });

  it.each<[string, Error]>([
    ['does not answer in time', new errors.JWKSTimeout()],
    ['answers with no key set', new errors.JWKSInvalid()],
    ['answers with a fault', new errors.JOSEError('Expected 200 OK from the JSON Web Key Set HTTP response')],
  ])('says nothing of its holder while the issuer %s', async (_, fault) => {
    const rules = { issuer: ISSUER, audience: AUDIENCE, rolesClaim: 'roles', now: () => NOW };
    const reader = tokenReader(rules, () => Promise.reject(fault));
    await expect(reader(good)).rejects.toBe(fault);
  });

  it('that no key of the issuer has signed is refused, and so is one whose keys are in doubt', async () => {
    const rules = { issuer: ISSUER, audience: AUDIENCE, rolesClaim: 'roles', now: () => NOW };
    for (const fault of [new errors.JWKSNoMatchingKey(), new errors.JWKSMultipleMatchingKeys()])
      expect(await tokenReader(rules, () => Promise.reject(fault))(good)).toBeNull();
  });

  it('is still taken by a clock that is some seconds ahead', async () => {
    const late = readTokens(plus(NOW, { hours: 1, seconds: 20 }));
    const tooLate = readTokens(plus(NOW, { hours: 1, seconds: 40 }));
    expect(await late(good)).not.toBeNull();
    expect(await tooLate(good)).toBeNull();
  });
});
