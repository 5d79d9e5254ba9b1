import { Spectral, type RulesetDefinition } from '@stoplight/spectral-core';
import owasp from '@stoplight/spectral-owasp-ruleset';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { aWorld } from './world.js';

/** What of the description is otherwise than OWASP's rules for it ask, and why. `…` is every path. */
const OTHERWISE: Readonly<Record<string, string>> = {
  'api4:2023-rate-limit …':
    'API Gateway limits calls before any function runs: 429 and Retry-After, and no count of what is left to a caller.',
  'api2:2023-no-credentials-in-url /invitations/{token} get':
    'The link of an invitation: signed, for one account and one epoch, and gone with it. It reads the notice and nothing else.',
  'api2:2023-no-credentials-in-url /invitations/{token} post': 'The same link: it confirms that notice.',
  'api2:2023-no-credentials-in-url /open/me/{token} get': 'The same link: it leads into the console.',
  'api2:2023-write-restricted /invitations/{token} post': 'Whoever has the link needs no sign-in to confirm.',
  'api2:2023-write-restricted /open/self-check post':
    'A draft is read without a sign-in, and nothing is written.',
  'api8:2023-define-cors-origin /uploads post':
    'Taken for headers of the answer: it is a field of the body, with the headers that an upload is to carry.',
};

const ERRORS = [0];
/** Its types are of its CommonJS form, whose default lies one deeper. */
const ruleset = z.custom<RulesetDefinition>((value) => typeof value === 'object').parse(owasp);

/** The errors of a description, by rule and operation. */
const errorsOf = async (document: string): Promise<readonly string[]> => {
  const spectral = new Spectral();
  spectral.setRuleset(ruleset);
  const found = await spectral.run(z.record(z.string(), z.unknown()).parse(JSON.parse(document)));
  return found.flatMap(({ severity, code, path }) => {
    if (!ERRORS.includes(severity)) return [];
    const rule = String(code).replace('owasp:', '');
    if (Object.hasOwn(OTHERWISE, `${rule} …`)) return [`${rule} …`];
    return [`${rule} ${path.slice(1, 3).join(' ')}`];
  });
};

const described = async (): Promise<string> => {
  const { app } = await aWorld();
  return (await app.request('/openapi.json')).text();
};

describe('the description by OWASP’s rules', { timeout: 60_000 }, () => {
  it('has no error but those with a reason, and no reason without an error', async () => {
    const errors = [...new Set(await errorsOf(await described()))].sort();
    expect(errors).toEqual(Object.keys(OTHERWISE).sort());
  });

  it('would have more where texts, lists and numbers had no end', async () => {
    const changed = (await described())
      .replaceAll('"maxLength":32', '"minLength":32')
      .replaceAll('"maxItems":100', '"minItems":0')
      .replaceAll('"maximum":9007199254740991', '"default":0');
    const rules = new Set((await errorsOf(changed)).map((error) => error.split(' ')[0]));
    for (const rule of ['string-limit', 'array-limit', 'integer-limit'])
      expect(rules).toContain(`api4:2023-${rule}`);
  });
});
