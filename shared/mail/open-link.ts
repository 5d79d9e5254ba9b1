import type { Finding } from '../domain/review/finding.js';

/** The page that says how a finding is read and answered; it needs no sign-in and reveals nothing. */
export const openLink = (publicUrl: string, { id }: Pick<Finding, 'id'>): string =>
  `${publicUrl}/open/findings/${id}`;
