import type { Finding } from '../domain/review/finding.js';

/** The console at a finding; the address shows nothing before its reader has signed in. */
export const openLink = (publicUrl: string, { id }: Pick<Finding, 'id'>): string =>
  `${publicUrl}/open/findings/${id}`;

/** The console at the review desk. */
export const deskLink = (publicUrl: string): string => `${publicUrl}/open/review`;
