import type { TimeZone } from '../shared/domain/time.js';

/** Where people sign in: a Cognito user pool of this deployment, or an OIDC issuer that the agency has already. */
export type SignInConfig =
  | {
      readonly kind: 'cognito';
      /** First part of the sign-in page's address; nobody else in the region may have it. */
      readonly domainPrefix: string;
    }
  | {
      readonly kind: 'issuer';
      readonly issuer: string;
      readonly audience: string;
      /** The claim that lists a person's roles. */
      readonly rolesClaim: string;
    };

/** What differs from one deployment to another. */
export interface StageConfig {
  readonly region: string;
  /** Digests leave at this zone's hours. */
  readonly timeZone: TimeZone;
  /** Where people reach the API. Links in mails begin with it, and sources are told it as the contact. */
  readonly publicUrl: string;
  /** The address that mails come from; its domain becomes an SES identity. */
  readonly mailSender: string;
  /** The address that alarms go to. */
  readonly operators: string;
  readonly signIn: SignInConfig;
}

/** The names of stages; `-c stage=…` chooses one. */
export const STAGE_NAMES = ['sample'] as const;
export type Stage = (typeof STAGE_NAMES)[number];

export const STAGES: Readonly<Record<Stage, StageConfig>> = {
  sample: {
    region: 'ap-southeast-3',
    timeZone: 'Asia/Jakarta',
    publicUrl: 'https://netral.sukamaju.example',
    mailSender: 'netral@sukamaju.example',
    operators: 'operator@sukamaju.example',
    signIn: { kind: 'cognito', domainPrefix: 'netral-sukamaju' },
  },
};

/** The stage of this name; the sample when none is named. */
export const stageNamed = (name: unknown = 'sample'): Stage => {
  const stage = STAGE_NAMES.find((known) => known === name);
  if (stage === undefined)
    throw new Error(`There is no stage "${String(name)}"; infra/stages.ts has ${STAGE_NAMES.join(', ')}.`);
  return stage;
};
