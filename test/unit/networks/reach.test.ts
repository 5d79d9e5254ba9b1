import { describe, expect, it } from 'vitest';
import { IdentityLookup } from '../../../shared/domain/registry/permit.js';
import { isWithinReach, type Reach } from '../../../shared/networks/reach.js';
import { aPermit } from '../../fixtures/permit.js';
import { aContest, anAccount, anAgency, NOW } from '../../fixtures/registry.js';

const url = (text: string): URL => new URL(text);
const LIST: readonly Reach[] = [
  { with: 'scan', host: 'of-permit', path: '/api/v1/accounts/*/statuses' },
  { with: 'scan', host: { origin: 'https://directory.example' }, path: '/*' },
  { with: 'context', host: 'any', path: '/items/**' },
];

describe('the reach of a connector', () => {
  const permit = aPermit();

  it.each([
    ['https://blog.sukamaju.example/api/v1/accounts/7/statuses?limit=40', true],
    ['https://directory.example/did:plc:abc', true],
    ['https://blog.sukamaju.example/api/v1/accounts/7', false],
    ['https://blog.sukamaju.example/api/v1/accounts/7/statuses/8', false],
    ['https://blog.sukamaju.example/api/v1/accounts/7/8/statuses', false],
    ['https://other.example/api/v1/accounts/7/statuses', false],
    ['http://directory.example/did:plc:abc', false],
    ['https://directory.example:8443/did:plc:abc', false],
    ['https://any.example/items/7', false],
  ])('opens %s: %s', (address, within) => {
    expect(isWithinReach(LIST, permit, url(address))).toBe(within);
  });

  it('opens to each kind of permit its own addresses only', () => {
    const context = permit.pointsTo('https://any.example/items/7/raw');
    expect(isWithinReach(LIST, context, url('https://any.example/items/7/raw'))).toBe(true);
    expect(
      isWithinReach(LIST, context, url('https://blog.sukamaju.example/api/v1/accounts/7/statuses')),
    ).toBe(false);
  });
});

describe('leave to read what a post points to', () => {
  it('opens its one address, once', () => {
    const context = aPermit().pointsTo('https://any.example/items/7');
    expect(context.spend('https://any.example/items/8')).toBe(false);
    expect(context.spend('https://any.example/items/7')).toBe(true);
    expect(context.spend('https://any.example/items/7')).toBe(false);
  });
});

describe('leave to look an identity up', () => {
  const around = { agency: anAgency(), contests: [aContest()], handleHost: 'warga.example', at: NOW };

  it.each([
    [{}, 'granted'],
    [{ state: 'paused' }, 'granted'],
    [{ state: 'invited', confirmation: null }, 'refused'],
    [{ state: 'withdrawn' }, 'refused'],
  ] as const)('for an account that is %o: %s', (account, kind) => {
    expect(IdentityLookup.request({ ...around, account: anAccount(account) }).kind).toBe(kind);
  });

  it('is not given while a gate is closed', () => {
    const agency = anAgency({ gates: { ...anAgency().gates, impactAssessment: null } });
    expect(IdentityLookup.request({ ...around, agency, account: anAccount() })).toMatchObject({
      kind: 'gates-closed',
      gates: [{ gate: 'impactAssessment' }],
    });
  });
});
