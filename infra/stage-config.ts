import * as z from 'zod';
import { ContestId } from '../shared/domain/ids.js';
import { Gates } from '../shared/domain/registry/agency.js';
import { TimeZone } from '../shared/domain/time.js';
import { NETWORK_IDS, USUAL_NETWORKS } from '../shared/networks.js';

const SignInConfig = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z
        .literal('cognito')
        .describe('A user pool of this deployment, filled by the agency, with a second factor.'),
      domainPrefix: z
        .string()
        .regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/)
        .describe('First part of the sign-in page’s address; nobody else in the region may have it.'),
    }),
    z.strictObject({
      kind: z.literal('issuer').describe('The OpenID Connect issuer that the agency has already.'),
      issuer: z.url({ protocol: /^https$/ }).describe('Its address, as in the `iss` of its tokens.'),
      audience: z.string().min(1).describe('What its tokens for Netral name as `aud`.'),
      rolesClaim: z.string().min(1).describe('The claim that lists a person’s roles.'),
      clientId: z
        .string()
        .min(1)
        .describe(
          'The console as it is registered there: a public client (code flow with PKCE) that returns to `<publicUrl>/open/signed-in`.',
        ),
      scopes: z
        .string()
        .min(1)
        .default('openid email profile')
        .describe(
          'What the console asks for, separated by spaces, so that a token with that `aud` is given.',
        ),
    }),
  ])
  .describe('Where people sign in.');

const { instrument, impactAssessment, officer, notice, retention } = Gates.shape;

/** The gates as they are written: one that is left out is closed. */
const GatesConfig = z.strictObject({
  instrument: instrument
    .default(null)
    .describe('The agency’s own rule that lets it collect declared accounts, and how long it holds.'),
  impactAssessment: impactAssessment
    .default(null)
    .describe('The signed impact assessment, DPIA (UU 27/2022 article 34).'),
  officer: officer
    .default(null)
    .describe('How holders reach the data-protection officer (UU 27/2022 article 53).'),
  notice: notice
    .default(null)
    .describe('What holders are told before anything is collected; a new text is a new version.'),
  retention: retention
    .default(null)
    .describe(
      'The days that each kind of record is kept; referred ones follow the agency’s archive schedule.',
    ),
});

/** What differs from one deployment to another: `config/<stage>.yaml`. Unknown keys are refused. */
export const StageConfig = z.strictObject({
  gates: GatesConfig.describe(
    'What must be on record before a single account is looked at. A missing one keeps `npm run deploy` from deploying.',
  ),
  contests: z
    .array(ContestId)
    .describe(
      'The contests of this agency by the names of their packs in `packs/contests`; at least one before it is deployed.',
    ),
  region: z
    .enum(['ap-southeast-3'], {
      error: 'must be ap-southeast-3 (Jakarta): nothing else is built for, since the data stays in Indonesia',
    })
    .describe('The AWS region that holds everything. Government data stays in Indonesia (PP 71/2019).'),
  timeZone: TimeZone.describe('Digests leave at this zone’s hours.'),
  publicUrl: z
    .url({ protocol: /^https$/ })
    .regex(/[^/]$/, 'must not end in a slash')
    .describe(
      'Where people reach the API. Links in mails begin with it, and sources are told it as the contact.',
    ),
  certificate: z
    .string()
    .regex(
      /^arn:aws:acm:ap-southeast-3:\d{12}:certificate\/[\da-f-]{36}$/,
      'must be the ARN of a certificate in ap-southeast-3; ask for one in ACM of that region',
    )
    .optional()
    .describe(
      'The certificate of `publicUrl`’s host, made by the agency in ACM of the same region. Left out where something of the agency’s own stands in front of the API.',
    ),
  mailSender: z
    .email({ error: 'must be an address such as netral@dinas.example, at a domain whose DNS you may change' })
    .describe('The address that mails come from; its domain becomes an SES identity.'),
  operators: z.email().describe('The address that alarms go to.'),
  signIn: SignInConfig,
  networks: z
    .array(z.enum(NETWORK_IDS))
    .min(1)
    .default([...USUAL_NETWORKS])
    .describe(
      `The networks that are read, of ${NETWORK_IDS.join(', ')}; when left out, ${USUAL_NETWORKS.join(', ')}. youtube takes a key of the agency’s own project. Accounts on others can be registered; nothing is read of them, their posts are given in by people.`,
    ),
  monthlyBudgetUsd: z
    .number({ error: 'must say what a month may cost, a number of US dollars' })
    .positive()
    .describe(
      'At 80 % operators are told; at 100 % looking at accounts stops until somebody lets it go on (runbook, The budget is spent). Review never stops.',
    ),
});
export type StageConfig = z.output<typeof StageConfig>;
export type SignInConfig = StageConfig['signIn'];
