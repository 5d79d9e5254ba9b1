import type { LocalDate } from '../../shared/domain/time.js';

/** What the doctor asks of a deployment. All of it only looks; nothing reads a post, a name or the value of a secret. */
export interface Deployment {
  readonly mail: () => Promise<Mail>;
  readonly schedules: () => Promise<readonly { readonly name: string; readonly isOn: boolean }[]>;
  readonly alarms: () => Promise<
    readonly { readonly name: string; readonly state: string; readonly isOn: boolean }[]
  >;
  /** Who is told of alarms; an address counts only once somebody has followed the link in AWS's mail to it. */
  readonly subscribers: () => Promise<readonly { readonly address: string; readonly isConfirmed: boolean }[]>;
  /** Queues of what was parked or given up. */
  readonly parked: () => Promise<readonly { readonly name: string; readonly messages: number }[]>;
  readonly secrets: () => Promise<readonly { readonly name: string; readonly hasValue: boolean }[]>;
  /** `null` where the agency's own issuer vouches for people. */
  readonly userPool: () => Promise<{ readonly name: string; readonly mfa: string } | null>;
  readonly budget: () => Promise<{ readonly limitUsd: number; readonly spentUsd: number }>;
  readonly logs: () => Promise<readonly { readonly name: string; readonly days: number | null }[]>;
  readonly trails: () => Promise<readonly { readonly name: string; readonly isLogging: boolean }[]>;
  readonly quotas: () => Promise<{ readonly concurrentRuns: number; readonly heldBack: readonly string[] }>;
}

interface Mail {
  readonly domain: string;
  readonly isVerified: boolean;
  readonly isSigned: boolean;
  readonly isInSandbox: boolean;
  readonly perDay: number;
}

/** What the API itself says of the agency. */
export interface Service {
  readonly agency: () => Promise<{
    readonly closedGates: readonly { readonly gate: string; readonly problem: string }[];
    readonly holidaysKnownUntil: number;
    readonly today: LocalDate;
  }>;
  readonly packs: () => Promise<readonly string[]>;
  readonly networks: () => Promise<{
    readonly hosts: readonly { readonly host: string; readonly failedRuns: number }[];
    /** Hosts that ask for a token where there is none or it is refused; one is `null` where its network has only one. */
    readonly tokenless: readonly { readonly network: string; readonly host: string | null }[];
  }>;
  /** How far its clock is ahead of ours. */
  readonly clockSeconds: () => Promise<number>;
}
