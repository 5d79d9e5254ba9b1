/** How long a claim keeps others off; a run that needs longer to send one mail has died. */
export const CLAIM_MINUTES = 10;
